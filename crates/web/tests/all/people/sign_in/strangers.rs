//! Attackers who keep trying, and owners who sign in meanwhile. Strangers are slowed, owners are not.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use renkei_app::{Answered, AppError, Callback, Knock, OidcSettings, OutsideDoor, Purpose, Returned, people};

use super::{PASSWORD, Told, Town};

impl Told {
    /// Returns the cookie with this name that this answer sets; empty if it sets none.
    fn cookie(&self, name: &str) -> String {
        let all = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("there"));
        let pairs = all.map(|cookie| cookie.split(';').next().expect("there").to_owned());
        pairs.into_iter().find(|pair| pair.starts_with(&format!("{name}=")) && !pair.ends_with('=')).unwrap_or_default()
    }
}

impl Town {
    async fn knock_in(&self, browser: &str, password: &str) -> Told {
        self.post("/sign-in", browser, &[("login", "tanto"), ("password", password)]).await
    }

    fn knock_from(&self, address: &str, login: &str, password: &str) -> Answered {
        people::sign_in(&self.node, &Knock { login, password, address, ..Knock::default() }).expect("answered")
    }
}

/// An attacker in the network of the owner tries each second for half an hour.
#[tokio::test]
async fn an_attacker_never_shuts_the_owner_out() {
    let town = Town::new();
    let browser = town.knock_in("", PASSWORD).await.cookie("renkei-browser");
    assert!(!browser.is_empty());
    let (mut tried, mut place, mut next, mut is_in_at) = (0, String::new(), 600, None);
    for second in 0..1_800 {
        tried += usize::from(town.knock_in("", "wrong password").await.status == 422);
        if second % 60 == 0 {
            let told = town.knock_in(&browser, PASSWORD).await;
            assert_eq!(told.status, 303, "second {second}: a known browser is never slowed: {}", told.text);
            assert_eq!(told.cookie("renkei-browser"), "", "and keeps its token");
        }
        // After ten minutes, the owner also comes with a new browser, and tries again whenever the page says.
        if second == next && is_in_at.is_none() {
            let told = town.knock_in(&place, PASSWORD).await;
            match told.status {
                303 => is_in_at = Some(second),
                status => {
                    assert_eq!(status, 429);
                    next = second + told.header("retry-after").parse::<i32>().expect("there");
                    if place.is_empty() {
                        place = told.cookie("renkei-place");
                    }
                }
            }
        }
        town.wait(1);
    }
    assert!(is_in_at.is_some_and(|second| second <= 661), "a new browser waits a minute: {is_in_at:?}");
    assert!((5..15).contains(&tried), "{tried} attempts of the attacker were looked at");
}

#[tokio::test]
async fn an_attacker_in_another_network_does_not_slow_a_new_browser_of_the_owner() {
    let town = Town::new();
    for minute in 0..60 {
        for attacker in ["192.0.2.1", "192.0.2.2", "2001:db8::1"] {
            town.knock_from(attacker, "tanto", "wrong password");
        }
        if minute % 10 == 9 {
            let own = town.knock_from("198.51.100.7", "tanto", PASSWORD);
            assert!(matches!(own, Answered::In(_)), "minute {minute}: {own:?}");
        }
        town.wait(60);
    }
}

/// Many strangers' networks together are limited, and the owner's known browser is not.
#[tokio::test]
async fn attempts_from_many_networks_are_limited_together() {
    let town = Town::new();
    let browser = town.knock_in("", PASSWORD).await.cookie("renkei-browser");
    let tries =
        (0..400).map(|number| town.knock_from(&format!("192.0.{}.{}", number / 200, number % 200), "tanto", "wrong"));
    assert_eq!(tries.filter(|answer| *answer == Answered::Refused).count(), 100);
    assert_eq!(town.knock_in(&browser, PASSWORD).await.status, 303);
    let waits = |answer| matches!(answer, Answered::Wait { seconds: 1..=150, .. });
    assert!(waits(town.knock_from("198.51.100.7", "tanto", PASSWORD)));
    town.wait(150);
    assert!(matches!(town.knock_from("198.51.100.7", "tanto", PASSWORD), Answered::In(_)));
}

/// A whole office has one address. Wrong passwords of some do not keep out others.
#[tokio::test]
async fn failures_in_an_office_do_not_shut_it_out() {
    let town = Town::new();
    let browser = town.knock_in("", PASSWORD).await.cookie("renkei-browser");
    for number in 0..22 {
        assert_eq!(town.knock(&format!("nobody-{number}"), "wrong password").await.status, 422);
    }
    assert_eq!(town.knock("kessai", PASSWORD).await.status, 303, "a new browser");
    for number in 22..200 {
        town.knock(&format!("nobody-{number}"), "wrong password").await;
    }
    let told = town.knock("kessai", PASSWORD).await;
    assert!(told.status == 429 && told.header("retry-after").parse::<u32>().expect("there") <= 30, "{}", told.text);
    assert_eq!(town.knock_in(&browser, PASSWORD).await.status, 303, "a known browser");
}

#[tokio::test]
async fn a_known_browser_has_a_counter_and_no_right() {
    let town = Town::new();
    let browser = town.knock_in("", PASSWORD).await.cookie("renkei-browser");
    assert_eq!(town.get("/me", &browser).await.status, 303, "it signs nobody in");
    for _ in 0..5 {
        assert_eq!(town.knock_in(&browser, "wrong password").await.status, 422);
    }
    assert_eq!(town.knock_in(&browser, PASSWORD).await.header("retry-after"), "30", "its own failures count");
    assert_eq!(town.knock_in("", PASSWORD).await.status, 303, "and nobody else's");
    let fields = [("login", "kessai"), ("password", "wrong password")];
    for _ in 0..5 {
        assert_eq!(town.post("/sign-in", &browser, &fields).await.status, 422);
    }
    let told = town.post("/sign-in", &browser, &fields).await;
    assert_eq!(told.status, 429, "to another account it is a stranger's");
    let planted = format!("renkei-browser={}", "a".repeat(64));
    let told = town.knock_in(&planted, PASSWORD).await;
    assert!(![String::new(), planted].contains(&told.cookie("renkei-browser")), "no token that somebody else made");
}

#[tokio::test]
async fn codes_have_a_counter_for_each_known_browser() {
    let town = Town::new();
    let told = town.knock_in("", PASSWORD).await;
    let (session, browser) = (told.session(), told.cookie("renkei-browser"));
    let secret = town.turn_on_codes("tanto", &session).await;
    let stolen = town.knock_in("", PASSWORD).await.half();
    for _ in 0..5 {
        town.post("/sign-in/code", &stolen, &[("code", "000000")]).await;
    }
    town.wait(1);
    assert_eq!(town.post("/sign-in/code", &stolen, &[("code", "000000")]).await.status, 429);
    town.wait(29);
    let half = town.knock_in(&browser, PASSWORD).await.half();
    let stolen_again = town.post("/sign-in/code", &stolen, &[("code", "000000")]).await;
    assert_eq!(stolen_again.status, 422, "somebody who knows the password keeps trying");
    let code = secret.code(town.node.now().as_second() as u64);
    let told = town.post("/sign-in/code", &format!("{half}; {browser}"), &[("code", &code)]).await;
    assert_eq!(told.status, 303, "{}", told.text);
}

/// Answers the questions for the metadata of an issuer, and refuses each code. Returns its address.
fn issuer() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there");
    let address = format!("http://{}", listener.local_addr().expect("there"));
    let metadata = serde_json::json!({
        "issuer": address,
        "authorization_endpoint": format!("{address}/auth"),
        "token_endpoint": format!("{address}/token"),
        "jwks_uri": format!("{address}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("there");
            let mut reader = BufReader::new(stream.try_clone().expect("there"));
            let mut first = String::new();
            reader.read_line(&mut first).expect("there");
            let mut line = String::from("x");
            while !line.trim().is_empty() {
                line.clear();
                reader.read_line(&mut line).expect("there");
            }
            let (status, body) = match first.split(' ').nth(1).unwrap_or_default() {
                "/.well-known/openid-configuration" => ("200 OK", metadata.to_string()),
                "/keys" => ("200 OK", "{\"keys\":[]}".to_owned()),
                _ => ("400 Bad Request", "{\"error\":\"invalid_grant\"}".to_owned()),
            };
            let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\n");
            write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).expect("there");
        }
    });
    address
}

#[tokio::test]
async fn thousands_of_strangers_at_the_issuer_displace_no_owner_s_return() {
    let town = Town::new();
    let [client, secret, back] = ["renkei", "secret", "http://localhost/sign-in/oidc/back"].map(str::to_owned);
    let settings = OidcSettings { issuer: issuer(), client, secret, back, authority: None };
    people::open_outside_door(&town.node, OutsideDoor::of(settings, "庁内認証".to_owned()).expect("there"));
    let browser = town.knock_in("", PASSWORD).await.cookie("renkei-browser").replace("renkei-browser=", "");
    let leaves = |address: &str, browser: &str| {
        people::leave_for_issuer(&town.node, address, browser, Purpose::SignIn).expect("sent to the issuer")
    };
    let known = leaves("192.0.2.1", &browser);
    let new = leaves("198.51.100.7", "");
    let new_beside = leaves("192.0.2.1", "");
    (0..1_000).for_each(|_| drop(leaves("192.0.2.1", "")));
    (0..500).for_each(|number| drop(leaves(&format!("2001:db8:{number:x}::1"), "")));
    let comes_back = |(address, token): &(String, renkei_app::Token)| {
        let query = address.split_once('?').expect("a query").1.to_owned();
        let state = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "state").expect("a state").1;
        let callback = Callback { carried: token.text(), state: &state, code: "c", device: "", browser: "" };
        people::return_from_issuer(&town.node, &town.person("tanto"), "", &callback)
    };
    // The issuer of this test refuses each code; a sign-in that was displaced is not taken to the issuer at all.
    let is_kept = |left: &(String, renkei_app::Token)| matches!(comes_back(left), Err(AppError::Outside(_)));
    assert!(is_kept(&new_beside), "a new browser in the network of the strangers");
    let more = leaves("192.0.2.1", "");
    (0..2_000).for_each(|_| drop(leaves("192.0.2.1", "")));
    assert!(!is_kept(&more), "the limit of one network");
    assert!(is_kept(&new), "a new browser in another network");
    assert!(is_kept(&known), "a known browser in the network of the strangers");
    assert!(matches!(comes_back(&known), Ok(Returned::Spent)), "once");
}
