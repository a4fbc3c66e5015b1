//! Slots on the running server: strangers always leave room for people who sign in, and never displace signed-in
//! people.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use renkei_domain::organisation::duty::Duty;
use renkei_web::{Entrance, Lock, Patience, SlotLimits};

use crate::frame::door::Running;
use crate::town::Town;

/// Limits with few slots, so that a test can fill them. No timeout occurs during a test, so a connection is closed at
/// once or stays open.
fn few() -> Patience {
    let slots = SlotLimits { all: 20, of_network: 15, strangers: 12, strangers_of_network: 8, ..SlotLimits::default() };
    let long = Duration::from_secs(600);
    Patience { headers: long, waiting_of_strangers: long, slots, ..Patience::default() }
}

fn guarded(town: &Town, patience: Patience) -> Running {
    Running::start_for(town, Lock::None, patience, Entrance::SignIn)
}

/// Requests a page on a connection that stays open; `Err` if the connection failed.
fn status(stream: &mut TcpStream, path: &str, headers: &str) -> Result<u16, ErrorKind> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    let asked = stream.write_all(format!("HEAD {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n").as_bytes());
    asked.map_err(|fault| fault.kind())?;
    let mut told = Vec::new();
    while !told.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).map_err(|fault| fault.kind())?;
        told.extend(byte);
    }
    Ok(String::from_utf8_lossy(&told).split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status"))
}

fn signed_in(stream: &mut TcpStream, session: &str) -> Result<u16, ErrorKind> {
    status(stream, "/", &format!("cookie: {session}\r\n"))
}

fn is_closed(stream: &mut TcpStream) -> bool {
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    !matches!(stream.read(&mut [0; 1]), Ok(1..)) && stream.set_nonblocking(true).is_ok() && {
        // A closed connection stays closed. Reading from an open connection without data would block.
        !matches!(stream.read(&mut [0; 1]), Err(fault) if fault.kind() == ErrorKind::WouldBlock)
    }
}

#[test]
fn strangers_with_as_many_slots_as_possible_keep_nobody_out() {
    let town = Town::with_document();
    let session = town.session_of("jimukyoku", Some(Duty::Secretariat));
    let running = guarded(&town, few());
    let mut own = running.connect_from(9);
    assert_eq!(signed_in(&mut own, &session), Ok(200));
    let held: Vec<_> = (0..60).map(|number| running.connect_from(2 + number % 2)).collect();
    // From an address with no other connection, and from one of the strangers' addresses.
    for from in [4, 2] {
        assert_eq!(signed_in(&mut running.connect_from(from), &session), Ok(200), "a new connection from {from}");
        assert_eq!(status(&mut running.connect_from(from), "/sign-in", ""), Ok(200), "to sign in, from {from}");
    }
    assert_eq!(signed_in(&mut own, &session), Ok(200), "the connection from before");
    drop(held);
    running.stop();
}

#[test]
fn connections_beyond_the_limit_are_closed_at_once() {
    let town = Town::with_document();
    let running = guarded(&town, few());
    let mut held: Vec<_> = (0..30).map(|_| running.connect_from(2)).collect();
    assert_eq!(status(held.last_mut().expect("there"), "/sign-in", ""), Ok(200), "all before it were looked at");
    let closed = held[..22].iter_mut().filter_map(|stream| is_closed(stream).then_some(())).count();
    assert_eq!(closed, 22, "one network holds eight");
    for (number, stream) in held[22..].iter_mut().enumerate() {
        assert_eq!(status(stream, "/sign-in", ""), Ok(200), "{number}");
    }
    running.stop();
}

#[test]
fn an_idle_stranger_is_disconnected_earlier_than_a_signed_in_user() {
    let town = Town::with_document();
    let session = town.session_of("jimukyoku", Some(Duty::Secretariat));
    let patience = Patience { waiting_of_strangers: Duration::from_millis(50), ..few() };
    let running = guarded(&town, patience);
    let mut own = running.connect();
    assert_eq!(signed_in(&mut own, &session), Ok(200));
    let mut idle = running.connect();
    assert_eq!(status(&mut idle, "/sign-in", ""), Ok(200));
    let mut slow = running.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ").expect("sent");
    for (what, stream) in [("without a request", &mut running.connect()), ("idle", &mut idle), ("slow", &mut slow)] {
        assert!(is_closed(stream), "{what}");
    }
    assert_eq!(signed_in(&mut own, &session), Ok(200));
    running.stop();
}

#[test]
fn behind_a_proxy_each_request_has_a_slot_of_its_clients_network() {
    let town = Town::with_document();
    let session = town.session_of("jimukyoku", Some(Duty::Secretariat)).replace("renkei", "__Host-renkei");
    let lock = Lock::Proxy { address: "https://localhost".to_owned(), peers: Vec::new() };
    let running = Running::start_for(&town, lock, few(), Entrance::SignIn);
    let stalled = |client: &str| {
        let mut stream = running.connect();
        let head = format!("POST /sign-in HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: {client}\r\n");
        let rest = "sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9\r\n\r\n";
        stream.write_all((head + rest).as_bytes()).expect("sent");
        stream
    };
    // The clients are nine hosts of one /64 network, and two hosts of other networks.
    let clients = (0..9).map(|host| format!("2001:db8::{host}")).chain(["192.0.2.1", "192.0.2.2"].map(str::to_owned));
    let mut held: Vec<_> = clients.map(|client| stalled(&client)).collect();
    let forwarded = "x-forwarded-for: 192.0.2.3\r\n";
    assert_eq!(status(&mut running.connect(), "/sign-in", forwarded), Ok(200));
    assert_eq!(status(&mut running.connect(), "/", &format!("{forwarded}cookie: {session}\r\n")), Ok(200));
    let mut turned_away = || held.iter_mut().filter_map(turned_away).collect::<Vec<_>>();
    let until = Instant::now() + Duration::from_secs(30);
    let told =
        std::iter::repeat_with(&mut turned_away).take_while(|_| Instant::now() < until).find(|told| !told.is_empty());
    assert_eq!(told.unwrap_or_default(), [503], "the ninth of one network takes the slot of one of the eight");
    assert_eq!(turned_away(), [0; 0]);
    drop(held);
    running.stop();
}

/// Returns the status of an answer that has already arrived; `None` if there is none.
fn turned_away(stream: &mut TcpStream) -> Option<u16> {
    stream.set_nonblocking(true).expect("set");
    let mut told = [0; 12];
    let read = stream.read(&mut told).ok()?;
    String::from_utf8_lossy(&told[..read]).rsplit(' ').next()?.parse().ok()
}
