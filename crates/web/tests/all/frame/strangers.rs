//! Clients without a session, on real connections, that send slowly, send too much, or send nothing.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use axum::routing::MethodFilter;
use renkei_app::{access::Role, evidence};
use renkei_domain::organisation::duty::Duty;
use renkei_web::routes::table;
use renkei_web::{Entrance, Lock, Pace, Patience};

use crate::frame::door::{Running, ask};
use crate::town::Town;

const MULTIPART: &str = "multipart/form-data; boundary=xx";
const URLENCODED: &str = "application/x-www-form-urlencoded";
/// Maximum time that a test waits for an answer that the server should give immediately.
const AT_ONCE: Duration = Duration::from_secs(20);

/// Limits that cut off a slow sender immediately.
fn impatient() -> Patience {
    let short = Duration::from_millis(50);
    let pace = Pace { bytes: 16 << 10, within: short };
    Patience { bodies_of_strangers: short, pace, pace_of_strangers: pace, ..Patience::default() }
}

fn guarded(town: &Town, patience: Patience) -> Running {
    Running::start_for(town, Lock::None, patience, Entrance::SignIn)
}

fn head(path: &str, kind: &str, length: usize, cookie: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\ncontent-type: {kind}\r\n\
         content-length: {length}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"
    )
}

/// Sends the beginning of a request and nothing more. Returns the answer.
fn begin(running: &Running, request: &[u8]) -> String {
    let mut stream = running.connect();
    stream.set_read_timeout(Some(AT_ONCE)).expect("set");
    stream.write_all(request).expect("sent");
    answer(stream)
}

fn answer(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[track_caller]
fn is_told(answer: &str, status: u16, what: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{what}: {:.300}", answer);
}

/// Returns the address of every POST route. The placeholders are filled with ids that do not exist.
fn deeds() -> impl Iterator<Item = String> {
    let posts = table().filter(|route| route.method == MethodFilter::POST);
    posts.map(|route| {
        let parts = route.path.split('/').map(|part| if part.starts_with('{') { "0" } else { part });
        parts.collect::<Vec<_>>().join("/")
    })
}

#[test]
fn a_stranger_who_announces_a_large_body_is_refused_before_reading() {
    let town = Town::with_document();
    let running = guarded(&town, Patience::default());
    for path in deeds() {
        for kind in [URLENCODED, MULTIPART] {
            for length in [(64 << 10) + 1, 5 << 20, 1 << 40] {
                let told = begin(&running, head(&path, kind, length, "").as_bytes());
                is_told(&told, 413, &format!("{path} {kind} {length}"));
            }
        }
    }
    running.stop();
}

#[test]
fn a_stranger_who_stops_sending_is_cut_off() {
    let town = Town::with_document();
    let running = guarded(&town, impatient());
    for path in deeds() {
        for (kind, beginning) in [(URLENCODED, "login=a"), (MULTIPART, "--xx\r\n")] {
            let request = format!("{}{beginning}", head(&path, kind, 60_000, ""));
            is_told(&begin(&running, request.as_bytes()), 408, &format!("{path} {kind}"));
        }
    }
    running.stop();
}

#[test]
fn a_stranger_who_sends_without_end_is_cut_off() {
    let town = Town::with_document();
    let running = guarded(&town, Patience::default());
    for path in ["/sign-in", "/imports", "/settings"] {
        for kind in [URLENCODED, MULTIPART] {
            let head = head(path, kind, 0, "").replace("content-length: 0", "transfer-encoding: chunked");
            let mut stream = running.connect();
            stream.set_write_timeout(Some(AT_ONCE)).expect("set");
            stream.write_all(head.as_bytes()).expect("sent");
            let chunk = format!("1000\r\n{}\r\n", "a".repeat(4096));
            let sent = (0..10_000).take_while(|_| stream.write_all(chunk.as_bytes()).is_ok()).count();
            assert!(sent < 10_000, "{path} {kind}: 40 MB were taken");
        }
    }
    running.stop();
}

#[test]
fn no_body_is_read_of_a_visitor_without_the_right() {
    let town = Town::with_document();
    let reader = town.session_of("etsuran", Some(Duty::Reader));
    let running = guarded(&town, Patience::default());
    for path in ["/imports", "/people/import", "/organisation/import", "/settings"] {
        let told = begin(&running, head(path, MULTIPART, 50 << 20, &reader).as_bytes());
        is_told(&told, 403, path);
    }
    running.stop();
}

#[test]
fn a_stalled_upload_is_dropped_and_leaves_no_file() {
    let town = Town::with_document();
    let secretariat = town.session_of("jimukyoku", Some(Duty::Secretariat));
    let running = guarded(&town, impatient());
    let file = "--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n";
    let request = format!("{}{file}{}", head("/imports", MULTIPART, 1 << 20, &secretariat), "a".repeat(100_000));
    is_told(&begin(&running, request.as_bytes()), 408, "an upload");
    assert_eq!(town.node.arrivals().under_way(), 0);
    running.stop();
}

#[test]
fn a_client_that_sends_too_much_gets_the_reason() {
    let town = Town::with_document();
    let running = Running::start(&town, Lock::None, Patience::default());
    // A browser reads the answer only after it has sent everything. These bodies are larger than all buffers between it
    // and the server.
    for (path, kind, length) in [("/settings", URLENCODED, 20 << 20), ("/imports", MULTIPART, 70 << 20)] {
        let request = format!("{}{}", head(path, kind, length, ""), "a".repeat(length));
        let told = ask(running.connect(), &request);
        is_told(&told, 413, path);
        assert!(told.contains("まで"), "{path}: {told}");
    }
    running.stop();
}

#[test]
fn a_large_file_arrives_byte_for_byte() {
    let town = Town::with_document();
    let running = Running::start(&town, Lock::None, Patience::default());
    let report = include_bytes!("../../../../import/tests/midori.txt");
    let sent = [&report[..], &" \u{3000}".repeat(1 << 20).into_bytes()].concat();
    let part = "--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n";
    let body = [part.as_bytes(), &sent, b"\r\n--xx--\r\n"].concat();
    let mut stream = running.connect();
    stream.write_all(head("/imports", MULTIPART, body.len(), "").as_bytes()).expect("sent");
    stream.write_all(&body).expect("sent");
    is_told(&answer(stream), 303, "a large file");
    let kept = evidence::waiting(&town.node, &town.visitor(Role::LocalOperator)).expect("read");
    assert_eq!(kept.iter().map(|file| file.bytes).collect::<Vec<_>>(), [sent.len() as u64]);
    assert_eq!(town.node.arrivals().under_way(), 0);
    running.stop();
}

/// Sends requests without end and reads no answer. Returns the error that ends the connection.
fn asks_and_reads_nothing(running: &Running, cookie: &str) -> ErrorKind {
    let mut stream = running.connect_slowly();
    stream.set_write_timeout(Some(AT_ONCE)).expect("set");
    let request = format!("GET /assets/style.css HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n").repeat(100);
    loop {
        if let Err(fault) = stream.write_all(request.as_bytes()) {
            return fault.kind();
        }
    }
}

#[test]
fn a_client_that_does_not_read_its_answers_is_cut_off() {
    let town = Town::with_document();
    let session = town.session_of("jimukyoku", Some(Duty::Secretariat));
    let running = guarded(&town, impatient());
    for cookie in ["", &session] {
        let ended = asks_and_reads_nothing(&running, cookie);
        assert!([ErrorKind::ConnectionReset, ErrorKind::BrokenPipe].contains(&ended), "{cookie}: {ended:?}");
    }
    running.stop();
}

#[test]
fn a_client_that_reads_in_time_gets_all_answers() {
    let town = Town::with_document();
    let running = guarded(&town, Patience::default());
    let request = "GET /assets/style.css HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(49);
    let last = "GET /assets/style.css HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let told = ask(running.connect_slowly(), &(request + last));
    assert_eq!(told.matches("HTTP/1.1 200 ").count(), 50);
    running.stop();
}
