//! Turns on the running server: a flood of requests delays only the client that sends it.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use renkei_domain::organisation::duty::Duty;
use renkei_web::{ConcurrencyLimits, Entrance, Lock, Patience};

use crate::frame::door::{Running, ask};
use crate::town::Town;

/// One turn for strangers at a time, so that a test can see which request waits for which.
fn narrow() -> Patience {
    Patience {
        concurrency: ConcurrencyLimits { of_strangers: 1, ..ConcurrencyLimits::default() },
        ..Patience::default()
    }
}

fn form(path: &str, cookie: &str, fields: &str) -> String {
    let length = fields.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{fields}"
    )
}

/// Sends the sign-in form of a stranger, and does not read the answer yet.
fn knocks(running: &Running, from: u8, login: &str) -> TcpStream {
    let mut stream = running.connect_from(from);
    let fields = format!("login={login}&password=plum+tree+in+the+rain");
    stream.write_all(form("/sign-in", "", &fields).as_bytes()).expect("sent");
    stream
}

fn is_answered(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).expect("set");
    !matches!(stream.read(&mut [0]), Err(fault) if fault.kind() == ErrorKind::WouldBlock)
}

#[test]
fn a_client_that_sends_a_flood_delays_only_its_own_requests() {
    let town = Town::with_document();
    let session = town.session_of("jimukyoku", Some(Duty::Secretariat));
    let running = Running::start_for(&town, Lock::None, narrow(), Entrance::SignIn);
    // Sends more sign-ins than may wait for password hashing.
    let mut flood: Vec<_> = (0..70).map(|number| knocks(&running, 2, &number.to_string())).collect();
    let fields = "now=another+plum+tree&password=an+apple+tree+in+the+wind&again=an+apple+tree+in+the+wind";
    let told = ask(running.connect_from(4), &form("/me/password", &session, fields));
    assert!(told.contains("今のパスワードが違います"), "somebody signed in: {told}");
    let mut other = knocks(&running, 3, "tanto");
    other.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
    let mut status = [0; 12];
    other.read_exact(&mut status).expect("told");
    assert_eq!(&status, b"HTTP/1.1 422", "somebody of another network is let try");
    let answered = flood.iter_mut().filter_map(|stream| is_answered(stream).then_some(())).count();
    assert!(answered < 20, "{answered} of the flood came first");
    running.stop();
}
