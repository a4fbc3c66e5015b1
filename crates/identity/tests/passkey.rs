//! Passkeys with a software device: which answers are accepted, and which are not.

mod authenticator;

use authenticator::Authenticator;
use renkei_identity::passkey::{NewPasskey, PasskeyFault, PasskeyOwner, Proof, RelyingParty, short_name};

const ORIGIN: &str = "https://renkei.example.jp";

fn party() -> RelyingParty {
    RelyingParty::at(ORIGIN).expect("a name")
}

fn owner(account: &str) -> PasskeyOwner<'_> {
    PasskeyOwner { account, login: "tanto", name: "みどり 花子" }
}

/// Makes a device with a key for an account. Returns the device and the stored data of the key.
fn with_key(seed: u8, account: &str) -> (Authenticator, NewPasskey) {
    let mut device = Authenticator::new(seed);
    let (begun, asked) = party().begin_adding(&owner(account), std::iter::empty()).expect("begun");
    let kept = party().finish_adding(begun, &device.make(&asked, ORIGIN)).expect("added");
    (device, kept)
}

/// Signs in at `party` with the answer of the device to `asked`, after `change` has altered the answer.
fn proves(
    party: &RelyingParty,
    account: &str,
    kept: &NewPasskey,
    answer: impl FnOnce(&str) -> String,
) -> Result<Vec<u8>, PasskeyFault> {
    let (begun, asked) = party.begin_sign_in().expect("begun");
    let proof = Proof::read(&answer(&asked))?;
    assert_eq!(proof.passkey_id(), kept.id);
    party.finish_sign_in(begun, &proof, account, &kept.credential)
}

#[track_caller]
fn is_not_believed<T: std::fmt::Debug>(told: Result<T, PasskeyFault>) {
    assert!(matches!(told, Err(PasskeyFault::NotBelieved { .. })), "{told:?}");
}

#[test]
fn passkeys_require_a_host_name_and_encryption() {
    for (origin, expected) in [
        ("https://renkei.example.jp", true),
        ("https://Renkei.Example.JP:8443", true),
        ("https://renkei", true),
        ("http://localhost:8080", true),
        ("https://localhost", true),
        ("http://renkei.example.jp", false),
        ("http://127.0.0.1:8080", false),
        ("https://192.0.2.1", false),
        ("https://[::1]:8443", false),
        ("https://", false),
        ("https://renkei.example.jp@example.com", false),
        ("localhost", false),
        ("", false),
    ] {
        assert_eq!(RelyingParty::at(origin).is_some(), expected, "{origin}");
    }
}

#[test]
fn the_options_require_a_discoverable_key_and_a_verified_owner() {
    let known = [vec![7; 20]];
    let (_, asked) = party().begin_adding(&owner("a"), known.into_iter()).expect("begun");
    let asked: serde_json::Value = serde_json::from_str(&asked).expect("JSON");
    assert_eq!(asked["rp"]["id"], "renkei.example.jp");
    assert_eq!((&asked["user"]["name"], &asked["user"]["displayName"]), (&"tanto".into(), &"みどり 花子".into()));
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(asked["attestation"], "none");
    assert_eq!(asked["extensions"]["enforceCredentialProtectionPolicy"], false, "telephones do not know it");
    assert_eq!(asked["excludeCredentials"][0]["id"], "BwcHBwcHBwcHBwcHBwcHBwcHBwc");
    let (_, asked) = party().begin_sign_in().expect("begun");
    let asked: serde_json::Value = serde_json::from_str(&asked).expect("JSON");
    assert_eq!((&asked["rpId"], &asked["userVerification"]), (&"renkei.example.jp".into(), &"required".into()));
    assert_eq!(asked["allowCredentials"], serde_json::json!([]), "nobody is named");
}

#[test]
fn a_new_key_is_accepted_and_its_counter_increases() {
    let (mut device, mut kept) = with_key(1, "a");
    for _ in 0..3 {
        device.counter += 1;
        let after = proves(&party(), "a", &kept, |asked| device.prove(asked, ORIGIN)).expect("in");
        assert_ne!(after, kept.credential);
        kept.credential = after;
    }
    assert_eq!(short_name(&kept.id).len(), 32);
}

#[test]
fn a_counter_that_does_not_increase_is_refused() {
    let (mut device, mut kept) = with_key(1, "a");
    device.counter = 9;
    kept.credential = proves(&party(), "a", &kept, |asked| device.prove(asked, ORIGIN)).expect("in");
    for counter in [9, 3] {
        device.counter = counter;
        let told = proves(&party(), "a", &kept, |asked| device.prove(asked, ORIGIN));
        assert_eq!(told, Err(PasskeyFault::CounterWentBack), "{counter}");
    }
}

#[test]
fn a_device_without_a_counter_is_accepted() {
    let mut device = Authenticator::new(1);
    device.counter = 0;
    let (begun, asked) = party().begin_adding(&owner("a"), std::iter::empty()).expect("begun");
    let kept = party().finish_adding(begun, &device.make(&asked, ORIGIN)).expect("added");
    for _ in 0..2 {
        assert_eq!(proves(&party(), "a", &kept, |asked| device.prove(asked, ORIGIN)), Ok(kept.credential.clone()));
    }
}

#[test]
fn another_challenge_site_owner_or_key_is_refused() {
    let (mut device, kept) = with_key(1, "a");
    device.counter = 5;
    let (_, other_challenge) = party().begin_sign_in().expect("begun");
    is_not_believed(proves(&party(), "a", &kept, |_| device.prove(&other_challenge, ORIGIN)));
    for origin in ["https://example.jp", "http://renkei.example.jp", "https://renkei.example.jp:8443", "null"] {
        is_not_believed(proves(&party(), "a", &kept, |asked| device.prove(asked, origin)));
    }
    let other_name = |asked: &str| asked.replace("renkei.example.jp", "example.jp");
    is_not_believed(proves(&party(), "a", &kept, |asked| device.prove(&other_name(asked), ORIGIN)));
    let elsewhere = RelyingParty::at("https://renkei.example.com").expect("a name");
    is_not_believed(proves(&elsewhere, "a", &kept, |asked| device.prove(asked, ORIGIN)));
    is_not_believed(proves(&party(), "b", &kept, |asked| device.prove(asked, ORIGIN)));
    device.takes_the_key_of(2);
    is_not_believed(proves(&party(), "a", &kept, |asked| device.prove(asked, ORIGIN)));
    device.takes_the_key_of(1);
    device.verifies = false;
    is_not_believed(proves(&party(), "a", &kept, |asked| device.prove(asked, ORIGIN)));
    device.verifies = true;
    assert!(proves(&party(), "a", &kept, |asked| device.prove(asked, ORIGIN)).is_ok(), "nothing else was wrong");
}

#[test]
fn a_signature_covers_the_whole_answer() {
    let (mut device, kept) = with_key(1, "a");
    device.counter = 5;
    for part in ["clientDataJSON", "authenticatorData", "signature"] {
        is_not_believed(proves(&party(), "a", &kept, |asked| {
            let mut answer: serde_json::Value = serde_json::from_str(&device.prove(asked, ORIGIN)).expect("JSON");
            let text = answer["response"][part].as_str().expect("there").to_owned();
            // Replaces the last letters of each part (padding, counter, signature) with other valid letters.
            let changed =
                format!("{}{}", &text[..text.len() - 4], if text.ends_with("AAAA") { "BBBB" } else { "AAAA" });
            answer["response"][part] = changed.into();
            answer.to_string()
        }));
    }
}

#[test]
fn a_key_for_another_site_or_an_unverified_owner_is_refused() {
    let make = |change: &dyn Fn(&mut Authenticator, &str) -> String| {
        let (begun, asked) = party().begin_adding(&owner("a"), std::iter::empty()).expect("begun");
        party().finish_adding(begun, &change(&mut Authenticator::new(1), &asked))
    };
    is_not_believed(make(&|device, asked| device.make(asked, "https://example.jp")));
    is_not_believed(make(&|device, asked| device.make(&asked.replace("renkei.example.jp", "example.jp"), ORIGIN)));
    let (_, other) = party().begin_adding(&owner("a"), std::iter::empty()).expect("begun");
    is_not_believed(make(&|device, _| device.make(&other, ORIGIN)));
    is_not_believed(make(&|device, asked| {
        device.verifies = false;
        device.make(asked, ORIGIN)
    }));
    assert!(make(&|device, asked| device.make(asked, ORIGIN)).is_ok());
}

#[test]
fn a_text_that_is_not_an_answer_is_refused() {
    let long = format!("{{\"response\":\"{}\"}}", "A".repeat(20_000));
    let deep = format!("{}{}", "[".repeat(8_000), "]".repeat(8_000));
    for hostile in ["", "x", "null", "{}", "[]", "{\"response\":{}}", "\u{0}", &long, &deep] {
        assert_eq!(Proof::read(hostile).map(|proof| proof.passkey_id()), Err(PasskeyFault::Unreadable));
        let (begun, _) = party().begin_adding(&owner("a"), std::iter::empty()).expect("begun");
        assert_eq!(party().finish_adding(begun, hostile), Err(PasskeyFault::Unreadable));
    }
}

#[test]
fn a_damaged_stored_credential_signs_nobody_in() {
    let (mut device, kept) = with_key(1, "a");
    device.counter = 5;
    for spoilt in [vec![], vec![1; 6], vec![9; 40], kept.credential[..20].to_vec()] {
        let spoilt = NewPasskey { credential: spoilt, ..kept.clone() };
        assert!(proves(&party(), "a", &spoilt, |asked| device.prove(asked, ORIGIN)).is_err());
    }
}
