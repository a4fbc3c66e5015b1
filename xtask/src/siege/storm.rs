//! The attacks of strangers and of the other party, on one core.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

use crate::bench::client::{Answer, Client, Fields};
use crate::bench::edits::{Draft, PASSWORD, links};

pub const SECRETARIAT: &str = "shi-jimukyoku";
/// The accounts of the city that attack; each uses two browsers.
const CITY: [&str; 4] = [SECRETARIAT, "shi-tanto", "shi-kessai", "shi-cho"];
/// The last numbers N of the addresses 127.0.0.N from which the attacks come. The server treats each as a separate
/// network.
const ADDRESSES: [u8; 4] = [11, 12, 13, 14];
/// Number of connections that one address tries to keep open.
const HELD: usize = 150;
const SHORT: Duration = Duration::from_millis(20);

/// One way to attack.
pub struct Attack {
    pub name: &'static str,
    /// Number of threads that attack at the same time; each thread gets its number.
    many: usize,
    deed: fn(&Storm, usize, &Running<'_>),
}

pub const ATTACKS: [Attack; 6] = [
    Attack { name: "stalled bodies", many: 4, deed: stalled_bodies },
    Attack { name: "slow heads", many: 4, deed: slow_heads },
    Attack { name: "floods of connections", many: 4, deed: flood },
    Attack { name: "slow readers", many: 4, deed: slow_readers },
    Attack { name: "strangers' sign-ins", many: 16, deed: knock },
    Attack { name: "the other party", many: 8, deed: work_hard },
];

/// The data that the attacks need.
pub struct Storm {
    address: SocketAddr,
    draft: Draft,
    /// The path of a page that the server computes again for each request.
    handover: Option<String>,
    /// A large document of which every line is read.
    document: String,
}

/// An attack that is running until it is ended.
pub struct Running<'a> {
    ended: &'a AtomicBool,
    deeds: &'a AtomicU64,
}

impl Running<'_> {
    fn goes_on(&self) -> bool {
        !self.ended.load(Ordering::Relaxed)
    }

    fn count(&self) {
        self.deeds.fetch_add(1, Ordering::Relaxed);
    }
}

impl Storm {
    pub fn prepare(address: &str, draft: Draft) -> Result<Self, String> {
        let mut client = Client::sign_in(address, SECRETARIAT, PASSWORD)?;
        let division = links(&client.get("/indicators")?.body).into_iter().find(|path| path.contains("/handover/"));
        let address = address.parse().map_err(|_| format!("no address: {address}"))?;
        let line = "1　就労支援の取組を進め、延べ1,234人の就職につなげる（令和8年度）。\n";
        Ok(Self {
            address,
            draft,
            handover: division.map(|path| format!("{path}/handover.pdf")),
            document: line.repeat(20_000),
        })
    }

    /// Runs all these attacks on one core until they are ended.
    pub fn rage(&self, attacks: &[Attack], ended: &AtomicBool, deeds: &AtomicU64) {
        pin_this_thread();
        let running = Running { ended, deeds };
        std::thread::scope(|scope| {
            for attack in attacks {
                for number in 0..attack.many {
                    let running = &running;
                    scope.spawn(move || (attack.deed)(self, number, running));
                }
            }
        });
    }

    fn connect(&self, from: u8, window: Option<usize>) -> io::Result<TcpStream> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        window.map_or(Ok(()), |bytes| socket.set_recv_buffer_size(bytes))?;
        socket.bind(&SocketAddr::from(([127, 0, 0, from], 0)).into())?;
        socket.connect_timeout(&self.address.into(), Duration::from_secs(2))?;
        socket.set_nonblocking(true)?;
        Ok(socket.into())
    }

    /// Keeps connections open: sends `beginning` on each connection, then sends or reads single bytes. Replaces
    /// connections that the server closed.
    fn hold(&self, from: u8, beginning: &[u8], reads: bool, running: &Running<'_>) {
        let mut held: VecDeque<TcpStream> = VecDeque::new();
        while running.goes_on() {
            for _ in 0..HELD.saturating_sub(held.len()).min(10) {
                let begun = self.connect(from, reads.then_some(4096)).and_then(|mut stream| {
                    stream.write_all(beginning)?;
                    Ok(stream)
                });
                if let Ok(stream) = begun {
                    running.count();
                    held.push_back(stream);
                }
            }
            held.retain_mut(|stream| is_open(if reads { stream.read(&mut [0]) } else { stream.write(b"a") }));
            std::thread::sleep(SHORT);
        }
    }
}

/// Pins this thread, and the threads that it starts, to one core. Without `taskset` they are not pinned.
fn pin_this_thread() {
    let own = std::fs::read_link("/proc/thread-self").ok();
    let Some(thread) = own.as_deref().and_then(|path| path.file_name()) else { return };
    let pinned = Command::new("taskset").args(["-cp", "0"]).arg(thread).stdout(Stdio::null()).status();
    if !pinned.is_ok_and(|status| status.success()) {
        println!("(the attacks are not held to one core: taskset did not do it)");
    }
}

fn is_open(told: io::Result<usize>) -> bool {
    match told {
        Ok(bytes) => bytes > 0,
        Err(fault) => fault.kind() == ErrorKind::WouldBlock,
    }
}

fn from(number: usize) -> u8 {
    ADDRESSES[number % ADDRESSES.len()]
}

fn stalled_bodies(storm: &Storm, number: usize, running: &Running<'_>) {
    let path = ["/sign-in", "/imports", "/settings", "/links"][number % 4];
    let kind = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=xx"][number % 2];
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: 60000\r\n\r\n",
        storm.address
    );
    storm.hold(from(number), head.as_bytes(), false, running);
}

fn slow_heads(storm: &Storm, number: usize, running: &Running<'_>) {
    storm.hold(from(number), b"GET / HTTP/1.1\r\nHost: ", false, running);
}

fn slow_readers(storm: &Storm, number: usize, running: &Running<'_>) {
    let request = format!("GET /assets/style.css HTTP/1.1\r\nHost: {}\r\n\r\n", storm.address).repeat(20);
    storm.hold(from(number), request.as_bytes(), true, running);
}

/// Opens connections as fast as possible, and closes the oldest ones.
fn flood(storm: &Storm, number: usize, running: &Running<'_>) {
    let mut kept = VecDeque::new();
    while running.goes_on() {
        if let Ok(stream) = storm.connect(from(number), None) {
            running.count();
            kept.push_back(stream);
        }
        if kept.len() > HELD {
            kept.pop_front();
        }
    }
}

/// Tries to sign in, requests pages and sends forms, with sessions that never existed.
fn knock(storm: &Storm, number: usize, running: &Running<'_>) {
    for time in 0.. {
        if !running.goes_on() {
            return;
        }
        let body = format!("login=nobody-{number}-{time}&password=plum+tree+in+the+rain&text={}", "a".repeat(2000));
        let head = |path: &str| {
            format!(
                "POST {path} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nCookie: renkei-session={number:064x}\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                storm.address,
                body.len()
            )
        };
        let get = format!(
            "GET /sign-in HTTP/1.1\r\nHost: {}\r\nCookie: renkei-session={time:064x}\r\nConnection: close\r\n\r\n",
            storm.address
        );
        for request in [head("/sign-in"), head("/settings"), get] {
            if ask(storm, from(number), &request).is_ok() {
                running.count();
            }
        }
    }
}

fn ask(storm: &Storm, from: u8, request: &str) -> io::Result<()> {
    let mut stream = storm.connect(from, None)?;
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    stream.write_all(request.as_bytes())?;
    stream.read_to_end(&mut Vec::new()).map(drop)
}

/// Repeats the most expensive requests of a signed-in account.
fn work_hard(storm: &Storm, number: usize, running: &Running<'_>) {
    let address = storm.address.to_string();
    let login = CITY[number % CITY.len()];
    let Ok(mut client) = Client::sign_in(&address, login, PASSWORD) else { return };
    for time in number.. {
        if !running.goes_on() {
            return;
        }
        let done = match time % 5 {
            0 if login == SECRETARIAT => bring(&mut client, &storm.document),
            0 | 1 => client.get(&format!("/search?q=%E5%8F%96%E7%B5%84{time}")).and_then(answered),
            2 => storm.handover.as_ref().map_or(Ok(()), |page| client.get(page).and_then(answered)),
            3 => client.get("/findings?severity=note").and_then(answered),
            _ => save(&mut client, &storm.draft.rows[time % storm.draft.rows.len()]),
        };
        if done.is_ok() {
            running.count();
        }
    }
}

/// Returns `Err` for a refused request, so that it is not counted as an action.
fn answered(answer: Answer) -> Result<(), String> {
    if answer.status < 400 { Ok(()) } else { Err(format!("status {}", answer.status)) }
}

/// Uploads a file, opens its review, and discards the file, so that the number of waiting files stays below its limit.
fn bring(client: &mut Client, document: &str) -> Result<(), String> {
    let brought = client.send_file("/imports", "large.txt", document)?;
    let page = brought.location.clone();
    answered(brought)?;
    client.get(&page).and_then(answered)?;
    client.post(&page, &Fields(vec![("do".to_owned(), "put-away".to_owned())])).and_then(answered)
}

fn save(client: &mut Client, row: &str) -> Result<(), String> {
    let page = client.get(row)?.body;
    let Some(mut form) = Fields::of_form(&page, row) else { return Ok(()) };
    let text = form.get("text").unwrap_or_default().to_owned();
    form.set("text", text.strip_suffix('々').map_or_else(|| format!("{text}々"), str::to_owned));
    client.post(row, &form).and_then(answered)
}
