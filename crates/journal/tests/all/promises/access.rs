//! Promises about sessions, links, failed attempts, passkeys, and subjects of external issuers.

use std::collections::BTreeMap;

use renkei_journal::{Attempts, Link, LinkPurpose, Passkey, Session};

use super::Fresh;
use super::accounts::with_accounts;
use crate::town::owner;

fn begun(name: u8, seen_at: u64) -> Session {
    let (account, device) = (owner("tanto"), "Firefox".to_owned());
    Session { digest: [name; 32], account, device, made_at: 1, seen_at, ended_at: None }
}

fn names(sessions: Vec<Session>) -> Vec<u8> {
    sessions.into_iter().map(|session| session.digest[0]).collect()
}

pub fn a_session_ends(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    journal.begin_session(&begun(1, 10), 9, 0).unwrap();
    journal.see_session(&[1; 32], 20).unwrap();
    journal.see_session(&[1; 32], 15).unwrap();
    assert_eq!(journal.session(&[1; 32]).unwrap(), Some(begun(1, 20)));
    journal.end_session(&owner("kessai"), &[1; 32], 30).unwrap();
    assert_eq!(journal.sessions(&owner("tanto")).unwrap(), [begun(1, 20)], "another account ends nothing");
    journal.end_session(&owner("tanto"), &[1; 32], 30).unwrap();
    journal.end_session(&owner("tanto"), &[1; 32], 31).unwrap();
    assert_eq!(journal.sessions(&owner("tanto")).unwrap(), []);
    assert_eq!(journal.session(&[1; 32]).unwrap().unwrap().ended_at, Some(30));
    journal.begin_session(&begun(2, 40), 9, 5).unwrap();
    let last = |most| names(journal.last_sessions(most).unwrap());
    assert_eq!((last(9), last(1)), (vec![2, 1], vec![2]));
    journal.begin_session(&begun(3, 40), 9, 35).unwrap();
    assert_eq!(journal.session(&[1; 32]).unwrap(), None, "forgotten");
}

pub fn an_account_loses_its_own_oldest_session(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    journal.begin_session(&Session { account: owner("kessai"), ..begun(9, 1) }, 3, 0).unwrap();
    for (name, lost) in [(1, 0), (2, 0), (3, 0), (4, 1)] {
        assert_eq!(journal.begin_session(&begun(name, 10 + u64::from(name)), 3, 0).unwrap(), lost);
    }
    assert_eq!(names(journal.sessions(&owner("tanto")).unwrap()), [4, 3, 2]);
    journal.end_session(&owner("tanto"), &[4; 32], 20).unwrap();
    journal.begin_session(&begun(5, 30), 3, 0).unwrap();
    assert_eq!(journal.session(&[4; 32]).unwrap(), None, "one that ended goes before one that is open");
    assert_eq!(names(journal.sessions(&owner("tanto")).unwrap()), [5, 3, 2]);
    assert_eq!(names(journal.sessions(&owner("kessai")).unwrap()), [9], "another account keeps its session");
}

pub fn all_sessions_end_but_one(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    for name in 1..=3 {
        journal.begin_session(&begun(name, u64::from(name)), 9, 0).unwrap();
    }
    journal.begin_session(&Session { account: owner("kessai"), ..begun(9, 1) }, 9, 0).unwrap();
    journal.end_sessions(&owner("tanto"), Some(&[2; 32]), 9).unwrap();
    assert_eq!(journal.sessions(&owner("tanto")).unwrap(), [begun(2, 2)]);
    journal.end_sessions(&owner("tanto"), None, 9).unwrap();
    assert_eq!(journal.sessions(&owner("tanto")).unwrap(), []);
    assert_eq!(names(journal.sessions(&owner("kessai")).unwrap()), [9]);
}

fn link(name: u8, login: &str) -> Link {
    let (account, purpose) = (owner(login), LinkPurpose::Invitation);
    Link { digest: [name; 32], account, purpose, made_at: 1, expires_at: 10, used_at: None }
}

pub fn a_link_works_once(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    journal.make_link(&link(1, "tanto")).unwrap();
    journal.make_link(&Link { expires_at: 5, ..link(9, "kessai") }).unwrap();
    assert_eq!(journal.link(&[1; 32]).unwrap(), Some(link(1, "tanto")));
    assert!(!journal.use_link(&[1; 32], 10).unwrap(), "too late");
    assert!(journal.use_link(&[1; 32], 9).unwrap());
    assert!(!journal.use_link(&[1; 32], 9).unwrap(), "used");
    assert_eq!(journal.link(&[1; 32]).unwrap().unwrap().used_at, Some(9));
    journal.make_link(&link(2, "tanto")).unwrap();
    journal.make_link(&Link { purpose: LinkPurpose::Reset, ..link(3, "tanto") }).unwrap();
    assert!(!journal.use_link(&[2; 32], 9).unwrap(), "replaced");
    assert_eq!(journal.link(&[3; 32]).unwrap().unwrap().purpose, LinkPurpose::Reset);
    let unused: Vec<u8> = journal.unused_links().unwrap().iter().map(|link| link.digest[0]).collect();
    assert_eq!(unused, [9, 3], "the earliest expiry first");
    journal.drop_links(&owner("tanto")).unwrap();
    assert_eq!(journal.link(&[3; 32]).unwrap(), None);
    assert!(journal.link(&[9; 32]).unwrap().is_some(), "another account keeps its link");
}

pub fn one_of_several_uses_of_a_link_is_accepted(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto"]);
    for name in 0..20 {
        journal.make_link(&link(name, "tanto")).unwrap();
        let accepted = std::thread::scope(|scope| {
            let uses: Vec<_> = (0..4).map(|_| scope.spawn(|| journal.use_link(&[name; 32], 5).unwrap())).collect();
            uses.into_iter().map(|thread| thread.join().unwrap()).filter(|accepted| *accepted).count()
        });
        assert_eq!(accepted, 1);
    }
}

pub fn attempts_are_counted_and_forgotten(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    assert_eq!(journal.attempts("a").unwrap(), Attempts::default());
    let counted = |failures, last_at| Attempts { failures, last_at };
    journal.count_attempts("a", counted(1, 5), 0).unwrap();
    journal.count_attempts("a", counted(2, 6), 0).unwrap();
    assert_eq!(journal.attempts("a").unwrap(), counted(2, 6));
    assert_eq!(journal.attempts("b").unwrap(), Attempts::default());
    assert_eq!(journal.all_attempts().unwrap(), BTreeMap::from([("a".to_owned(), counted(2, 6))]));
    journal.count_attempts("b", counted(1, 9), 7).unwrap();
    journal.count_attempts("c", counted(1, 9), 7).unwrap();
    assert_eq!(journal.attempts("a").unwrap(), Attempts::default(), "long ago");
    journal.forget_attempts("b").unwrap();
    assert_eq!(journal.all_attempts().unwrap(), BTreeMap::from([("c".to_owned(), counted(1, 9))]));
}

fn key(id: u8, login: &str) -> Passkey {
    Passkey {
        id: vec![id; 16],
        account: owner(login),
        name: "職場の端末".to_owned(),
        credential: vec![1, 2, 3],
        made_at: u64::from(id),
        used_at: None,
    }
}

pub fn a_passkey_belongs_to_one_account(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    assert!(journal.add_passkey(&key(2, "tanto")).unwrap());
    assert!(journal.add_passkey(&key(1, "tanto")).unwrap());
    assert!(!journal.add_passkey(&key(2, "kessai")).unwrap(), "taken");
    assert_eq!(journal.passkey(&[2; 16]).unwrap(), Some(key(2, "tanto")));
    assert_eq!(journal.passkeys(&owner("tanto")).unwrap(), [key(1, "tanto"), key(2, "tanto")]);
    assert_eq!(journal.passkeys(&owner("kessai")).unwrap(), []);
    assert!(!journal.rename_passkey(&owner("kessai"), &[2; 16], "私のもの").unwrap());
    assert!(!journal.remove_passkey(&owner("kessai"), &[2; 16]).unwrap());
    assert!(journal.rename_passkey(&owner("tanto"), &[2; 16], "家の鍵").unwrap());
    assert_eq!(journal.passkey(&[2; 16]).unwrap().unwrap().name, "家の鍵");
    assert!(journal.remove_passkey(&owner("tanto"), &[2; 16]).unwrap());
    assert_eq!(journal.passkey(&[2; 16]).unwrap(), None);
    assert!(journal.add_passkey(&key(3, "kessai")).unwrap());
    journal.drop_passkeys(&owner("tanto")).unwrap();
    assert_eq!(journal.passkeys(&owner("tanto")).unwrap(), []);
    assert_eq!(journal.passkeys(&owner("kessai")).unwrap(), [key(3, "kessai")]);
}

pub fn a_passkey_is_used_from_its_state(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto"]);
    journal.add_passkey(&key(1, "tanto")).unwrap();
    assert!(journal.use_passkey(&[1; 16], &[1, 2, 3], &[1, 2, 4], 7).unwrap());
    assert!(!journal.use_passkey(&[1; 16], &[1, 2, 3], &[1, 2, 5], 8).unwrap(), "another use was first");
    let known = journal.passkey(&[1; 16]).unwrap().unwrap();
    assert_eq!((known.credential, known.used_at), (vec![1, 2, 4], Some(7)));
    journal.remove_passkey(&owner("tanto"), &[1; 16]).unwrap();
    assert!(!journal.use_passkey(&[1; 16], &[1, 2, 4], &[1, 2, 5], 9).unwrap(), "gone");
}

pub fn a_subject_is_bound_to_one_account(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    for (subject, login, expected) in [
        ("a", "tanto", true),
        ("a", "kessai", false),
        ("b", "tanto", true),
        ("c", "tanto", false),
        ("c", "kessai", true),
    ] {
        assert_eq!(journal.bind_outside("i", subject, &owner(login), 2).unwrap(), expected, "{subject} {login}");
    }
    let bound = |subject| journal.account_of_outside("i", subject).unwrap();
    assert_eq!([bound("a"), bound("c")], [Some(owner("tanto")), Some(owner("kessai"))]);
    assert_eq!(journal.account_of_outside("other", "a").unwrap(), None, "a subject is one issuer's");
    assert!(!journal.is_bound_outside("other", &owner("tanto")).unwrap());
    journal.unbind_outside(&owner("kessai")).unwrap();
    let are_bound = ["tanto", "kessai"].map(|login| journal.is_bound_outside("i", &owner(login)).unwrap());
    assert_eq!(are_bound, [true, false]);
    assert_eq!([bound("b"), bound("c")], [Some(owner("tanto")), None]);
}
