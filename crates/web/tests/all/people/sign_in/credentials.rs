//! The common rules of all credentials: a recent proof, an entry in the log, a notice for the owner, and an end of all of
//! them by a reset.

use renkei_app::{CredentialKind, Doer, OidcSettings, OutsideDoor, OutsidePerson, PeopleDeed, people};

use super::passkeys::authenticator::Authenticator;
use super::{PASSWORD, Told, Town};

const ORIGIN: &str = "http://localhost";
const NEW_PASSWORD: &str = "a heron stands still";
const ASKED: &str = "本人であることを確かめます";

/// The changes that a person can make to their own credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Password,
    OneTimeOn,
    OneTimeOff,
    PasskeyAdded,
    PasskeyRenamed,
    PasskeyRemoved,
    OutsideBound,
    OutsideUnbound,
}

impl Change {
    const ALL: [Change; 8] = [
        Change::Password,
        Change::OneTimeOn,
        Change::OneTimeOff,
        Change::PasskeyAdded,
        Change::PasskeyRenamed,
        Change::PasskeyRemoved,
        Change::OutsideBound,
        Change::OutsideUnbound,
    ];

    fn deed(self) -> PeopleDeed {
        match self {
            Change::Password => PeopleDeed::PasswordChanged,
            Change::OneTimeOn => PeopleDeed::OneTimeOn,
            Change::OneTimeOff => PeopleDeed::OneTimeOff,
            Change::PasskeyAdded => PeopleDeed::PasskeyAdded,
            Change::PasskeyRenamed => PeopleDeed::PasskeyRenamed,
            Change::PasskeyRemoved => PeopleDeed::PasskeyRemoved,
            Change::OutsideBound => PeopleDeed::OutsideBound,
            Change::OutsideUnbound => PeopleDeed::OutsideUnbound,
        }
    }

    /// Whether the change ends the account's other sessions and unused links.
    fn ends_others(self) -> bool {
        ![Change::PasskeyAdded, Change::PasskeyRenamed, Change::OutsideBound].contains(&self)
    }
}

impl Town {
    fn with_issuer() -> Self {
        let town = Self::new();
        let [client, secret, back] = ["renkei", "secret", "http://localhost/sign-in/oidc/back"].map(str::to_owned);
        let settings = OidcSettings { issuer: "http://127.0.0.1:9".to_owned(), client, secret, back, authority: None };
        people::open_outside_door(&town.node, OutsideDoor::of(settings, "庁内認証".to_owned()).expect("there"));
        town
    }

    /// Returns the cookie of a browser that is back from the issuer.
    fn back_from_issuer(&self, subject: &str) -> String {
        let (issuer, subject) = ("http://127.0.0.1:9".to_owned(), subject.to_owned());
        let person = OutsidePerson { issuer, subject, name: Some("外部の人".to_owned()) };
        format!("renkei-outside={}", people::await_binding(&self.node, person).expect("there").text())
    }

    async fn bind(&self, session: &str, subject: &str) -> Told {
        let cookies = format!("{session}; {}", self.back_from_issuer(subject));
        self.post("/me/outside", &cookies, &[("do", "bind")]).await
    }

    async fn add_passkey(&self, session: &str, seed: u8) -> Told {
        let asked = self.post("/me/passkeys/options", session, &[]).await;
        let answer = match asked.status {
            200 => Authenticator::new(seed).make(&asked.text, ORIGIN),
            _ => "{}".to_owned(),
        };
        self.post("/me/passkeys", session, &[("name", "職場の端末"), ("answer", &answer)]).await
    }

    /// Gives the account of a session one credential of each kind. The session needs a recent proof.
    async fn fill(&self, login: &str, session: &str) {
        self.turn_on_codes(login, session).await;
        assert_eq!(self.add_passkey(session, 1).await.status, 303);
        assert_eq!(self.bind(session, "tanaka").await.status, 303);
    }

    fn key(&self, login: &str, kind: CredentialKind) -> String {
        let known = people::own_credentials(&self.node, &self.person(login)).expect("there").into_iter();
        known.filter(|known| known.kind == kind).map(|known| known.key).next().unwrap_or_default()
    }

    /// Sends the form of a change.
    async fn change(&self, change: Change, login: &str, session: &str) -> Told {
        let passkey = format!("/me/passkeys/{}", self.key(login, CredentialKind::Passkey));
        match change {
            Change::Password => {
                let fields = [("now", ""), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
                self.post("/me/password", session, &fields).await
            }
            Change::OneTimeOn => {
                let token = session.trim_start_matches("renkei-session=");
                let secret = people::offer_one_time(&self.node, &self.person(login), token);
                let now = self.node.now().as_second() as u64;
                let code = secret.map(|secret| secret.code(now)).unwrap_or_default();
                self.post("/me/one-time", session, &[("code", &code)]).await
            }
            Change::OneTimeOff => self.post("/me/one-time/off", session, &[]).await,
            Change::PasskeyAdded => self.add_passkey(session, 2).await,
            Change::PasskeyRenamed => self.post(&passkey, session, &[("do", "rename"), ("name", "家の端末")]).await,
            Change::PasskeyRemoved => self.post(&passkey, session, &[("do", "remove")]).await,
            Change::OutsideBound => self.bind(session, "suzuki").await,
            Change::OutsideUnbound => {
                let key = self.key(login, CredentialKind::Outside);
                self.post("/me/outside", session, &[("do", "unbind"), ("key", &key)]).await
            }
        }
    }

    fn state_of(&self, login: &str) -> (String, usize, usize) {
        let person = self.person(login);
        let account = people::find_account(&self.node, person.account.as_deref().expect("there")).expect("there");
        let credentials = people::own_credentials(&self.node, &person).expect("there");
        let changes = people::recent_changes(&self.node, &person).expect("there").len();
        let known = (account.password, account.one_time_secret, credentials.len());
        let names: Vec<_> = credentials.into_iter().map(|known| (known.key, known.name)).collect();
        (format!("{known:?} {names:?}"), changes, people::notices(&self.node, &person).expect("there").len())
    }
}

/// In a session whose proof is older than five minutes, as a person with a borrowed session finds it, no change is made.
/// After a proof, the same change is made, logged, and told to its owner.
#[tokio::test]
async fn each_change_requires_a_recent_proof_and_is_logged_and_told() {
    for change in Change::ALL {
        let town = Town::with_issuer();
        let [session, other] = [town.enter("tanto").await, town.enter("tanto").await];
        if change != Change::OneTimeOn {
            town.fill("tanto", &session).await;
        }
        let link =
            people::hand_link(&town.node, "", town.person("tanto").account.as_deref().expect("there")).expect("there");
        town.wait(300);
        let before = town.state_of("tanto");
        let told = town.change(change, "tanto", &session).await;
        assert_eq!(told.status, 422, "{change:?}: {}", told.text);
        let asks = if change == Change::Password { "本人であることの確認が要ります" } else { ASKED };
        assert!(told.text.contains(asks), "{change:?}: {}", told.text);
        assert_eq!(town.state_of("tanto"), before, "{change:?}: nothing changed, and nothing was logged");

        town.prove(&session).await;
        let told = town.change(change, "tanto", &session).await;
        assert_eq!(told.status, 303, "{change:?}: {}", told.text);
        let after = town.state_of("tanto");
        assert_ne!(after.0, before.0, "{change:?}");
        assert_eq!((after.1, after.2), (before.1 + 1, before.2 + 1), "{change:?}: one entry, one notice");
        let notice = people::notices(&town.node, &town.person("tanto")).expect("there").remove(0);
        assert_eq!((notice.deed, notice.done_by), (change.deed(), Doer::Oneself));
        assert!(town.get("/people/log", &session).await.text.contains(change.deed().title()), "{change:?}");
        let is_open = town.get("/me", &other).await.status == 200;
        let links = people::link_of(&town.node, link.token.text()).expect("there").is_some();
        let begun_before = change != Change::OneTimeOn;
        assert_eq!((is_open && begun_before, links), (false, !change.ends_others()), "{change:?}");
    }
}

#[tokio::test]
async fn a_proof_lasts_five_minutes_in_its_own_session() {
    let town = Town::new();
    let [session, other] = [town.enter("tanto").await, town.enter("tanto").await];
    town.wait(299);
    assert!(town.get("/me/one-time", &session).await.text.contains("<svg role=\"img\""), "signing in is a proof");
    town.wait(1);
    let page = town.get("/me/one-time", &session).await;
    assert!(
        page.text.contains(ASKED) && !page.text.contains("<svg role=\"img\""),
        "the key is not shown: {}",
        page.text
    );
    town.prove(&session).await;
    assert!(town.get("/me/one-time", &session).await.text.contains("<svg role=\"img\""));
    assert!(town.get("/me/one-time", &other).await.text.contains(ASKED), "a proof is of one session");
    let wrong = town.post("/me/proof", &other, &[("proof", "password"), ("now", "wrong password")]).await;
    assert!(wrong.status == 422 && wrong.text.contains("今のパスワードが違います"), "{}", wrong.text);
    for _ in 0..4 {
        town.post("/me/proof", &other, &[("proof", "password"), ("now", "wrong password")]).await;
    }
    let told = town.post("/me/proof", &other, &[("proof", "password"), ("now", PASSWORD)]).await;
    assert!(told.status == 422 && told.text.contains("30秒待って"), "{}", told.text);
    assert_eq!(town.knock("tanto", PASSWORD).await.status, 303, "the owner signs in meanwhile");
}

/// The form for the proof carries what was typed, and one click does both.
#[tokio::test]
async fn nothing_typed_is_lost_when_a_proof_is_asked_in_between() {
    let town = Town::with_issuer();
    let session = town.enter("tanto").await;
    town.fill("tanto", &session).await;
    town.wait(300);
    let address = format!("/me/passkeys/{}", town.key("tanto", CredentialKind::Passkey));
    let asked = town.post(&address, &session, &[("do", "rename"), ("name", "家の\"端末")]).await;
    assert!(asked.text.contains(&format!("action=\"{address}\"")), "{}", asked.text);
    assert!(asked.text.contains("name=\"name\" value=\"家の&#34;端末\""), "{}", asked.text);
    let start = asked.text.find("/sign-in/oidc?then=").expect("the issuer can prove it too");
    assert!(asked.text[start..].starts_with("/sign-in/oidc?then=%2Funsent%2F"), "and the form waits meanwhile");
    let fields = [("do", "rename"), ("name", "家の\"端末"), ("proof", "password"), ("now", PASSWORD)];
    assert_eq!(town.post(&address, &session, &fields).await.header("location"), "/me?done=passkey-name");
    assert!(town.get("/me", &session).await.text.contains("家の&#34;端末"));
    town.wait(300);
    let asked = town.post("/me/passkeys", &session, &[("name", "もう一つ"), ("answer", "")]).await;
    assert!(asked.text.contains("name=\"name\" value=\"もう一つ\""), "{}", asked.text);
    let fields = [("name", "もう一つ"), ("proof", "password"), ("now", PASSWORD)];
    let told = town.post("/me/passkeys", &session, &fields).await;
    assert!(
        told.text.contains("value=\"もう一つ\"") && told.text.contains("もう一度「パスキーを追加する」"),
        "{}",
        told.text
    );
    town.wait(300);
    let secret = [("now", ""), ("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
    assert!(!town.post("/me/password", &session, &secret).await.text.contains(NEW_PASSWORD), "a secret is not carried");
}

#[tokio::test]
async fn a_passkey_of_the_account_is_a_proof_and_anybody_else_s_is_not() {
    let town = Town::new();
    let (session, mut own) = super::passkeys::with_passkey(&town, "tanto", 1).await;
    let (_, mut other) = super::passkeys::with_passkey(&town, "kessai", 2).await;
    town.wait(300);
    for (device, status) in [(&mut other, 422), (&mut own, 303)] {
        let asked = town.post("/sign-in/passkey/options", &session, &[]).await;
        let cookie = asked.header("set-cookie").split(';').next().expect("there").to_owned();
        let answer = device.prove(&asked.text, ORIGIN);
        let fields = [("proof", "passkey"), ("answer", answer.as_str())];
        let told = town.post("/me/proof", &format!("{session}; {cookie}"), &fields).await;
        assert_eq!(told.status, status, "{}", told.text);
    }
    assert!(town.get("/me/one-time", &session).await.text.contains("<svg role=\"img\""));
}

#[tokio::test]
async fn a_notice_stays_until_the_owner_has_seen_it() {
    let town = Town::new();
    let account = people::account_named(&town.node, "tanto").expect("there");
    let session = town.enter("tanto").await;
    town.wait(300);
    let kanri = people::account_named(&town.node, "kanri").expect("there");
    people::hand_link(&town.node, &kanri, &account).expect("there");
    for address in ["/", "/me"] {
        let page = town.get(address, &session).await.text;
        assert!(
            page.contains("認証手段が変わりました") && page.contains("システム管理者 kanri が"),
            "{address}: {page}"
        );
    }
    let number = people::notices(&town.node, &town.person("tanto")).expect("there")[0].number.to_string();
    let hidden = town.post("/me/notices", &session, &[("until", &number)]).await;
    assert!(hidden.status == 422 && hidden.text.contains(ASKED), "a borrowed session cannot hide it");
    let again = town.enter("tanto").await;
    assert!(town.get("/", &again).await.text.contains("認証手段が変わりました"), "still there after signing in");
    people::hand_link(&town.node, &kanri, &account).expect("there");
    assert_eq!(town.post("/me/notices", &again, &[("until", &number)]).await.status, 303);
    let left = people::notices(&town.node, &town.person("tanto")).expect("there");
    assert_eq!(left.len(), 1, "a later change was not shown yet");
    assert_eq!(town.post("/me/notices", &again, &[("until", "999999")]).await.status, 303);
    assert!(!town.get("/", &again).await.text.contains("認証手段が変わりました"));
    let page = town.get("/me", &again).await.text;
    assert!(page.contains("最近の変更") && page.contains("パスワードの再設定"), "the history stays: {page}");
    assert!(people::notices(&town.node, &town.person("kessai")).expect("there").is_empty(), "nobody else is told");
}

#[tokio::test]
async fn a_reset_ends_every_way_in() {
    let town = Town::with_issuer();
    let session = town.enter("tanto").await;
    town.fill("tanto", &session).await;
    let half = town.knock("tanto", PASSWORD).await.half();
    let account = people::account_named(&town.node, "tanto").expect("there");
    let link = people::hand_link(&town.node, "", &account).expect("there");
    let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD)];
    let told = town.post(&format!("/links/{}", link.token.text()), "", &fields).await;
    assert_eq!(told.status, 303, "{}", told.text);
    let kinds: Vec<_> = people::own_credentials(&town.node, &town.person("tanto"))
        .expect("there")
        .into_iter()
        .map(|k| k.kind)
        .collect();
    assert_eq!(kinds, [CredentialKind::Password]);
    assert_eq!(town.get("/me", &session).await.status, 303, "sessions");
    town.wait(30);
    let code = town.post("/sign-in/code", &half, &[("code", "000000")]).await;
    assert!(code.text.contains("やり直してください"), "a sign-in under way: {}", code.text);
    assert_eq!(town.knock("tanto", PASSWORD).await.status, 422, "the old password");
    assert!(town.bind(&told.session(), "tanaka").await.status == 303, "the identity is free again");
    let notices = people::notices(&town.node, &town.person("tanto")).expect("there");
    assert!(notices.iter().any(|notice| notice.deed == PeopleDeed::ResetUsed), "{notices:?}");
}

#[tokio::test]
async fn a_new_password_ends_sign_ins_under_way_and_unused_links() {
    let town = Town::new();
    let session = town.enter("tanto").await;
    let secret = town.turn_on_codes("tanto", &session).await;
    town.wait(30);
    let half = town.knock("tanto", PASSWORD).await.half();
    let account = people::account_named(&town.node, "tanto").expect("there");
    let link = people::hand_link(&town.node, "", &account).expect("there");
    assert_eq!(town.change(Change::Password, "tanto", &session).await.status, 303);
    let code = secret.code(town.node.now().as_second() as u64);
    let told = town.post("/sign-in/code", &half, &[("code", &code)]).await;
    assert!(told.status == 422 && told.text.contains("やり直してください"), "{}", told.text);
    assert!(people::link_of(&town.node, link.token.text()).expect("there").is_none());
}

#[tokio::test]
async fn the_own_page_lists_each_credential_with_its_times() {
    let town = Town::with_issuer();
    let session = town.enter("tanto").await;
    town.fill("tanto", &session).await;
    let page = town.get("/me", &session).await.text;
    let table =
        page.split("aria-labelledby=\"credentials\"").nth(2).expect("there").split("</table>").next().expect("there");
    for name in ["パスワード", "ワンタイムコード", "パスキー", "外部認証", "職場の端末", "外部の人"]
    {
        assert!(table.contains(name), "{name}: {table}");
    }
    assert_eq!(table.matches("まだ使っていません").count(), 3, "all but the password: {table}");
    assert_eq!(table.matches("令和8年4月1日").count() + table.matches("2026").count(), 5, "{table}");
}
