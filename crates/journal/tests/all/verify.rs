//! Changes the files of SQLite directly. The verification finds every change, and names the first link that is wrong.

use std::path::Path;

use crate::forger::{rehash, rehash_and_sign};
use crate::town::{bureau, city, fill};
use ed25519_dalek::SigningKey;
use renkei_journal::{BlobDigest, Broken, ChainKey, Fault, Fingerprint, Journal, Noted, Position, Reader, VerifyError};
use rusqlite::Connection;

/// Appends six events to each of two chains, alternately. The events of the city have the odd positions, and its chain
/// has the id 1.
fn journal(directory: &Path) -> Journal {
    let journal = Journal::open(directory).unwrap();
    fill(&journal, &[city(), bureau()], 6);
    journal.put_blob("実績報告".as_bytes()).unwrap();
    journal
}

fn raw(directory: &Path) -> Connection {
    let connection = Connection::open(directory.join("renkei.sqlite3")).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    connection
}

fn link(chain: ChainKey, number: u64, fault: Fault) -> Broken {
    Broken::Link { chain, number, fault }
}

#[track_caller]
fn check_forged(forge: impl FnOnce(&Connection), expected: Broken) {
    let directory = tempfile::tempdir().unwrap();
    drop(journal(directory.path()));
    forge(&raw(directory.path()));
    let found = Reader::open(directory.path()).unwrap().verify();
    let Err(VerifyError::Broken(broken)) = found else { panic!("not found: {expected:?}; {found:?}") };
    assert_eq!(broken, expected, "{broken}");
    assert!(Journal::open(directory.path()).unwrap().verify().is_err(), "opening mends nothing");
}

#[track_caller]
fn check(sql: &str, expected: Broken) {
    check_forged(|raw| raw.execute_batch(sql).unwrap(), expected);
}

#[test]
fn a_changed_envelope_is_found() {
    for change in [
        "kind = 'ObservationCorrected'",
        "version = 2",
        "version = -1",
        "time_millis = 3",
        "time_counter = 1",
        "time_counter = -1",
        "body_digest = zeroblob(32)",
        "body_digest = x''",
        "hash = zeroblob(32)",
        "hash = x'00'",
    ] {
        check(&format!("UPDATE events SET {change} WHERE heard = 5"), link(city(), 3, Fault::Hash));
        check(&format!("UPDATE events SET {change} WHERE heard = 12"), link(bureau(), 6, Fault::Hash));
    }
}

#[test]
fn a_changed_or_missing_body_is_found() {
    check("UPDATE bodies SET body = x'7b7d' WHERE heard = 5", link(city(), 3, Fault::BodyDigest));
    check("UPDATE bodies SET salt = zeroblob(16) WHERE heard = 5", link(city(), 3, Fault::BodyDigest));
    check("DELETE FROM bodies WHERE heard = 5", link(city(), 3, Fault::BodyMissing));
}

#[test]
fn a_missing_or_added_event_is_found() {
    check("DELETE FROM events WHERE heard = 5", link(city(), 3, Fault::Gap));
    check("DELETE FROM events WHERE heard = 1", link(city(), 1, Fault::Gap));
    check("UPDATE events SET number = 9 WHERE heard = 5", link(city(), 3, Fault::Gap));
    check("UPDATE events SET number = -1 WHERE heard = 5", link(city(), 1, Fault::Gap));
    check("DELETE FROM events WHERE heard = 11", link(city(), 6, Fault::BeforeSignedHead));
    check("DELETE FROM events WHERE chain = 2", link(bureau(), 1, Fault::BeforeSignedHead));
    let added = "INSERT INTO events SELECT 13, chain, 7, kind, version, time_millis, time_counter, body_digest, hash
                 FROM events WHERE heard = 11";
    check(added, link(city(), 7, Fault::Hash));
}

#[test]
fn a_removed_or_renamed_chain_is_found() {
    check(
        "DELETE FROM events WHERE chain = 2; DELETE FROM chains WHERE chain = 2",
        Broken::Lost { heard: Position(2) },
    );
    check("DELETE FROM chains WHERE chain = 1", Broken::Lost { heard: Position(1) });
    let ward = ChainKey::new("ward", "agreement");
    check("UPDATE chains SET party = 'ward' WHERE chain = 1", link(ward, 1, Fault::Hash));
}

#[test]
fn a_changed_order_of_receipt_is_found() {
    let swapped = "UPDATE events SET heard = 100 WHERE heard = 5; UPDATE events SET heard = 5 WHERE heard = 7;
                   UPDATE events SET heard = 7 WHERE heard = 100; UPDATE bodies SET heard = 100 WHERE heard = 5;
                   UPDATE bodies SET heard = 5 WHERE heard = 7; UPDATE bodies SET heard = 7 WHERE heard = 100";
    check(swapped, link(city(), 4, Fault::HeardBeforePrevious));
}

#[test]
fn a_changed_head_is_found() {
    for change in ["signature = zeroblob(64)", "public_key = zeroblob(32)", "signature = x'00'", "public_key = x''"] {
        check(&format!("UPDATE chains SET {change} WHERE chain = 2"), link(bureau(), 6, Fault::Signature));
    }
    for change in ["hash = zeroblob(32)", "hash = x'00'", "number = 5", "time_millis = 4", "time_counter = 1"] {
        let expected = link(bureau(), 6, Fault::OtherThanSignedHead);
        check(&format!("UPDATE chains SET {change} WHERE chain = 2"), expected);
    }
    let cut = "DELETE FROM events WHERE heard = 12; UPDATE chains SET number = 5, time_millis = 4,
               hash = (SELECT hash FROM events WHERE heard = 10) WHERE chain = 2";
    check(cut, link(bureau(), 5, Fault::Signature));
}

#[test]
fn a_changed_file_is_found() {
    let digest = BlobDigest::of("実績報告".as_bytes());
    check("UPDATE blobs SET bytes = x'00'", Broken::Blob { digest });
}

#[test]
fn a_damaged_page_is_reported_and_never_read_as_data() {
    let directory = tempfile::tempdir().unwrap();
    drop(journal(directory.path()));
    let path = directory.path().join("renkei.sqlite3");
    let whole = std::fs::read(&path).unwrap();
    let events = Reader::open(directory.path()).unwrap().read_all(Position(0)).unwrap();
    for page in 1..whole.len() / 4096 {
        let mut damaged = whole.clone();
        damaged[page * 4096..][..512].fill(0xff);
        std::fs::write(&path, &damaged).unwrap();
        // The schema occupies several pages. If one of these is damaged, the file cannot be opened.
        let Ok(reader) = Reader::open(directory.path()) else { continue };
        let found = reader.verify();
        assert!(found.is_err() || reader.read_all(Position(0)).unwrap() == events, "page {page}: {found:?}");
    }
}

#[test]
fn a_chain_hashed_again_is_found_by_the_next_link_or_the_signature() {
    const CHANGE: &str = "UPDATE events SET kind = 'ObservationCorrected' WHERE heard = 5";
    let one_link = |raw: &Connection| {
        raw.execute_batch(CHANGE).unwrap();
        let fourth: Vec<u8> = raw.query_row("SELECT hash FROM events WHERE heard = 7", [], |row| row.get(0)).unwrap();
        rehash(raw, 1);
        raw.execute("UPDATE events SET hash = $1 WHERE heard = 7", [fourth]).unwrap();
    };
    check_forged(one_link, link(city(), 4, Fault::Hash));
    let all_links = |raw: &Connection| {
        raw.execute_batch(CHANGE).unwrap();
        rehash(raw, 1);
    };
    check_forged(all_links, link(city(), 6, Fault::OtherThanSignedHead));
    let all_links_and_head = |raw: &Connection| {
        raw.execute_batch(CHANGE).unwrap();
        let (_, hash) = rehash(raw, 1);
        raw.execute("UPDATE chains SET hash = $1 WHERE chain = 1", [hash]).unwrap();
    };
    check_forged(all_links_and_head, link(city(), 6, Fault::Signature));
    let earlier_and_signed = |raw: &Connection| {
        raw.execute("UPDATE events SET time_millis = 0 WHERE heard = 7", []).unwrap();
        rehash_and_sign(raw, 1, &SigningKey::from_bytes(&[7; 32]));
    };
    check_forged(earlier_and_signed, link(city(), 4, Fault::TimeGoesBack));
}

#[test]
fn a_chain_signed_again_shows_an_unknown_key_and_is_found_by_the_ledger() {
    let directory = tempfile::tempdir().unwrap();
    let own = Fingerprint(journal(directory.path()).public_key());
    let connection = raw(directory.path());
    connection.execute("UPDATE events SET kind = 'ObservationCorrected' WHERE heard = 5", []).unwrap();
    let forger = SigningKey::from_bytes(&[7; 32]);
    rehash_and_sign(&connection, 1, &forger);
    let reader = Reader::open(directory.path()).unwrap();
    let found = |noted: &Noted| {
        let Err(VerifyError::Broken(broken)) = reader.verify_against(noted) else { panic!("not found") };
        broken
    };
    let key = Fingerprint(forger.verifying_key().to_bytes());
    assert_eq!(found(&Noted::default()), Broken::UnknownKey { chain: city(), key });
    let both = Noted { keys: [key, own].into(), heads: Vec::new() };
    let received = Broken::Received { after: Position(4), until: Position(5) };
    assert_eq!(found(&both), received, "the ledger knows which events were received");
}
