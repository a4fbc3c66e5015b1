//! Examines the files of SQLite after the writing process was killed. However early it is killed, no acknowledged event
//! is lost, and each append is complete or absent.
//!
//! The test program starts itself again as the writer. Even after SIGKILL, the system writes the data that it has
//! received, so this test only shows that our writes are in the right order. A test of `store` (`synchronous=FULL`) and
//! `wal_cut.rs` show that the data is on the disk.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::town::{bureau, city, event};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use renkei_journal::{Journal, JournalError, Position, Reader};
use renkei_sample::times;

const DIRECTORY: &str = "RENKEI_TEST_WRITES_IN";
const KILLS: u32 = 200;
const KILLS_PER_DIRECTORY: u32 = 20;
/// Number of events of one append: two of the city, one of the bureau.
const EVENTS_PER_APPEND: u64 = 3;

/// Runs in the child process only (elsewhere it returns at once): appends without end, and prints which appends were
/// acknowledged.
#[test]
fn writer() {
    let Some(directory) = std::env::var_os(DIRECTORY) else { return };
    let journal = Journal::open(Path::new(&directory)).unwrap();
    let mut done = journal.position().unwrap().0 / EVENTS_PER_APPEND;
    let mut out = std::io::stdout().lock();
    loop {
        let body = |who: &str| format!("{{\"{who}\":{done},\"内容\":\"{}\"}}", "実績".repeat(done as usize % 700));
        let events = vec![
            event(&city(), done, &body("一")),
            event(&bureau(), done, &body("二")),
            event(&city(), done, &body("三")),
        ];
        journal.append(&[(city(), 2 * done), (bureau(), done)], events).unwrap();
        done += 1;
        writeln!(out, "acknowledged {done}").unwrap();
        out.flush().unwrap();
    }
}

fn start_writer(directory: &Path) -> (Child, impl Iterator<Item = u64>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["crash::writer", "--exact", "--nocapture", "--test-threads=1"])
        .env(DIRECTORY, directory)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out: ChildStdout = child.stdout.take().unwrap();
    let lines = BufReader::new(out).lines().map_while(Result::ok);
    // The test runner prints other text on the same line, before our text.
    let acknowledged = lines.filter_map(|line| line.rsplit_once("acknowledged ")?.1.parse().ok());
    (child, acknowledged)
}

/// Opens the journal after its writer was killed, and checks it. Returns the number of appends in it.
fn check_what_is_left(directory: &Path, acknowledged: u64) -> u64 {
    let journal = Journal::open(directory).unwrap();
    journal.verify().unwrap_or_else(|broken| panic!("{broken}"));
    let position = journal.position().unwrap().0;
    assert_eq!(position % EVENTS_PER_APPEND, 0, "half an append");
    let appends = position / EVENTS_PER_APPEND;
    assert!(appends >= acknowledged, "{acknowledged} acknowledged, {appends} there");
    for (index, stored) in journal.read_all(Position(0)).unwrap().iter().enumerate() {
        let done = index as u64 / EVENTS_PER_APPEND;
        let expected = format!("\":{done},\"");
        assert!(String::from_utf8_lossy(stored.body.as_deref().unwrap()).contains(&expected), "{stored:?}");
    }
    appends
}

#[test]
fn two_hundred_kills_at_random_moments_lose_no_acknowledged_event() {
    let mut random = ChaCha8Rng::seed_from_u64(20_260_401);
    let mut unacknowledged = 0;
    for _ in 0..times() * KILLS / KILLS_PER_DIRECTORY {
        let directory = tempfile::tempdir().unwrap();
        let mut there = 0;
        for _ in 0..KILLS_PER_DIRECTORY {
            let (mut child, mut lines) = start_writer(directory.path());
            let wait_for = random.random_range(0..12);
            let mut acknowledged = lines.by_ref().take(wait_for).last().unwrap_or(there);
            child.kill().unwrap();
            child.wait().unwrap();
            acknowledged = lines.last().unwrap_or(acknowledged);
            there = check_what_is_left(directory.path(), acknowledged);
            unacknowledged += there - acknowledged;
        }
    }
    println!("{unacknowledged} appends were there whose acknowledgement was not");
}

#[test]
fn while_one_process_writes_another_reads_verifies_and_copies_but_does_not_write() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let (mut child, mut lines) = start_writer(&data);
    assert_eq!(lines.next(), Some(1));
    let refused = Journal::open(&data).err().unwrap();
    let JournalError::InUse { process, .. } = &refused else { panic!("{refused:?}") };
    assert_eq!(*process, Some(child.id()), "{refused}");
    let reader = Reader::open(&data).unwrap();
    for time in 0..10 {
        let acknowledged = lines.next().unwrap();
        let verified = reader.verify().unwrap();
        let copied = reader.backup(&directory.path().join(format!("{time}.sqlite3"))).unwrap();
        assert!(verified.events >= acknowledged * EVENTS_PER_APPEND);
        assert!(copied >= verified.position);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    drop(reader);
    check_what_is_left(&data, lines.last().unwrap_or(0));
}
