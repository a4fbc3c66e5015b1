//! Promises about writers, readers and copies that use one store at the same time.

use std::sync::atomic::{AtomicBool, Ordering};

use renkei_journal::{AccountOwner, Attempts, Journal, JournalError, Link, LinkPurpose, Position, Put, Session};

use super::desk::{QUOTAS, file};
use super::{Fresh, Store};
use crate::town::{bureau, city, event, fill, owner, party, person};

/// Minimum and maximum number of appends of a writer that runs beside another thread. The maximum ends the writer if
/// the other thread fails.
const APPENDS: (u64, u64) = (100, 5_000);

/// Appends an event to each of two chains repeatedly, until `stop` is set.
fn append_pairs(journal: &Journal, stop: &AtomicBool) {
    let mut number = 0;
    while number < APPENDS.0 || number < APPENDS.1 && !stop.load(Ordering::Relaxed) {
        let both = vec![event(&city(), number, "{\"部\":1}"), event(&bureau(), number, "{\"部\":2}")];
        journal.append(&[(city(), number), (bureau(), number)], both).unwrap();
        number += 1;
    }
}

pub fn a_reader_sees_whole_appends(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    let reader = store.read();
    let stop = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        scope.spawn(|| append_pairs(&journal, &stop));
        let mut seen = Vec::new();
        while seen.last().is_none_or(|seen: &usize| *seen < 100) {
            let told = reader.position().unwrap();
            let events = reader.read_all(Position(0)).unwrap();
            assert_eq!(events.len() % 2, 0, "an append is whole or not there");
            assert!(events.len() as u64 >= told.0, "{told:?} was there before");
            let heads: u64 = reader.heads().unwrap().iter().map(|head| head.number).sum();
            assert_eq!((heads % 2, reader.verify().unwrap().events % 2), (0, 0), "{heads}");
            seen.push(events.len());
        }
        stop.store(true, Ordering::Relaxed);
        seen
    });
    assert!(seen.is_sorted(), "{seen:?}");
    assert_eq!(reader.read_all(Position(0)).unwrap(), journal.read_all(Position(0)).unwrap());
}

pub fn a_second_writer_is_refused(fresh: Fresh) {
    let store = fresh();
    let first = store.open();
    let refused = store.try_open().err().unwrap();
    let JournalError::InUse { process, .. } = &refused else { panic!("{refused:?}") };
    assert_eq!(*process, Some(std::process::id()));
    assert!(store.try_read().is_ok());
    drop(first);
    assert!(store.try_open().is_ok());
}

pub fn reading_creates_nothing(fresh: Fresh) {
    let store = fresh();
    for _ in 0..2 {
        assert!(matches!(store.try_read(), Err(JournalError::Missing { .. })));
    }
    drop(store.open());
    assert_eq!(store.read().position().unwrap(), Position(0));
}

fn session() -> Session {
    let (account, device) = (owner("tanto"), "Firefox".to_owned());
    Session { digest: [1; 32], account, device, made_at: 1, seen_at: 10, ended_at: None, proved_at: None }
}

fn invitation() -> Link {
    let (account, purpose) = (owner("tanto"), LinkPurpose::Invitation);
    Link { digest: [4; 32], account, purpose, made_at: 1, expires_at: 100, used_at: None }
}

const FAILED: Attempts = Attempts { failures: 3, last_at: 9 };

/// Stores an account that signs in, with every kind of data that an account may have.
fn sign_in(journal: &Journal) {
    journal.add_account(&person("tanto")).unwrap();
    journal.begin_session(&session(), 0, 9, 0).unwrap();
    journal.make_link(&invitation()).unwrap();
    journal.count_attempts("tanto", FAILED, 0).unwrap();
}

pub fn acknowledged_changes_survive_reopening(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    fill(&journal, &[city()], 2);
    let digest = journal.put_blob(b"file").unwrap();
    sign_in(&journal);
    let waiting = file(party(1), "1", "tanto", 3);
    assert_eq!(journal.put_waiting(&waiting, &QUOTAS).unwrap(), Put::Kept);
    let (events, key) = (journal.read_all(Position(0)).unwrap(), journal.public_key());
    drop(journal);
    let journal = store.open();
    assert_eq!((journal.read_all(Position(0)).unwrap(), journal.public_key()), (events, key));
    assert_eq!(journal.get_blob(digest).unwrap(), Some(b"file".to_vec()));
    assert_eq!(journal.account("id-tanto").unwrap(), Some(person("tanto")));
    assert_eq!(journal.session(&[1; 32]).unwrap(), Some(session()));
    assert_eq!(journal.link(&[4; 32]).unwrap(), Some(invitation()));
    assert_eq!(journal.attempts("tanto").unwrap(), FAILED);
    assert_eq!(journal.waiting_file(party(1), "1").unwrap(), Some(waiting));
}

pub fn a_copy_restores_to_a_prefix(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    let stop = AtomicBool::new(false);
    let copies: Vec<_> = (0..5).map(|time| store.beside(&format!("copy-{time}"))).collect();
    let positions = std::thread::scope(|scope| {
        let writer = scope.spawn(|| append_pairs(&journal, &stop));
        let positions: Vec<_> = copies.iter().map(|copy| journal.backup(copy).unwrap()).collect();
        stop.store(true, Ordering::Relaxed);
        writer.join().unwrap();
        positions
    });
    assert!(positions.is_sorted(), "{positions:?}");
    let all = journal.read_all(Position(0)).unwrap();
    for (copy, position) in copies.iter().zip(positions) {
        let restored = Store::restored(copy);
        let restored = restored.open();
        assert_eq!(restored.verify().unwrap().position, position);
        assert_eq!(position.0 % 2, 0, "an append is whole or not there");
        assert_eq!(restored.read_all(Position(0)).unwrap(), all[..position.0 as usize]);
    }
}

pub fn a_restored_copy_signs_nobody_in(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    sign_in(&journal);
    let copy = store.beside("copy");
    journal.backup(&copy).unwrap();
    assert_eq!(journal.session(&[1; 32]).unwrap(), Some(session()), "the store itself loses nothing");
    let restored = Store::restored(&copy);
    let restored = restored.open();
    assert_eq!(restored.account("id-tanto").unwrap(), Some(person("tanto")));
    assert_eq!(restored.session(&[1; 32]).unwrap(), None);
    assert_eq!(restored.link(&[4; 32]).unwrap(), None);
    assert_eq!(restored.attempts("tanto").unwrap(), Attempts::default());
    assert_eq!(restored.sessions(&AccountOwner::Account("id-tanto".to_owned())).unwrap(), []);
}
