//! Examines the files of SQLite. No file contains a body that was blacked out, and a body that is marked as absent is
//! reported.

use std::fs;

use crate::town::{city, event, fill};
use renkei_journal::{Journal, Position, Reader, Snapshot};

#[test]
fn a_body_is_deleted_from_copies_of_earlier_releases_too() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    fill(&journal, &[city()], 2);
    let old = ["renkei.before-7.sqlite3", "renkei.before-7-2.sqlite3"].map(|name| directory.path().join(name));
    old.iter().for_each(|path| fs::write(path, "みどり市").unwrap());
    let own = directory.path().join("renkei-2026.sqlite3");
    fs::write(&own, "みどり市").unwrap();
    assert_eq!(Reader::old_copies(directory.path()).unwrap().len(), 2);
    assert_eq!(journal.drop_old_copies(1).unwrap(), 0, "they are new");
    journal.black_out(&city(), 1).unwrap();
    assert_eq!(Reader::old_copies(directory.path()).unwrap(), []);
    assert!(own.exists(), "a copy that the operator made is not ours");
}

#[test]
fn a_blacked_out_body_is_in_no_file() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    let body = format!("{{\"applicant\":\"{}\"}}", "みどり太郎".repeat(500));
    journal.append(&[(city(), 0)], vec![event(&city(), 1, &body), event(&city(), 2, "{\"other\":1}")]).unwrap();
    let snapshot = |position| Snapshot { position: Position(position), bytes: body.clone().into_bytes() };
    journal.put_snapshot("agreement", &[1; 32], &snapshot(2)).unwrap();
    let places = |word: &str| -> usize {
        let files = fs::read_dir(directory.path()).unwrap();
        let bytes = files.flat_map(|file| fs::read(file.unwrap().path()).unwrap()).collect::<Vec<_>>();
        bytes.windows(word.len()).filter(|window| *window == word.as_bytes()).count()
    };
    assert!(places("みどり太郎") >= 500);
    let reader = Reader::open(directory.path()).unwrap();
    journal.black_out(&city(), 1).unwrap();
    assert_eq!(places("みどり太郎"), 0);
    assert!(places("other") > 0, "the other body stays");
    assert_eq!(journal.get_snapshot("agreement", &[1; 32]).unwrap(), None);
    reader.verify().unwrap();
}

#[test]
fn a_body_that_is_marked_as_absent_is_reported() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    fill(&journal, &[city()], 1);
    drop(journal);
    let database = rusqlite::Connection::open(directory.path().join("renkei.sqlite3")).unwrap();
    database.execute("INSERT INTO absences (heard, reason) VALUES (1, 'held_back')", []).unwrap();
    drop(database);
    let broken = Journal::open(directory.path()).unwrap().verify().unwrap_err();
    assert!(broken.to_string().contains("印があるのに"), "{broken}");
}
