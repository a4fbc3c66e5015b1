//! Passkeys: the steps of an ordinary browser with a device, and attacks.

#[path = "../../../../../../identity/tests/authenticator/mod.rs"]
pub mod authenticator;

use renkei_app::{CredentialKind, people};
use std::sync::Arc;

use authenticator::Authenticator;
use axum::body::Body;
use axum::http::Request;
use renkei_web::{Entrance, Gate, site_behind};

use super::{PASSWORD, Told, Town};

const ORIGIN: &str = "http://localhost";
const ADD: &str = "/me/passkeys";
const ASK_TO_ADD: &str = "/me/passkeys/options";
const ENTER: &str = "/sign-in/passkey";
const ASK: &str = "/sign-in/passkey/options";
const REFUSED: &str = "このパスキーでは入れません";
const LATE: &str = "パスキーの確認に時間がかかったか";

/// Returns the cookie that a browser keeps while it waits for its device.
fn carried(told: &Told) -> String {
    let pair = told.header("set-cookie").split(';').next().expect("there").to_owned();
    assert!(pair.starts_with("renkei-passkey="), "{pair}");
    pair
}

/// Adds the passkey of a device to the account of a session.
async fn add(town: &Town, session: &str, device: &mut Authenticator) {
    let asked = town.post(ASK_TO_ADD, session, &[]).await;
    assert_eq!((asked.status, asked.header("content-type")), (200, "application/json"), "{}", asked.text);
    let answer = device.make(&asked.text, ORIGIN);
    let told = town.post(ADD, session, &[("name", "職場の端末"), ("answer", &answer)]).await;
    assert_eq!((told.status, told.header("location")), (303, "/me?done=passkey"), "{}", told.text);
}

/// Signs a person in, and adds the passkey of a device to their account.
pub async fn with_passkey(town: &Town, login: &str, seed: u8) -> (String, Authenticator) {
    let (session, mut device) = (town.enter(login).await, Authenticator::new(seed));
    add(town, &session, &mut device).await;
    (session, device)
}

async fn enter_by(town: &Town, device: &mut Authenticator) -> Told {
    let asked = town.post(ASK, "", &[]).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    let answer = device.prove(&asked.text, ORIGIN);
    town.post(ENTER, &carried(&asked), &[("answer", &answer)]).await
}

/// Returns the 32 hexadecimal digits (`short_name`) that stand for the only passkey in the addresses of the page `/me`.
async fn only_key(town: &Town, session: &str) -> String {
    let page = town.get("/me", session).await.text;
    let keys: Vec<_> = page.match_indices("action=\"/me/passkeys/").map(|(at, start)| at + start.len()).collect();
    assert_eq!(keys.len(), 2, "one to rename and one to remove: {page}");
    page[keys[0]..keys[0] + 32].to_owned()
}

async fn own_passkeys(town: &Town, login: &str) -> usize {
    let credentials = people::own_credentials(&town.node, &town.person(login)).expect("there");
    credentials.iter().filter(|known| known.kind == CredentialKind::Passkey).count()
}

#[tokio::test]
async fn a_passkey_signs_its_owner_in_without_password_and_code() {
    let town = Town::new();
    let (session, mut device) = with_passkey(&town, "tanto", 1).await;
    town.turn_on_codes("tanto", &session).await;
    assert_eq!(town.knock("tanto", PASSWORD).await.header("location"), "/sign-in/code");

    let brought = format!("renkei-session={}", "a".repeat(64));
    let asked = town.post(ASK, &brought, &[]).await;
    assert_eq!(asked.header("cache-control"), "no-store");
    assert!(!asked.text.contains("tanto"), "it tells of nobody: {}", asked.text);
    let answer = device.prove(&asked.text, ORIGIN);
    let cookies = format!("{brought}; {}", carried(&asked));
    let told = town.post(ENTER, &cookies, &[("answer", &answer), ("then", "/agreement?x=1")]).await;
    assert_eq!((told.status, told.header("location")), (303, "/agreement?x=1"), "{}", told.text);
    let entered = told.session();
    assert!(!entered.is_empty() && entered != brought && entered != session, "a session of its own");
    assert!(told.headers.get_all("set-cookie").iter().any(|gone| gone.as_bytes().starts_with(b"renkei-passkey=;")));
    let page = town.get("/me", &entered).await.text;
    assert!(page.contains("職場の端末") && page.matches("まだ使っていません").count() == 1, "{page}");
    for then in ["//example.jp/", "https://example.jp/", "/\\example.jp", "/a\r\nSet-Cookie: x=y"] {
        let asked = town.post(ASK, "", &[]).await;
        let answer = device.prove(&asked.text, ORIGIN);
        let told = town.post(ENTER, &carried(&asked), &[("answer", &answer), ("then", then)]).await;
        assert_eq!((told.status, told.header("location")), (303, "/"), "{then}");
    }
}

#[tokio::test]
async fn a_challenge_can_be_answered_once_in_time_by_the_same_browser() {
    let town = Town::new();
    let (_, mut device) = with_passkey(&town, "tanto", 1).await;
    let is_late = |told: &Told| told.status == 422 && told.text.contains(LATE) && told.session().is_empty();
    let asked = town.post(ASK, "", &[]).await;
    let (cookie, answer) = (carried(&asked), device.prove(&asked.text, ORIGIN));
    assert!(is_late(&town.post(ENTER, "", &[("answer", &answer)]).await), "no browser that asked");
    let other = carried(&town.post(ASK, "", &[]).await);
    let told = town.post(ENTER, &other, &[("answer", &answer)]).await;
    assert!(told.status == 422 && told.text.contains(REFUSED), "another browser: {}", told.text);
    assert_eq!(town.post(ENTER, &cookie, &[("answer", &answer)]).await.status, 303);
    assert!(is_late(&town.post(ENTER, &cookie, &[("answer", &answer)]).await), "a second time");
    for (seconds, is_in) in [(299, true), (300, false)] {
        let asked = town.post(ASK, "", &[]).await;
        let answer = device.prove(&asked.text, ORIGIN);
        town.wait(seconds);
        let told = town.post(ENTER, &carried(&asked), &[("answer", &answer)]).await;
        assert_eq!(told.status == 303, is_in, "{seconds}");
        assert_eq!(is_late(&told), !is_in, "{seconds}");
    }
}

#[tokio::test]
async fn all_invalid_proofs_get_the_same_answer() {
    let town = Town::new();
    let (_, mut good) = with_passkey(&town, "tanto", 1).await;
    let (removing, mut removed) = with_passkey(&town, "kanri", 2).await;
    let key = only_key(&town, &removing).await;
    let gone = town.post(&format!("{ADD}/{key}"), &removing, &[("do", "remove")]).await;
    assert_eq!(gone.header("location"), "/me?done=passkey-off");
    let (_, mut of_closed) = with_passkey(&town, "kessai", 3).await;
    let kessai = people::account_named(&town.node, "kessai").unwrap();
    people::close_account(&town.node, "", &kessai).unwrap();
    // A forged passkey that uses the name of a registered passkey.
    let mut forged = Authenticator::new(1);
    forged.make(&town.post(ASK_TO_ADD, &town.enter("tanto").await, &[]).await.text, ORIGIN);
    forged.takes_the_key_of(9);
    let mut unknown = Authenticator::new(4);
    unknown.make(&town.post(ASK_TO_ADD, &town.enter("tanto").await, &[]).await.text, ORIGIN);
    let mut unverified = Authenticator::new(1);
    unverified.make(&town.post(ASK_TO_ADD, &town.enter("tanto").await, &[]).await.text, ORIGIN);
    unverified.verifies = false;

    let mut pages = Vec::new();
    for device in [&mut removed, &mut of_closed, &mut forged, &mut unknown, &mut unverified] {
        device.counter = 50;
        let told = enter_by(&town, device).await;
        assert!(told.status == 422 && told.session().is_empty() && told.text.contains(REFUSED), "{}", told.text);
        pages.push(told.text);
    }
    for answer in ["", "{}", "x", &"A".repeat(60_000)] {
        let asked = town.post(ASK, "", &[]).await;
        pages.push(town.post(ENTER, &carried(&asked), &[("answer", answer)]).await.text);
    }
    let asked = town.post(ASK, "", &[]).await;
    let elsewhere = good.prove(&asked.text, "https://localhost.example.jp");
    pages.push(town.post(ENTER, &carried(&asked), &[("answer", &elsewhere)]).await.text);
    assert!(pages.iter().all(|page| *page == pages[0]), "nothing tells one from another");
    assert_eq!(enter_by(&town, &mut good).await.status, 303, "nobody else is kept out by it");
}

#[tokio::test]
async fn a_counter_that_did_not_increase_is_refused_and_logged() {
    let town = Town::new();
    let (session, mut device) = with_passkey(&town, "tanto", 1).await;
    device.counter = 7;
    assert_eq!(enter_by(&town, &mut device).await.status, 303);
    device.counter = 5;
    let told = enter_by(&town, &mut device).await;
    assert!(told.status == 422 && told.text.contains(REFUSED), "{}", told.text);
    let log = town.get("/people/log", &session).await.text;
    assert!(log.contains("パスキーの追加") && log.contains("パスキーの複製の疑い"), "{log}");
    device.counter = 20;
    assert_eq!(enter_by(&town, &mut device).await.status, 303);
}

#[tokio::test]
async fn failures_delay_the_address_and_no_account() {
    let town = Town::new();
    let (_, mut device) = with_passkey(&town, "tanto", 1).await;
    let late = carried(&town.post(ASK, "", &[]).await);
    for _ in 0..40 {
        let cookie = carried(&town.post(ASK, "", &[]).await);
        assert_eq!(town.post(ENTER, &cookie, &[("answer", "{}")]).await.status, 422);
    }
    let asked = town.post(ASK, "", &[]).await;
    assert!(asked.status == 422 && asked.text.contains("30秒待って"), "{}", asked.text);
    let told = town.post(ENTER, &late, &[("answer", "{}")]).await;
    assert_eq!((told.status, told.header("retry-after")), (429, "30"));
    town.wait(30);
    assert_eq!(enter_by(&town, &mut device).await.status, 303, "never for ever");
}

#[tokio::test]
async fn a_passkey_is_added_in_the_session_that_began_it() {
    let town = Town::new();
    let [session, other] = [town.enter("tanto").await, town.enter("tanto").await];
    let mut device = Authenticator::new(1);
    let late = town.post(ADD, &session, &[("name", "職場の<b>端末"), ("answer", "{}")]).await;
    assert!(late.status == 422 && late.text.contains(LATE), "{}", late.text);
    assert!(late.text.contains("value=\"職場の&#60;b&#62;端末\""), "what was typed comes back: {}", late.text);

    let asked = town.post(ASK_TO_ADD, &session, &[]).await;
    let answer = device.make(&asked.text, ORIGIN);
    let elsewhere = town.post(ADD, &other, &[("answer", &answer)]).await;
    assert!(elsewhere.status == 422 && elsewhere.text.contains(LATE), "another session");
    assert_eq!(town.post(ADD, &session, &[("answer", &answer)]).await.status, 303);
    assert!(town.post(ADD, &session, &[("answer", &answer)]).await.text.contains(LATE), "a second time");
    let asked = town.post(ASK_TO_ADD, &session, &[]).await;
    assert!(asked.text.contains("\"excludeCredentials\":[{"), "{}", asked.text);
    town.wait(300);
    let answer = Authenticator::new(2).make(&asked.text, ORIGIN);
    town.prove(&session).await;
    assert!(town.post(ADD, &session, &[("answer", &answer)]).await.text.contains(LATE), "too late");
    assert_eq!(own_passkeys(&town, "tanto").await, 1);

    // Another person cannot register the same passkey, which stays with its first owner.
    let kessai = town.enter("kessai").await;
    let asked = town.post(ASK_TO_ADD, &kessai, &[]).await;
    let told = town.post(ADD, &kessai, &[("answer", &device.make(&asked.text, ORIGIN))]).await;
    assert!(told.status == 422 && told.text.contains("このパスキーを確かめられませんでした"), "{}", told.text);
    assert_eq!(own_passkeys(&town, "kessai").await, 0);

    let run_out = town.post(ASK_TO_ADD, "", &[]).await;
    assert_eq!(run_out.status, 401);
}

#[tokio::test]
async fn the_number_of_passkeys_of_an_account_is_limited() {
    let town = Town::new();
    let session = town.enter("tanto").await;
    for seed in 1..=20 {
        add(&town, &session, &mut Authenticator::new(seed)).await;
    }
    let told = town.post(ASK_TO_ADD, &session, &[]).await;
    assert!(told.status == 422 && told.text.contains("パスキーは20個までです"), "{}", told.text);
}

#[tokio::test]
async fn only_its_owner_can_rename_and_remove_a_passkey() {
    let town = Town::new();
    let (session, mut device) = with_passkey(&town, "tanto", 1).await;
    let other = town.enter("tanto").await;
    let address = format!("{ADD}/{}", only_key(&town, &session).await);
    let kessai = town.enter("kessai").await;
    for fields in [[("do", "rename"), ("name", "私のもの")], [("do", "remove"), ("name", "")]] {
        let told = town.post(&address, &kessai, &fields).await;
        assert!(told.status == 422 && told.text.contains("このパスキーは見つかりません"), "{}", told.text);
    }
    let named = |name| [("do", "rename"), ("name", name)];
    assert!(town.post(&address, &session, &named(" ")).await.text.contains("パスキーの名前を入れてください"));
    let long = format!("家の鍵<i>{}", "鍵".repeat(100));
    assert_eq!(town.post(&address, &session, &named(&long)).await.header("location"), "/me?done=passkey-name");
    let page = town.get("/me", &session).await.text;
    assert!(page.contains("家の鍵&#60;i&#62;") && !page.contains("家の鍵<i>"), "{page}");
    assert!(!page.contains(&"鍵".repeat(61)), "a name has its length");
    assert_eq!(enter_by(&town, &mut device).await.status, 303);
    let told = town.post(&address, &session, &[("do", "remove")]).await;
    assert_eq!(told.header("location"), "/me?done=passkey-off");
    assert_eq!(town.get("/me", &other).await.status, 303, "whoever came in by it is out");
    assert_eq!(town.get("/me", &session).await.status, 200);
    let told = enter_by(&town, &mut device).await;
    assert!(told.status == 422 && told.text.contains(REFUSED), "{}", told.text);
    assert!(town.get("/people/log", &session).await.text.contains("パスキーの削除"));
}

#[tokio::test]
async fn a_reset_removes_all_passkeys() {
    let town = Town::new();
    let (_, mut device) = with_passkey(&town, "tanto", 1).await;
    let account = people::account_named(&town.node, "tanto").unwrap();
    let link = people::hand_link(&town.node, "", &account).unwrap();
    let fields = [("password", "a heron stands still"), ("again", "a heron stands still")];
    assert_eq!(town.post(&format!("/links/{}", link.token.text()), "", &fields).await.status, 303);
    assert_eq!(own_passkeys(&town, "tanto").await, 0);
    assert_eq!(enter_by(&town, &mut device).await.status, 422);
}

#[tokio::test]
async fn passkeys_are_offered_only_at_host_names_with_encryption() {
    let town = Town::new();
    let session = town.enter("tanto").await;
    let request = |method: &str, address: &str| {
        let request = Request::builder().method(method).uri(address).header("host", "127.0.0.1:8080");
        request.header("sec-fetch-site", "same-origin").header("cookie", &session).body(Body::empty()).unwrap()
    };
    let page = town.answer(request("GET", "/me")).await.text;
    assert!(page.contains("このアドレスではパスキーを使えません") && !page.contains("<script"), "{page}");
    let page = town.answer(request("GET", "/sign-in")).await.text;
    assert!(!page.contains("パスキー") && !page.contains("<script"), "{page}");
    for address in [ASK, ASK_TO_ADD, ENTER] {
        let told = town.answer(request("POST", address)).await;
        assert!(told.status == 422 && told.text.contains("このアドレスではパスキーを使えません"), "{}", told.text);
    }
    let page = town.get("/sign-in", "").await.text;
    assert_eq!(page.matches("<script src=\"/assets/passkey.js?v=").count(), page.matches("<script").count());
    assert!(page.contains("<form method=\"post\" action=\"/sign-in/passkey\" class=\"stack\" hidden"), "{page}");

    let gate = Arc::new(Gate::of_names(vec!["renkei.example.jp".to_owned(), "renkei".to_owned()]));
    let site = site_behind(gate, Arc::clone(&town.node), Entrance::SignIn);
    let secure = Town { site, seconds: Arc::clone(&town.seconds), node: Arc::clone(&town.node), ..Town::new() };
    let tanto = town.person("tanto");
    let session = town.enter("tanto").await.replace("renkei-session=", "");
    let mut device = Authenticator::new(1);
    let origin = "https://renkei.example.jp:8443";
    let asked = people::begin_adding_passkey(&town.node, &tanto, &session, origin).unwrap();
    assert!(asked.contains("\"id\":\"renkei.example.jp\""), "{asked}");
    let answer = device.make(&asked, origin);
    people::finish_adding_passkey(&town.node, &tanto, &session, ["", ""], &answer, origin).unwrap();
    for (host, status) in [("renkei.example.jp:8443", 303), ("renkei.example.jp", 422), ("renkei:8443", 422)] {
        let ask = |address: &str, cookie: &str, body: String| {
            let request = Request::post(address).header("host", host).header("sec-fetch-site", "same-origin");
            secure.answer(request.header("cookie", cookie).body(Body::from(body)).unwrap())
        };
        let asked = ask(ASK, "", String::new()).await;
        let cookie = asked.header("set-cookie");
        assert!(cookie.starts_with("__Host-renkei-passkey=") && cookie.ends_with("; Secure; Path=/"), "{cookie}");
        let answer = device.prove(&asked.text.replace("\"rpId\":\"renkei\"", "\"rpId\":\"renkei.example.jp\""), origin);
        let body = form_urlencoded::Serializer::new(String::new()).append_pair("answer", &answer).finish();
        let told = ask(ENTER, cookie.split(';').next().unwrap(), body).await;
        assert_eq!(told.status, status, "{host}: {}", told.text);
    }
}
