//! Signing in: the steps of an ordinary browser, and attacks.

mod credentials;
mod passkeys;
mod strangers;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Barrier};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use jiff::Timestamp;
use renkei_app::access::{local_operator, local_viewer};
use renkei_app::{Answered, Context, Knock, Known, NewAccount, Node, OneTimeSecret, Visitor, day_of, people, plan};
use renkei_document::document::Document;
use renkei_document::language::Language;
use renkei_domain::command::Command;
use renkei_domain::organisation::duty::Duty;
use renkei_web::{Entrance, Gate, site, site_behind};
use tower::ServiceExt;

use crate::addresses::answer_without_agreement;

const PASSWORD: &str = "plum tree in the rain";

/// A town in which people sign in. The tests move its clock forward.
struct Town {
    node: Arc<Node>,
    site: Router,
    seconds: Arc<AtomicI64>,
    _directory: tempfile::TempDir,
}

struct Told {
    status: u16,
    headers: axum::http::HeaderMap,
    text: String,
}

impl Told {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("there"))
    }

    /// Returns the cookie of the session that this answer starts.
    fn session(&self) -> String {
        let all = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("there"));
        let pair = |cookie: &str| cookie.split(';').next().expect("there").to_owned();
        all.map(pair).find(|pair| pair.starts_with("renkei-session=") && !pair.ends_with('=')).unwrap_or_default()
    }

    fn half(&self) -> String {
        let all = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("there"));
        all.map(|cookie| cookie.split(';').next().expect("there").to_owned())
            .find(|pair| pair.starts_with("renkei-code="))
            .expect("there")
    }
}

impl Town {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("there");
        let start: Timestamp = "2026-04-01T00:00:00Z".parse().expect("there");
        let seconds = Arc::new(AtomicI64::new(start.as_second()));
        let clock = Arc::clone(&seconds);
        let context = Context {
            clock: Box::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).expect("there")),
            random: Context::fixed(start, 1).random,
        };
        let node = Arc::new(Node::open(directory.path(), context).expect("there"));
        let document: Document = serde_json::from_str(include_str!("../document.json")).expect("there");
        let text = Box::new(document.agreement.expect("there"));
        node.do_as(local_operator(), Command::ConcludeAgreement { text }).expect("there");
        let site = site(Arc::clone(&node), Entrance::SignIn);
        let town = Self { node, site, seconds, _directory: directory };
        town.add("tanto", Some(Duty::Secretariat));
        town.add("kessai", Some(Duty::Approver));
        town.add("kanri", None);
        town
    }

    /// Adds an account with a post in the city, or an administrator's account if no duty is given.
    fn add(&self, login: &str, duty: Option<Duty>) -> String {
        let new = NewAccount {
            login: login.to_owned(),
            name: format!("{login}さん"),
            is_administrator: duty.is_none(),
            language: Language::Japanese,
        };
        let account = people::add_account(&self.node, "", &new).expect("there");
        people::give_password(&self.node, &account, PASSWORD).expect("there");
        if let Some(duty) = duty {
            let party = {
                let state = self.node.state();
                state.seen_by(local_viewer()).agreements().next().expect("there").agreement.parties[0].id
            };
            let post = people::post_named(&self.node, local_operator(), party, "しごと課", duty.name(), &[duty])
                .expect("there");
            people::appoint(&self.node, "", &account, post, day_of(self.node.now()), None).expect("there");
        }
        account
    }

    /// Returns the visitor of an account, without any post.
    fn person(&self, login: &str) -> Visitor {
        let (account, name) = (people::account_named(&self.node, login).expect("there"), login.to_owned());
        let language = Language::Japanese;
        Visitor::known(Known { account, name, party: None, posts: Vec::new(), is_administrator: false, language })
    }

    fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    async fn answer(&self, request: Request<Body>) -> Told {
        let told = answer_without_agreement(&self.site, request).await;
        Told { status: told.status.as_u16(), text: told.text(), headers: told.headers }
    }

    async fn get(&self, address: &str, cookie: &str) -> Told {
        let request = Request::get(address).header("host", "localhost").header("cookie", cookie);
        self.answer(request.body(Body::empty()).expect("there")).await
    }

    async fn post(&self, address: &str, cookie: &str, fields: &[(&str, &str)]) -> Told {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(address)
            .header("host", "localhost")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookie);
        self.answer(request.body(Body::from(body)).expect("there")).await
    }

    async fn knock(&self, login: &str, password: &str) -> Told {
        self.post("/sign-in", "", &[("login", login), ("password", password)]).await
    }

    /// Proves in a session who the person is.
    async fn prove(&self, session: &str) {
        let told = self.post("/me/proof", session, &[("proof", "password"), ("now", PASSWORD)]).await;
        assert_eq!((told.status, told.header("location")), (303, "/me"), "{}", told.text);
    }

    /// Turns on one-time codes in a session with a recent proof, and returns the key.
    async fn turn_on_codes(&self, login: &str, session: &str) -> OneTimeSecret {
        let page = self.get("/me/one-time", session).await.text;
        assert!(page.contains("<svg role=\"img\""), "{page}");
        let token = session.trim_start_matches("renkei-session=");
        let secret = people::offer_one_time(&self.node, &self.person(login), token).expect("offered");
        assert!(page.contains(&secret.text()), "the key stands there as text too");
        let code = secret.code(self.seconds.load(Ordering::Relaxed) as u64);
        let wrong = self.post("/me/one-time", session, &[("code", "000000")]).await;
        assert!(wrong.status == 422 && wrong.text.contains(&secret.text()), "the same key is offered again");
        let told = self.post("/me/one-time", session, &[("code", &code)]).await;
        assert_eq!((told.status, told.header("location")), (303, "/me?done=one-time"), "{}", told.text);
        secret
    }

    async fn enter(&self, login: &str) -> String {
        let told = self.knock(login, PASSWORD).await;
        assert_eq!(told.status, 303, "{}", told.text);
        told.session()
    }
}

#[tokio::test]
async fn after_signing_in_the_requested_page_is_shown() {
    let town = Town::new();
    let told = town.get("/agreement?x=1", "").await;
    assert_eq!((told.status, told.header("location")), (303, "/sign-in?then=%2Fagreement%3Fx%3D1"));
    let told = town.post("/sign-in", "", &[("login", "TANTO "), ("password", PASSWORD), ("then", "/agreement")]).await;
    assert_eq!((told.status, told.header("location")), (303, "/agreement"));
    let page = town.get("/agreement", &told.session()).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("しごと課 事務局"), "the header names the post");
    assert!(!page.text.contains("tantoさん"), "and no person: the page is one for all of a kind");
    assert_eq!(town.get("/assets/style.css", "").await.status, 200);
    assert_eq!(town.get("/sign-in", "").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_session_token_sent_by_a_browser_is_never_adopted() {
    let town = Town::new();
    let brought = format!("renkei-session={}", "a".repeat(64));
    let fields = [("login", "tanto"), ("password", PASSWORD)];
    let first = town.post("/sign-in", &brought, &fields).await.session();
    assert_ne!(first, brought);
    assert_eq!(town.get("/agreement", &brought).await.status, 303);
    let second = town.post("/sign-in", &first, &fields).await.session();
    assert_ne!(second, first, "each sign-in has its own");
}

#[tokio::test]
async fn cookies_are_sent_to_this_site_only() {
    let town = Town::new();
    let cookie = town.knock("tanto", PASSWORD).await.header("set-cookie").to_owned();
    assert!(cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{cookie}");
    let gate = Arc::new(Gate::of_names(vec!["renkei.example.jp".to_owned()]));
    let secure = site_behind(gate, Arc::clone(&town.node), Entrance::SignIn);
    let request = Request::post("/sign-in").header("host", "renkei.example.jp").header("sec-fetch-site", "same-origin");
    let body = format!("login=tanto&password={}", PASSWORD.replace(' ', "+"));
    let told = secure.oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let cookie = told.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-renkei-session=") && cookie.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/"),
        "{cookie}"
    );
}

#[tokio::test]
async fn failures_get_the_same_answer_and_then_a_limited_wait() {
    let town = Town::new();
    for login in ["tanto", "nobody"] {
        for _ in 0..5 {
            let told = town.knock(login, "wrong password").await;
            assert_eq!(told.status, 422, "{login}");
            assert!(told.text.contains("ログイン名かパスワードが違います"), "{login}");
            assert!(!told.text.contains("wrong password"), "a password is not shown again");
        }
        let told = town.knock(login, PASSWORD).await;
        assert_eq!((told.status, told.header("retry-after")), (429, "30"), "{login}");
        assert!(told.text.contains("30秒待って"), "{login}: {}", told.text);
    }
    town.wait(29);
    assert_eq!(town.knock("tanto", PASSWORD).await.status, 429, "waiting is not made longer by trying");
    assert_eq!(town.knock("kessai", PASSWORD).await.status, 303, "others are not made to wait");
    town.wait(1);
    assert_eq!(town.knock("tanto", "wrong password").await.status, 422);
    assert_eq!(town.knock("tanto", PASSWORD).await.header("retry-after"), "60");
    town.wait(60);
    assert_eq!(town.knock("tanto", PASSWORD).await.status, 303, "never for ever");
}

impl Town {
    /// Sends the sign-in forms of this number of people at the same time, and returns the answers.
    fn all_at_once(
        &self,
        number: usize,
        login: impl Fn(usize) -> String,
        address: impl Fn(usize) -> String,
    ) -> Vec<Answered> {
        let together = Barrier::new(number);
        std::thread::scope(|scope| {
            let tries: Vec<_> = (0..number)
                .map(|number| {
                    let (login, address, together) = (login(number), address(number), &together);
                    scope.spawn(move || {
                        let (login, address) = (login.as_str(), address.as_str());
                        let knock = Knock { login, password: "wrong password", address, ..Knock::default() };
                        together.wait();
                        people::sign_in(&self.node, &knock).expect("answered")
                    })
                })
                .collect();
            tries.into_iter().map(|one| one.join().expect("answered")).collect()
        })
    }
}

#[test]
fn simultaneous_attempts_must_wait_and_none_evades_the_counter() {
    let town = Town::new();
    let refused = |answers: &[Answered]| answers.iter().filter(|answer| **answer == Answered::Refused).count();
    let told_to_wait = |answers: &[Answered], expected: u64| {
        let waits = |answer: &&Answered| matches!(answer, Answered::Wait { seconds, .. } if *seconds == expected);
        answers.iter().filter(waits).count()
    };
    let flood = town.all_at_once(120, |number| format!("nobody-{number}"), |number| format!("192.0.2.{number}"));
    assert!(refused(&flood) >= 50, "so many are looked at");
    assert!(told_to_wait(&flood, 3) > 0, "and the others do not occupy the pages");
    let one = town.all_at_once(8, |_| "kessai".to_owned(), |_| "192.0.2.200".to_owned());
    assert_eq!([refused(&one), told_to_wait(&one, 30)], [5, 3]);
    let network = town.all_at_once(40, |number| format!("none-{number}"), |number| format!("2001:db8::{number:x}"));
    assert_eq!(refused(&network), 40);
    let next = town.all_at_once(1, |_| "tanto".to_owned(), |_| "2001:db8::ffff".to_owned());
    assert_eq!(told_to_wait(&next, 30), 1, "who has one address of a network has them all");
}

#[tokio::test]
async fn no_redirect_leads_to_another_site_and_input_never_becomes_markup() {
    let town = Town::new();
    for then in [
        "//example.jp/",
        "/\\example.jp",
        "https://example.jp/",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "\"><script>",
    ] {
        let fields = [("login", "kessai"), ("password", PASSWORD), ("then", then)];
        let told = town.post("/sign-in", "", &fields).await;
        assert_eq!((told.status, told.header("location")), (303, "/"), "{then}");
        assert!(!told.headers.get_all("set-cookie").iter().any(|cookie| cookie.to_str().unwrap().contains("x=y")));
        let encoded = form_urlencoded::byte_serialize(then.as_bytes()).collect::<String>();
        let page = town.get(&format!("/sign-in?then={encoded}"), "").await;
        assert!(page.text.contains("name=\"then\" value=\"\""), "{then}: {}", page.text);
    }
    let told = town.knock("\"><script>alert(1)</script>\r\nX: y", "wrong password").await;
    assert!(!told.text.contains("<script>"), "{}", told.text);
    assert_eq!(told.header("x"), "");
}

#[tokio::test]
async fn a_session_ends_when_idle_and_after_a_day() {
    let town = Town::new();
    let session = town.enter("tanto").await;
    town.wait(59 * 60);
    assert_eq!(town.get("/agreement", &session).await.status, 200);
    town.wait(59 * 60);
    assert_eq!(town.get("/agreement", &session).await.status, 200, "each request counts");
    town.wait(60 * 60);
    assert_eq!(town.get("/agreement", &session).await.status, 303, "an hour without one ends it");
    let session = town.enter("tanto").await;
    for _ in 0..12 {
        assert_eq!(town.get("/agreement", &session).await.status, 200);
        town.wait(3599);
    }
    town.wait(12);
    assert_eq!(town.get("/agreement", &session).await.status, 303, "twelve hours end it in any case");
}

#[tokio::test]
async fn somebody_signs_out_here_or_everywhere() {
    let town = Town::new();
    let [here, there, third] = [town.enter("tanto").await, town.enter("tanto").await, town.enter("tanto").await];
    let told = town.post("/sign-out", &third, &[]).await;
    assert_eq!((told.status, told.session()), (303, String::new()));
    assert_eq!(town.get("/agreement", &third).await.status, 303, "a copy of the cookie is good for nothing");
    let page = town.get("/me", &here).await;
    assert_eq!(page.text.matches("name=\"session\"").count(), 1, "{}", page.text);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(town.post("/me/sessions", &here, &[]).await.status, 303);
    assert_eq!(town.get("/agreement", &there).await.status, 303);
    assert_eq!(town.get("/agreement", &here).await.status, 200);
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    let town = Town::new();
    let [here, there] = [town.enter("tanto").await, town.enter("tanto").await];
    let new = "a heron stands still";
    for (fields, sentence) in [
        ([("now", "wrong"), ("password", new), ("again", new)], "今のパスワードが違います"),
        ([("now", PASSWORD), ("password", new), ("again", "other")], "二つのパスワードが違います"),
        ([("now", PASSWORD), ("password", "short"), ("again", "short")], "12文字以上"),
        ([("now", PASSWORD), ("password", "tanto-tanto-1"), ("again", "tanto-tanto-1")], "ログイン名をもとにした"),
    ] {
        let told = town.post("/me/password", &here, &fields).await;
        assert!(told.status == 422 && told.text.contains(sentence), "{sentence}: {}", told.text);
    }
    let told = town.post("/me/password", &here, &[("now", PASSWORD), ("password", new), ("again", new)]).await;
    assert_eq!(told.status, 303);
    assert_eq!(town.get("/agreement", &there).await.status, 303);
    assert_eq!(town.get("/agreement", &here).await.status, 200);
    assert_eq!(town.knock("tanto", PASSWORD).await.status, 422);
    assert_eq!(town.knock("tanto", new).await.status, 303);
}

#[tokio::test]
async fn a_code_is_required_and_accepted_once() {
    let town = Town::new();
    let session = town.enter("tanto").await;
    let secret = town.turn_on_codes("tanto", &session).await;
    let code = || secret.code(town.seconds.load(Ordering::Relaxed) as u64);
    let told = town.knock("tanto", PASSWORD).await;
    assert_eq!((told.status, told.header("location")), (303, "/sign-in/code"));
    assert_eq!(told.session(), "", "the password alone lets nobody in");
    let half = told.half();
    assert_eq!(town.get("/agreement", &half).await.status, 303);
    assert_eq!(
        town.post("/sign-in/code", &half, &[("code", &code())]).await.status,
        422,
        "the code that was shown before"
    );
    town.wait(30);
    let used = code();
    let told = town.post("/sign-in/code", &half, &[("code", &used)]).await;
    assert_eq!(town.get("/agreement", &told.session()).await.status, 200);
    let half = town.knock("tanto", PASSWORD).await.half();
    assert_eq!(town.post("/sign-in/code", &half, &[("code", &used)]).await.status, 422, "the same code again");
    for _ in 0..4 {
        town.post("/sign-in/code", &half, &[("code", "000000")]).await;
    }
    town.wait(29);
    assert_eq!(town.post("/sign-in/code", &half, &[("code", &code())]).await.status, 429);
    town.wait(300);
    let told = town.post("/sign-in/code", &half, &[("code", &code())]).await;
    assert!(told.status == 422 && told.text.contains("やり直してください"), "the password was given too long ago");
}

#[tokio::test]
async fn an_administrator_sees_people_and_no_content() {
    let town = Town::new();
    let kanri = town.enter("kanri").await;
    let home = town.get("/", &kanri).await;
    assert!(home.status == 200 && home.header("cache-control") == "no-store", "{}", home.text);
    assert!(home.text.contains("利用者の見守り") && !home.text.contains("みどり市雇用対策協定"), "{}", home.text);
    for address in ["/agreement", "/journal", "/findings", "/search?q=a", "/imports", "/settings", "/editions"] {
        let told = town.get(address, &kanri).await;
        assert_eq!(told.status, 403, "{address}");
        assert!(!told.text.contains("みどり市雇用対策協定"), "{address}");
    }
    let page = town.get("/people", &kanri).await;
    assert!(page.status == 200 && page.text.contains("kessaiさん"));
    let tanto = town.enter("tanto").await;
    assert_eq!(town.get("/people", &tanto).await.status, 403);
    let log = town.get("/people/log", &tanto).await;
    assert!(log.text.contains("任命") && log.text.contains("しごと課 決裁者"), "{}", log.text);
    assert!(!log.text.contains("<td data-label=\"ログイン名\">kanri"), "nothing about whom its party does not employ");
}

#[tokio::test]
async fn a_link_can_be_used_once_before_it_expires() {
    let town = Town::new();
    let kanri = town.enter("kanri").await;
    let told = town.post("/people", &kanri, &[("login", "atarashii"), ("name", "新しい人")]).await;
    let person = told.header("location").split('?').next().unwrap().to_owned();
    let number = async || {
        let page = town.post(&person, &kanri, &[("do", "link")]).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        let start = page.text.find("/links/").unwrap() + "/links/".len();
        page.text[start..start + 29].to_owned()
    };
    let [old, invited] = [number().await, number().await];
    let fields = [("password", "a heron stands still"), ("again", "a heron stands still")];
    assert_eq!(town.post(&format!("/links/{old}"), "", &fields).await.status, 422, "a newer one was made");
    let typed = town.post("/links", "", &[("number", &invited.to_uppercase())]).await;
    assert_eq!(typed.header("location"), format!("/links/{invited}"));
    assert!(town.get(&format!("/links/{invited}"), "").await.text.contains("新しい人"));
    let told = town.post(&format!("/links/{invited}"), "", &fields).await;
    assert_eq!(town.get("/me", &told.session()).await.status, 200);
    assert_eq!(town.post(&format!("/links/{invited}"), "", &fields).await.status, 422, "used");
    let reset = number().await;
    town.wait(24 * 60 * 60);
    assert!(town.get(&format!("/links/{reset}"), "").await.text.contains("このリンクは使えません"), "too old");
}

#[tokio::test]
async fn a_form_sent_after_its_session_expired_is_kept_for_the_same_person() {
    let town = Town::new();
    let session = town.enter("tanto").await;
    town.wait(2 * 60 * 60);
    let typed = "<b>消えては困る</b>\n二行目";
    let told = town.post("/divisions", &session, &[("answer", typed), ("reason", "a")]).await;
    assert_eq!(told.status, 401);
    let start = told.text.find("/unsent/").expect("kept");
    let kept = told.text[start..start + "/unsent/".len() + 29].to_owned();
    assert!(!told.text.contains("消えては困る"), "not shown before it is known who asks");
    let other = town.enter("kessai").await;
    assert_eq!(town.get(&kept, &other).await.status, 404, "for nobody else");
    let own = town.enter("tanto").await;
    let page = town.get(&kept, &own).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("消えては困る")
            && page.text.contains("action=\"/divisions\"")
            && !page.text.contains("<b>消")
    );
    assert!(page.text.contains("<dt>理由</dt><dd class=\"pre\">a</dd>"), "in the words of the form");
    assert!(town.get("/me", &own).await.text.contains(&kept), "it is found from one's own page too");
    assert_eq!(town.post(&kept, &own, &[]).await.status, 303);
    assert_eq!(town.get(&kept, &own).await.status, 404);
    let stranger = town.post("/divisions", "", &[("answer", typed)]).await;
    assert!(stranger.status == 401 && stranger.text.contains("消えては困る"), "nobody's: shown, to be copied");
    let secret = town.post("/me/password", "", &[("now", PASSWORD)]).await;
    assert!(secret.status == 401 && !secret.text.contains(PASSWORD));
}

#[tokio::test]
async fn unsent_input_is_kept_when_a_session_expires_but_not_when_it_was_ended() {
    const FORM: &str = "/initiatives/00000000-0000-7000-8000-000000000001/edit";
    let town = Town::new();
    let address = format!("{FORM}/typed");
    let tanto = town.person("tanto");
    let kept = || plan::typing(&town.node, &tanto, FORM).unwrap().map(|typed| typed.fields);
    let session = town.enter("tanto").await;
    town.wait(24 * 60 * 60);
    assert_eq!(town.post(&address, &session, &[("do", "here")]).await.status, 401);
    assert_eq!(kept(), None, "nothing was typed");
    let told = town.post(&address, &session, &[("text", "途中")]).await;
    assert!(told.status == 401 && !told.text.contains("途中"), "{}", told.text);
    assert_eq!(kept(), Some(vec![("text".to_owned(), "途中".to_owned())]));
    let ended = town.enter("tanto").await;
    people::sign_out_everywhere(&town.node, &tanto, None).unwrap();
    assert_eq!(town.post(&address, &ended, &[("text", "他人が書いた")]).await.status, 401);
    assert_eq!(kept(), Some(vec![("text".to_owned(), "途中".to_owned())]));
}

#[tokio::test]
async fn changed_posts_and_closed_accounts_take_effect_at_once() {
    let town = Town::new();
    let [kanri, tanto] = [town.enter("kanri").await, town.enter("tanto").await];
    assert_eq!(town.get("/agreement", &tanto).await.status, 200);
    let account = people::account_named(&town.node, "tanto").unwrap();
    let held = people::people(&town.node)
        .unwrap()
        .into_iter()
        .find(|person| person.id == account)
        .unwrap()
        .appointments
        .remove(0);
    let address = format!("/people/{account}");
    let fields = [("do", "end"), ("appointment", held.id.as_str()), ("until", "2026-04-01")];
    assert_eq!(town.post(&address, &kanri, &fields).await.status, 303);
    assert_eq!(town.get("/agreement", &tanto).await.status, 200, "today is still of it");
    town.wait(15 * 60 * 60);
    let [kanri, tanto] = [town.enter("kanri").await, town.enter("tanto").await];
    assert_eq!(town.get("/agreement", &tanto).await.status, 403, "tomorrow is not");
    assert_eq!(town.post(&address, &kanri, &[("do", "close")]).await.status, 303);
    assert_eq!(town.get("/me", &tanto).await.status, 303);
    assert_eq!(town.knock("tanto", PASSWORD).await.status, 422);
    let own = people::account_named(&town.node, "kanri").unwrap();
    let told = town.post(&format!("/people/{own}"), &kanri, &[("do", "close")]).await;
    assert!(told.status == 422 && told.text.contains("システム管理者がほかにいない"));
}

#[tokio::test]
async fn each_reader_chooses_the_language() {
    let town = Town::new();
    assert!(town.get("/sign-in", "").await.text.contains("ログイン名"));
    assert!(town.get("/sign-in", "renkei-language=en").await.text.contains("Login name"));
    let tanto = town.enter("tanto").await;
    assert_eq!(town.post("/language", &tanto, &[("language", "en")]).await.status, 303);
    let page = town.get("/me", &tanto).await.text;
    assert!(page.contains("<html lang=\"en\"") && page.contains("Where you are signed in"), "{page}");
    assert_eq!(town.post("/language", &tanto, &[("language", "x")]).await.status, 400);
}

#[tokio::test]
async fn the_language_chosen_at_sign_in_applies_to_the_session_and_a_later_choice_to_the_account() {
    let town = Town::new();
    let language = |told: &Told| {
        let all = told.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("there").to_owned());
        all.filter(|cookie| cookie.starts_with("renkei-language=")).collect::<String>()
    };
    let is_english = async |cookies: &str| town.get("/me", cookies).await.text.contains("<html lang=\"en\"");
    let chosen = language(&town.post("/language", "", &[("language", "en")]).await);
    assert!(chosen.starts_with("renkei-language=en;"), "{chosen}");
    let tanto = town.enter("tanto").await;
    let both = format!("{tanto}; renkei-language=en");
    assert!(is_english(&both).await, "as on the page before");
    assert!(town.get("/agreement", &both).await.text.contains("<html lang=\"en\""), "pages that are kept as well");
    assert!(!town.get("/agreement", &tanto).await.text.contains("<html lang=\"en\""), "for nobody else");
    assert!(!is_english(&tanto).await, "the account is as it was");
    let switched = town.post("/language", &both, &[("language", "ja")]).await;
    assert!(language(&switched).contains("Max-Age=0"), "the account says it now");
    assert!(!is_english(&tanto).await);
    assert_eq!(town.post("/language", &tanto, &[("language", "en")]).await.status, 303);
    assert!(is_english(&town.enter("tanto").await).await, "kept for the account");
    let out = town.post("/sign-out", &both, &[]).await;
    assert!(language(&out).contains("Max-Age=0"), "the next person has a language of their own");
}
