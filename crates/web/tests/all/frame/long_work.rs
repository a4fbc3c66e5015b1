//! Limits for the long work of each side: the turn of the other side stays free, the queue is limited, and no input is
//! lost. The tests block work at the moment when it draws random numbers, and do not measure time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use renkei_app::Context;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::record::facts::scrambled;
use renkei_web::{Entrance, site};
use tower::ServiceExt;

use crate::addresses::answer_without_agreement;
use crate::town::Town;

/// A source of randomness that blocks a given number of its callers.
#[derive(Default)]
struct Held {
    state: Mutex<(usize, usize)>,
    changed: Condvar,
}

impl Held {
    fn pass(&self) {
        let mut state = self.state.lock().expect("held");
        let (most, held) = &mut *state;
        if *held < *most {
            *held += 1;
            self.changed.notify_all();
            let _passed = self.changed.wait_while(state, |(most, _)| *most > 0).expect("held");
        }
    }

    fn hold(&self, most: usize) {
        self.state.lock().expect("held").0 = most;
    }

    /// Waits until that number of callers is blocked.
    fn wait(&self) {
        let state = self.state.lock().expect("held");
        let _held = self.changed.wait_while(state, |(most, held)| held < most).expect("held");
    }

    fn release(&self) {
        self.state.lock().expect("held").0 = 0;
        self.changed.notify_all();
    }
}

struct Office {
    town: Town,
    site: axum::Router,
    held: Arc<Held>,
}

impl Office {
    fn new() -> Self {
        let held = Arc::new(Held::default());
        let (passes, count) = (Arc::clone(&held), AtomicUsize::new(7));
        let random = move || {
            passes.pass();
            scrambled(count.fetch_add(1, Ordering::Relaxed) as u64)
        };
        let now = "2026-04-01T00:00:00Z".parse().expect("a time");
        let world = Context { clock: Box::new(move || now), random: Arc::new(random) };
        let town = Town::opened_in(world).documented();
        let site = site(Arc::clone(&town.node), Entrance::SignIn);
        Self { town, site, held }
    }

    fn ask(&self, request: Request<Body>) -> impl Future<Output = Response<Body>> + Send + 'static {
        let site = self.site.clone();
        async move { site.oneshot(request).await.expect("answers") }
    }

    /// Requests the review of an uploaded file: the server reads the file and draws ids for its rows.
    fn look_through(&self, file: &str, session: &str) -> impl Future<Output = Response<Body>> + Send + 'static {
        let request = Request::get(file).header("host", "localhost").header("cookie", session);
        self.ask(request.body(Body::empty()).expect("a request"))
    }

    fn decide(&self, file: &str, session: &str) -> impl Future<Output = Response<Body>> + Send + 'static {
        let kind = "application/x-www-form-urlencoded";
        let form = from_our_page(file, session).header("content-type", kind);
        self.ask(form.body(Body::from("do=keep&kept=typed")).expect("a form"))
    }

    async fn page(&self, address: &str, session: &str) -> String {
        let request = Request::get(address).header("host", "localhost").header("cookie", session);
        let request = request.body(Body::empty()).expect("a request");
        let told = answer_without_agreement(&self.site, request).await;
        assert_eq!(told.status, StatusCode::OK, "{address}");
        told.text()
    }
}

fn from_our_page(address: &str, session: &str) -> axum::http::request::Builder {
    let request = Request::post(address).header("host", "localhost").header("sec-fetch-site", "same-origin");
    request.header("cookie", session)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_side_never_takes_the_turn_of_the_other_and_its_queue_is_limited() {
    let office = Office::new();
    let colleague = office.town.session_of("jimukyoku-b", Some(Duty::Secretariat));
    let [city, bureau] = [0, 1].map(|party| office.town.session_at(party, "jimukyoku", Some(Duty::Secretariat)));
    let files = [0, 1].map(|party| office.town.bring_for(party, "昨年度.txt"));
    office.held.hold(2);
    // Two requests run, one for each colleague, and fourteen wait. A seventeenth request is refused.
    let mut looking = tokio::task::JoinSet::new();
    for place in 0..17 {
        looking.spawn(office.look_through(&files[0], [&city, &colleague][place % 2]));
    }
    let sent_away = looking.join_next().await.expect("an answer").expect("told");
    let held = Arc::clone(&office.held);
    tokio::task::spawn_blocking(move || held.wait()).await.expect("held up");
    // Meanwhile, a submitted form is kept so that it can be sent again, other pages answer as usual, and the turn of
    // the other side is free.
    let put_off = office.decide(&files[0], &city).await;
    let (me, plan) = (office.page("/me", &city).await, office.page("/plans/2026/plan", &city).await);
    let of_the_bureau = office.look_through(&files[1], &bureau).await;
    let waiting = looking.len();
    office.held.release();
    while let Some(answer) = looking.join_next().await {
        assert_eq!(answer.expect("told").status(), StatusCode::OK);
    }
    assert_eq!(sent_away.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(sent_away.headers()["retry-after"], "10");
    assert_eq!((put_off.status(), me.contains("/unsent/")), (StatusCode::SERVICE_UNAVAILABLE, true));
    assert!(plan.contains("<h1>"));
    assert_eq!((of_the_bureau.status(), waiting), (StatusCode::OK, 16), "all others wait for their turn");
    assert_eq!(office.look_through(&files[0], &city).await.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_of_a_client_that_left_occupies_its_place_until_it_is_done() {
    let office = Office::new();
    let city = office.town.session_at(0, "jimukyoku", Some(Duty::Secretariat));
    let file = office.town.bring_for(0, "昨年度.txt");
    office.held.hold(1);
    let left = tokio::spawn(office.look_through(&file, &city));
    let held = Arc::clone(&office.held);
    tokio::task::spawn_blocking(move || held.wait()).await.expect("held up");
    left.abort();
    assert!(left.await.expect_err("nobody waits for it").is_cancelled());
    // The account may have eight requests, and one of them is still running.
    let mut looking = tokio::task::JoinSet::new();
    for _ in 0..8 {
        looking.spawn(office.look_through(&file, &city));
    }
    let sent_away = tokio::time::timeout(Duration::from_secs(60), looking.join_next()).await;
    let waiting = looking.len();
    office.held.release();
    while let Some(answer) = looking.join_next().await {
        assert_eq!(answer.expect("told").status(), StatusCode::OK);
    }
    let sent_away = sent_away.expect("one is sent away").expect("an answer").expect("told");
    assert_eq!((sent_away.status(), waiting), (StatusCode::SERVICE_UNAVAILABLE, 7));
}
