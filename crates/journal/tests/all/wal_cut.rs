//! Cuts off the end of SQLite's WAL, as a loss of power may do. The journal must then open with a prefix of the
//! appended events.

use std::fs;
use std::path::Path;

use crate::town::{bureau, city, event};
use renkei_journal::{Journal, Position, StoredEvent};

/// Sizes in bytes of the header of the WAL, and of one frame (a frame header and a page).
const HEADER: usize = 32;
const FRAME: usize = 24 + 4096;

/// The files of a journal that is still open. All appends are in the WAL only.
struct Open {
    database: Vec<u8>,
    wal: Vec<u8>,
    key: Vec<u8>,
    events: Vec<StoredEvent>,
}

fn open_journal() -> Open {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    for number in 0..6 {
        let body = format!("{{\"内容\":\"{}\"}}", "実績".repeat(number as usize * 100));
        let both = vec![event(&city(), number, &body), event(&bureau(), number, &body)];
        journal.append(&[(city(), number), (bureau(), number)], both).unwrap();
    }
    let read = |name: &str| fs::read(directory.path().join(name)).unwrap();
    Open {
        database: read("renkei.sqlite3"),
        wal: read("renkei.sqlite3-wal"),
        key: read("node.key"),
        events: journal.read_all(Position(0)).unwrap(),
    }
}

/// Opens the journal with this WAL, and checks that it contains a prefix of the events. Returns the number of events.
#[track_caller]
fn check(open: &Open, wal: &[u8], directory: &Path) -> usize {
    fs::write(directory.join("renkei.sqlite3"), &open.database).unwrap();
    fs::write(directory.join("renkei.sqlite3-wal"), wal).unwrap();
    fs::write(directory.join("node.key"), &open.key).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(directory.join("node.key"), fs::Permissions::from_mode(0o600)).unwrap();
    }
    let journal = Journal::open(directory).unwrap();
    journal.verify().unwrap_or_else(|broken| panic!("{} bytes: {broken}", wal.len()));
    let events = journal.read_all(Position(0)).unwrap();
    assert_eq!(events, open.events[..events.len()], "{} bytes", wal.len());
    assert_eq!(events.len() % 2, 0, "half an append");
    events.len()
}

#[test]
fn a_wal_cut_anywhere_opens_as_a_prefix_that_verifies() {
    let open = open_journal();
    let length = open.wal.len();
    let frames = (0..=(length - HEADER) / FRAME).map(|frame| HEADER + frame * FRAME);
    let mut cuts: Vec<_> =
        frames.flat_map(|end| [end - 1, end, end + 1]).chain((0..length).step_by(length / 60)).collect();
    cuts.push(length);
    cuts.retain(|cut| *cut <= length);
    cuts.sort_unstable();
    cuts.dedup();
    let found: Vec<_> = cuts
        .iter()
        .map(|cut| {
            let directory = tempfile::tempdir().unwrap();
            check(&open, &open.wal[..*cut], directory.path())
        })
        .collect();
    assert!(cuts.len() >= 200, "{} cuts", cuts.len());
    assert!(found.is_sorted(), "a longer WAL holds no less: {found:?}");
    assert_eq!((found.first(), found.last()), (Some(&0), Some(&12)));
    println!("{} cuts of {length} bytes", cuts.len());
}

#[test]
fn a_wal_with_a_damaged_byte_opens_as_a_prefix_that_verifies() {
    let open = open_journal();
    for place in (0..open.wal.len()).step_by(open.wal.len() / 50) {
        let directory = tempfile::tempdir().unwrap();
        let mut damaged = open.wal.clone();
        damaged[place] ^= 0x20;
        check(&open, &damaged, directory.path());
    }
}
