//! A body can be removed, and the chain still verifies.

use std::fs;

use crate::town::{bureau, city, event, fill};
use renkei_journal::{Journal, JournalError, Position, Reader, Snapshot};

#[test]
fn a_held_back_or_blacked_out_body_is_gone_and_the_chain_verifies() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    fill(&journal, &[city(), bureau()], 4);
    let heads = journal.heads().unwrap();
    journal.black_out(&city(), 2).unwrap();
    journal.hold_back(&bureau(), 4).unwrap();
    journal.hold_back(&bureau(), 1).unwrap();
    journal.black_out(&bureau(), 1).unwrap();
    let absent: Vec<_> = journal
        .read_all(Position(0))
        .unwrap()
        .into_iter()
        .filter(|event| event.body.is_none())
        .map(|event| (event.party, event.number))
        .collect();
    let named = |party: &str, number| (party.to_owned(), number);
    assert_eq!(absent, [named("labour_bureau", 1), named("city", 2), named("labour_bureau", 4)]);
    assert_eq!(journal.verify().unwrap().absent, 3);
    assert_eq!(journal.heads().unwrap(), heads);
    journal.append(&[(city(), 4)], vec![event(&city(), 9, "{}")]).unwrap();
    assert_eq!(journal.verify().unwrap().events, 9);
}

#[test]
fn what_was_blacked_out_stands_in_no_file_any_more() {
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
fn a_body_that_is_not_there_cannot_be_taken_away() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    fill(&journal, &[city()], 1);
    for (chain, number) in [(city(), 0), (city(), 2), (bureau(), 1)] {
        let refused = journal.black_out(&chain, number);
        assert!(matches!(refused, Err(JournalError::NoSuchEvent { .. })), "{chain} {number}: {refused:?}");
    }
    journal.verify().unwrap();
}

#[test]
fn a_body_that_is_said_to_be_held_back_and_is_there_is_named() {
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
