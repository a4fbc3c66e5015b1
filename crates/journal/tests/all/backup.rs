//! Examines the files of SQLite. A backup is one file, which is either complete or missing, and never overwrites
//! another file.

use std::fs;
use std::path::Path;

use crate::town::{bureau, city, event, fill, owner, person};
use renkei_journal::{
    AccountDeed, BlobDigest, Broken, CredentialChange, Fault, Fingerprint, Journal, JournalError, KeyCopy, KeyFault,
    Position, Reader, RestoreKey, restore,
};

/// The key of the copy is lost, and a person acknowledges it.
fn lost() -> RestoreKey {
    RestoreKey::Lost { by: "局長".to_owned(), at: 7 }
}

#[test]
fn a_backup_is_one_file_with_everything_except_the_secret_key() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let journal = Journal::open(&data).unwrap();
    fill(&journal, &[city()], 3);
    let digest = journal.put_blob("実績報告".as_bytes()).unwrap();
    let out = directory.path().join("out");
    fs::create_dir(&out).unwrap();
    assert_eq!(Reader::open(&data).unwrap().backup(&out.join("copy.sqlite3")).unwrap(), Position(3));
    let names: Vec<_> = fs::read_dir(&out).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["copy.sqlite3"]);
    let noted = Fingerprint(journal.public_key()).into();
    assert_eq!(Reader::open_file(&out.join("copy.sqlite3")).unwrap().verify_against(&noted).unwrap().events, 3);
    let to = directory.path().join("restored");
    restore(&out.join("copy.sqlite3"), &to, lost()).unwrap();
    let restored = Journal::open(&to).unwrap();
    assert_ne!(restored.public_key(), journal.public_key());
    assert_eq!(restored.get_blob(digest).unwrap(), Some("実績報告".as_bytes().to_vec()));
    assert_eq!(restored.get_blob(BlobDigest::of(b"")).unwrap(), None);
    restored.append(&[(city(), 3)], vec![event(&city(), 9, "{}")]).unwrap();
    assert_eq!(restored.verify().unwrap().events, 4);
}

#[test]
fn nothing_is_overwritten() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let journal = Journal::open(&data).unwrap();
    fill(&journal, &[city()], 2);
    let taken = directory.path().join("taken.txt");
    fs::write(&taken, "大切なもの").unwrap();
    assert!(matches!(journal.backup(&taken), Err(JournalError::Exists { .. })));
    assert_eq!(fs::read_to_string(&taken).unwrap(), "大切なもの");
    let copy = directory.path().join("copy.sqlite3");
    journal.backup(&copy).unwrap();
    assert!(matches!(journal.backup(&copy), Err(JournalError::Exists { .. })));
    assert!(matches!(restore(&copy, &data, lost()), Err(JournalError::Exists { .. })));
    drop(journal);
    assert!(matches!(restore(&copy, &data, lost()), Err(JournalError::Exists { .. })));
    let nowhere = Reader::open(&data).unwrap().backup(&directory.path().join("no/such/place.sqlite3"));
    assert!(matches!(&nowhere, Err(JournalError::Io { .. })), "{nowhere:?}");
    assert_eq!(Reader::open(&data).unwrap().verify().unwrap().events, 2);
}

#[test]
fn a_copy_that_does_not_verify_is_not_restored() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(&directory.path().join("data")).unwrap();
    fill(&journal, &[city()], 3);
    let copy = directory.path().join("copy.sqlite3");
    journal.backup(&copy).unwrap();
    let changed = rusqlite::Connection::open(&copy).unwrap();
    changed.execute("UPDATE bodies SET body = x'7b7d' WHERE heard = 2", []).unwrap();
    drop(changed);
    let to = directory.path().join("restored");
    let Err(JournalError::BrokenCopy { broken, path }) = restore(&copy, &to, lost()) else { panic!("restored") };
    assert_eq!(broken, Broken::Link { chain: city(), number: 2, fault: Fault::BodyDigest });
    assert_eq!(path, copy);
    let text = directory.path().join("text");
    fs::write(&text, "控えではない。".repeat(100)).unwrap();
    assert!(matches!(restore(&text, &to, lost()), Err(JournalError::NotAJournal { path }) if path == text));
    let empty = directory.path().join("empty");
    fs::write(&empty, "").unwrap();
    assert!(matches!(restore(&empty, &to, lost()), Err(JournalError::NotAJournal { path }) if path == empty));
    let nowhere = directory.path().join("nowhere");
    assert!(matches!(restore(&nowhere, &to, lost()), Err(JournalError::Missing { .. })));
    let left: Vec<_> = fs::read_dir(&to).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["renkei.lock"]);
}

#[test]
fn a_truncated_copy_is_not_restored() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(&directory.path().join("data")).unwrap();
    fill(&journal, &[city(), bureau()], 40);
    let copy = directory.path().join("copy.sqlite3");
    journal.backup(&copy).unwrap();
    let bytes = fs::read(&copy).unwrap();
    for part in 1..8 {
        let cut = directory.path().join("cut.sqlite3");
        fs::write(&cut, &bytes[..bytes.len() * part / 8]).unwrap();
        let refused = restore(&cut, &directory.path().join("restored"), lost());
        assert!(refused.is_err(), "{part}/8: {refused:?}");
    }
}

#[test]
fn one_time_codes_survive_with_the_key_and_are_listed_without_it() {
    let directory = tempfile::tempdir().unwrap();
    let (data, copy) = (directory.path().join("data"), directory.path().join("copy.sqlite3"));
    let journal = Journal::open(&data).unwrap();
    for login in ["tanto", "kessai"] {
        assert!(journal.add_account(&person(login)).unwrap());
    }
    let on = CredentialChange::OneTimeOn { secret: b"12345678901234567890", step: 3 };
    let [done_by, deed, detail] = ["", "on", ""].map(str::to_owned);
    let deed = AccountDeed { done_at: 5, done_by, deed, login: "tanto".to_owned(), party: None, detail };
    assert!(journal.change_credential(&owner("tanto"), on, None, &deed).unwrap());
    journal.backup(&copy).unwrap();
    assert!(!fs::read(&copy).unwrap().windows(20).any(|bytes| bytes == b"12345678901234567890"));
    let key = KeyCopy::of(&data, [1; 16], &[2; 32]).unwrap();
    let copied = |wrapping| RestoreKey::Copied { path: copy.clone(), copy: key.clone(), wrapping };
    let secret = |data: &Path| Journal::open(data).unwrap().account("id-tanto").unwrap().unwrap().one_time_secret;
    let refused = restore(&copy, &directory.path().join("wrong"), copied([3; 32]));
    assert!(matches!(refused, Err(JournalError::Key { fault: KeyFault::Passphrase, .. })), "{refused:?}");
    let kept = directory.path().join("kept");
    let restored = restore(&copy, &kept, copied([2; 32])).unwrap();
    assert_eq!((restored.replaced, restored.without_codes), (Vec::new(), Vec::new()));
    assert_eq!(secret(&kept).as_deref(), Some(&b"12345678901234567890"[..]));
    let renewed = directory.path().join("renewed");
    let restored = restore(&copy, &renewed, lost()).unwrap();
    assert_eq!(restored.replaced, [Fingerprint(journal.public_key())]);
    assert_eq!(restored.without_codes, ["tanto"]);
    assert_ne!(secret(&renewed), secret(&renewed), "no code matches");
    Reader::open(&renewed).unwrap().verify().unwrap();
}
