//! Forgeries in several steps: by a person who has a key of their own or an earlier state of the database, or who lets
//! this program continue what they changed.

use std::fs;
use std::path::Path;

use ed25519_dalek::{Signer, SigningKey};
use renkei_journal::{
    AppendError, Broken, Fingerprint, Journal, JournalError, LedgerFault, Noted, Position, Reader, Snapshot,
    VerifyError,
};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::forger::rehash;
use crate::town::{bureau, city, event, fill, person};

/// Fills a data directory with events and two accounts.
fn filled(data: &Path) {
    let journal = Journal::open(data).unwrap();
    fill(&journal, &[city(), bureau()], 3);
    for login in ["tanto", "kessai"] {
        assert!(journal.add_account(&person(login)).unwrap());
    }
}

fn tampered(data: &Path, sql: &str) {
    let connection = Connection::open(data.join("renkei.sqlite3")).unwrap();
    connection.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
}

/// Verifies a data directory against the head that is noted in it. Returns the fault.
#[track_caller]
fn found(data: &Path) -> Broken {
    let noted = Reader::noted_in(data).unwrap();
    match Reader::open(data).unwrap().verify_against(&noted) {
        Err(VerifyError::Broken(broken)) => broken,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_row_that_was_changed_outside_stays_a_finding_after_this_program_changes_it() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    tampered(directory.path(), "UPDATE accounts SET is_administrator = 1 WHERE login = 'tanto'");
    let journal = Journal::open(directory.path()).unwrap();
    journal.set_language("id-tanto", "en").unwrap();
    drop(journal);
    let Broken::Ledger { fault, .. } = found(directory.path()) else { panic!("not found") };
    assert_eq!(fault, LedgerFault::Unexpected { table: "accounts".to_owned() });
}

#[test]
fn a_removed_row_stays_a_finding_after_this_program_adds_one_in_its_place() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    tampered(directory.path(), "DELETE FROM accounts WHERE login = 'tanto'");
    let journal = Journal::open(directory.path()).unwrap();
    assert!(journal.add_account(&person("tanto")).unwrap());
    drop(journal);
    let Broken::Ledger { fault, .. } = found(directory.path()) else { panic!("not found") };
    assert_eq!(fault, LedgerFault::Unexpected { table: "accounts".to_owned() });
}

#[test]
fn a_ledger_that_another_key_signed_is_found_and_not_continued() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    let forger = SigningKey::from_bytes(&[7; 32]);
    let connection = Connection::open(directory.path().join("renkei.sqlite3")).unwrap();
    let head = connection.query_row("SELECT number, hash FROM ledger_head", [], |row| Ok((row.get(0)?, row.get(1)?)));
    let (number, hash): (i64, [u8; 32]) = head.unwrap();
    let mut bytes = Vec::new();
    for field in [&b"renkei-head/1"[..], b"node", b"ledger"] {
        bytes.extend((field.len() as u64).to_be_bytes());
        bytes.extend(field);
    }
    bytes.extend(number.to_be_bytes());
    bytes.extend(32_u64.to_be_bytes());
    bytes.extend(hash);
    let signature = forger.sign(&Sha256::digest(bytes)).to_bytes();
    let key = forger.verifying_key().to_bytes();
    connection.execute("UPDATE ledger_head SET signature = $1, public_key = $2", (signature, key)).unwrap();
    drop(connection);
    let expected = LedgerFault::UnknownKey { key: Fingerprint(key) };
    assert_eq!(found(directory.path()), Broken::Ledger { number: number.cast_unsigned(), fault: expected });
    let journal = Journal::open(directory.path()).unwrap();
    assert!(journal.set_language("id-tanto", "en").is_err());
    assert!(journal.append(&[(city(), 3)], vec![event(&city(), 9, "{}")]).is_err());
}

#[test]
fn a_chain_whose_head_was_forged_is_not_continued() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    let connection = Connection::open(directory.path().join("renkei.sqlite3")).unwrap();
    connection.execute("UPDATE events SET kind = 'ObservationCorrected' WHERE heard = 1", []).unwrap();
    let (_, hash) = rehash(&connection, 1);
    connection.execute("UPDATE chains SET hash = $1 WHERE chain = 1", [hash]).unwrap();
    drop(connection);
    let journal = Journal::open(directory.path()).unwrap();
    let refused = journal.append(&[(city(), 3)], vec![event(&city(), 9, "{}")]);
    let is_refused = matches!(&refused, Err(AppendError::Journal(JournalError::NotOurs { chain })) if *chain == city());
    assert!(is_refused, "{refused:?}");
}

#[test]
fn an_earlier_state_of_the_database_is_found_by_the_noted_head() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    let path = directory.path().join("renkei.sqlite3");
    let earlier = fs::read(&path).unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    journal.set_closed("id-tanto", Some(9)).unwrap();
    drop(journal);
    fs::write(&path, earlier).unwrap();
    for _ in 0..2 {
        let broken = found(directory.path());
        assert!(matches!(broken, Broken::Ledger { fault: LedgerFault::Shorter { .. }, .. }), "{broken}");
        drop(Journal::open(directory.path()).unwrap());
    }
}

#[test]
fn a_file_that_pretends_to_have_no_ledger_yet_is_found_by_the_noted_head() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    // The tables and columns that later migrations add have to go too.
    let columns = "accounts.password_made_at accounts.password_used_at accounts.one_time_made_at accounts.generation
        accounts.one_time_used_at accounts.told_until outside_identities.name outside_identities.made_at
        outside_identities.used_at sessions.proved_at snapshots.code";
    let columns = columns.split_whitespace().filter_map(|column| column.split_once('.'));
    let dropped: String =
        columns.map(|(table, column)| format!("ALTER TABLE {table} DROP COLUMN {column}; ")).collect();
    let sql = format!(
        "UPDATE accounts SET is_administrator = 1; DROP TABLE ledger; DROP TABLE ledger_head; DROP TABLE known_keys;
         DROP TABLE known_browsers; DROP INDEX account_log_of_login; {dropped}
         ALTER TABLE accounts ADD COLUMN one_time_offered BLOB; PRAGMA user_version = 6"
    );
    tampered(directory.path(), &sql);
    drop(Journal::open(directory.path()).unwrap());
    let broken = found(directory.path());
    assert!(matches!(broken, Broken::Ledger { .. }), "{broken}");
}

#[test]
fn a_trigger_in_the_file_is_named_and_never_runs() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    tampered(
        directory.path(),
        "CREATE TRIGGER promote AFTER UPDATE ON accounts BEGIN UPDATE accounts SET is_administrator = 1; END",
    );
    let journal = Journal::open(directory.path()).unwrap();
    journal.set_language("id-tanto", "en").unwrap();
    assert!(!journal.account("id-tanto").unwrap().unwrap().is_administrator);
    drop(journal);
    assert_eq!(found(directory.path()), Broken::Schema { name: "promote".to_owned() });
}

#[test]
fn a_snapshot_that_was_changed_is_not_used() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    fill(&journal, &[city()], 2);
    let snapshot = Snapshot { position: Position(2), bytes: b"{}".to_vec() };
    journal.put_snapshot("agreement", &[1; 32], &snapshot).unwrap();
    drop(journal);
    let kept = |data: &Path| Reader::open(data).unwrap().get_snapshot("agreement", &[1; 32]).unwrap();
    assert_eq!(kept(directory.path()), Some(snapshot));
    tampered(directory.path(), "UPDATE snapshots SET bytes = x'5b5d'");
    assert_eq!(kept(directory.path()), None);
}

#[test]
fn a_journal_without_its_key_is_not_continued_with_a_new_one() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    fs::remove_file(directory.path().join("node.key")).unwrap();
    assert!(matches!(Journal::open(directory.path()), Err(JournalError::KeyMissing { .. })));
    assert!(!directory.path().join("node.key").exists());
}

#[test]
fn noted_fingerprints_replace_the_key_of_the_directory() {
    let directory = tempfile::tempdir().unwrap();
    filled(directory.path());
    let reader = Reader::open(directory.path()).unwrap();
    let own = reader.verify().unwrap().keys[0].fingerprint;
    assert!(reader.verify_against(&own.into()).is_ok());
    let other: Noted = Fingerprint([7; 32]).into();
    let refused = reader.verify_against(&other);
    let is_unknown = matches!(
        &refused,
        Err(VerifyError::Broken(Broken::Ledger { fault: LedgerFault::UnknownKey { key }, .. })) if *key == own
    );
    assert!(is_unknown, "{refused:?}");
}
