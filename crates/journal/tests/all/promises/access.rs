//! Promises about sessions, links, failed attempts, passkeys, and subjects of external issuers.

use std::collections::BTreeMap;

use renkei_journal::{Attempts, CredentialChange, Link, LinkPurpose, OutsideIdentity, Passkey, Session, Times};

use super::Fresh;
use super::accounts::{change, with_accounts};
use crate::town::owner;

fn begun(name: u8, seen_at: u64) -> Session {
    let (account, device) = (owner("tanto"), "Firefox".to_owned());
    Session { digest: [name; 32], account, device, made_at: 1, seen_at, ended_at: None, proved_at: None }
}

fn names(sessions: Vec<Session>) -> Vec<u8> {
    sessions.into_iter().map(|session| session.digest[0]).collect()
}

pub fn a_session_ends(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    journal.begin_session(&begun(1, 10), 0, 9, 0).unwrap();
    journal.see_session(&[1; 32], 20).unwrap();
    journal.see_session(&[1; 32], 15).unwrap();
    assert_eq!(journal.session(&[1; 32]).unwrap(), Some(begun(1, 20)));
    journal.end_session(&owner("kessai"), &[1; 32], 30).unwrap();
    assert_eq!(journal.sessions(&owner("tanto")).unwrap(), [begun(1, 20)], "another account ends nothing");
    journal.end_session(&owner("tanto"), &[1; 32], 30).unwrap();
    journal.end_session(&owner("tanto"), &[1; 32], 31).unwrap();
    assert_eq!(journal.sessions(&owner("tanto")).unwrap(), []);
    assert_eq!(journal.session(&[1; 32]).unwrap().unwrap().ended_at, Some(30));
    journal.begin_session(&begun(2, 40), 0, 9, 5).unwrap();
    let last = |most| names(journal.last_sessions(most).unwrap());
    assert_eq!((last(9), last(1)), (vec![2, 1], vec![2]));
    journal.begin_session(&begun(3, 40), 0, 9, 35).unwrap();
    assert_eq!(journal.session(&[1; 32]).unwrap(), None, "forgotten");
}

pub fn an_account_loses_its_own_oldest_session(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    journal.begin_session(&Session { account: owner("kessai"), ..begun(9, 1) }, 0, 3, 0).unwrap();
    for (name, lost) in [(1, 0), (2, 0), (3, 0), (4, 1)] {
        assert_eq!(journal.begin_session(&begun(name, 10 + u64::from(name)), 0, 3, 0).unwrap(), Some(lost));
    }
    assert_eq!(names(journal.sessions(&owner("tanto")).unwrap()), [4, 3, 2]);
    journal.end_session(&owner("tanto"), &[4; 32], 20).unwrap();
    journal.begin_session(&begun(5, 30), 0, 3, 0).unwrap();
    assert_eq!(journal.session(&[4; 32]).unwrap(), None, "one that ended goes before one that is open");
    assert_eq!(names(journal.sessions(&owner("tanto")).unwrap()), [5, 3, 2]);
    assert_eq!(names(journal.sessions(&owner("kessai")).unwrap()), [9], "another account keeps its session");
}

pub fn all_sessions_end_but_one(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    for name in 1..=3 {
        journal.begin_session(&begun(name, u64::from(name)), 0, 9, 0).unwrap();
    }
    journal.begin_session(&Session { account: owner("kessai"), ..begun(9, 1) }, 0, 9, 0).unwrap();
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
    let uses =
        |name, login, now| change(&journal, login, now, CredentialChange::Invited { link: &[name; 32], hash: "h" });
    assert!(!uses(1, "tanto", 10), "too late");
    assert!(!uses(1, "kessai", 9), "another account's");
    assert!(uses(1, "tanto", 9));
    assert!(!uses(1, "tanto", 9), "used");
    assert_eq!(journal.account("id-tanto").unwrap().unwrap().password.as_deref(), Some("h"));
    assert_eq!(journal.link(&[1; 32]).unwrap().unwrap().used_at, Some(9));
    journal.make_link(&link(2, "tanto")).unwrap();
    journal.make_link(&Link { purpose: LinkPurpose::Reset, ..link(3, "tanto") }).unwrap();
    assert!(!uses(2, "tanto", 9), "replaced");
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
            let uses = || {
                let used = CredentialChange::Invited { link: &[name; 32], hash: "h" };
                change(&journal, "tanto", 5, used)
            };
            let uses: Vec<_> = (0..4).map(|_| scope.spawn(uses)).collect();
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
    let adds = |id, login| change(&journal, login, 1, CredentialChange::PasskeyAdded(&key(id, login)));
    let removes = |login| change(&journal, login, 1, CredentialChange::PasskeyRemoved { id: &[2; 16] });
    let renames = |login| change(&journal, login, 1, CredentialChange::PasskeyRenamed { id: &[2; 16], name: "家の鍵" });
    assert!(adds(2, "tanto") && adds(1, "tanto"));
    assert!(!adds(2, "kessai"), "taken");
    assert_eq!(journal.passkey(&[2; 16]).unwrap(), Some(key(2, "tanto")));
    assert_eq!(journal.passkeys(&owner("tanto")).unwrap(), [key(1, "tanto"), key(2, "tanto")]);
    assert_eq!(journal.passkeys(&owner("kessai")).unwrap(), []);
    assert!(!renames("kessai") && !removes("kessai") && renames("tanto"));
    assert_eq!(journal.passkey(&[2; 16]).unwrap().unwrap().name, "家の鍵");
    assert!(removes("tanto") && !removes("tanto"));
    assert_eq!(journal.passkey(&[2; 16]).unwrap(), None);
}

pub fn a_passkey_is_used_from_its_state(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto"]);
    assert!(change(&journal, "tanto", 1, CredentialChange::PasskeyAdded(&key(1, "tanto"))));
    assert!(journal.use_passkey(&[1; 16], &[1, 2, 3], &[1, 2, 4], 7).unwrap());
    assert!(!journal.use_passkey(&[1; 16], &[1, 2, 3], &[1, 2, 5], 8).unwrap(), "another use was first");
    let known = journal.passkey(&[1; 16]).unwrap().unwrap();
    assert_eq!((known.credential, known.used_at), (vec![1, 2, 4], Some(7)));
    assert!(change(&journal, "tanto", 1, CredentialChange::PasskeyRemoved { id: &[1; 16] }));
    assert!(!journal.use_passkey(&[1; 16], &[1, 2, 4], &[1, 2, 5], 9).unwrap(), "gone");
}

fn bound(subject: &'static str) -> CredentialChange<'static> {
    CredentialChange::OutsideBound { issuer: "i", subject, name: "外部の人", most: 2 }
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
        assert_eq!(change(&journal, login, 5, bound(subject)), expected, "{subject} {login}");
    }
    let account_of = |subject| journal.account_of_outside("i", subject).unwrap();
    assert_eq!([account_of("a"), account_of("c")], [Some(owner("tanto")), Some(owner("kessai"))]);
    assert_eq!(journal.account_of_outside("other", "a").unwrap(), None, "a subject is one issuer's");
    journal.use_outside("i", "a", 7).unwrap();
    let identities = journal.outside_identities(&owner("tanto")).unwrap();
    let [issuer, subject, name] = ["i", "a", "外部の人"].map(str::to_owned);
    let times = Times { made_at: Some(5), used_at: Some(7) };
    assert_eq!(identities[0], OutsideIdentity { issuer, subject, name, times });
    assert_eq!(identities.len(), 2);
    let unbinds = |login| change(&journal, login, 8, CredentialChange::OutsideUnbound { issuer: "i", subject: "c" });
    assert!(!unbinds("tanto") && unbinds("kessai"));
    assert_eq!([account_of("b"), account_of("c")], [Some(owner("tanto")), None]);
}

pub fn a_change_is_stored_with_its_log_entry_and_what_it_ends(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    for (digest, login) in [(1, "tanto"), (2, "tanto"), (9, "kessai")] {
        journal.begin_session(&Session { account: owner(login), ..begun(digest, 1) }, 0, 9, 0).unwrap();
    }
    let open = |login| names(journal.sessions(&owner(login)).unwrap());
    journal.make_link(&Link { purpose: LinkPurpose::Reset, ..link(1, "tanto") }).unwrap();
    assert!(!change(&journal, "tanto", 5, CredentialChange::PasskeyRemoved { id: &[1; 16] }), "there is none");
    assert_eq!(journal.account_deeds(9).unwrap().len(), 0);
    assert!(change(&journal, "tanto", 5, CredentialChange::PasskeyAdded(&key(1, "tanto"))));
    assert!(change(&journal, "tanto", 5, bound("a")));
    assert_eq!(open("tanto"), [1, 2], "adding a credential ends nothing");
    assert!(change(&journal, "tanto", 6, CredentialChange::Password { hash: "h" }));
    assert_eq!((open("tanto"), open("kessai")), (vec![2], vec![9]));
    assert_eq!(journal.link(&[1; 32]).unwrap(), None);
    assert_eq!(journal.account_deeds(9).unwrap().len(), 3);
    let begins = |generation| journal.begin_session(&begun(4, 7), generation, 9, 0).unwrap();
    assert_eq!((begins(0), begins(1)), (None, Some(0)), "a sign-in from before the change");
    journal.set_closed("id-tanto", Some(8)).unwrap();
    assert_eq!(journal.begin_session(&begun(5, 7), 2, 9, 0).unwrap(), None, "closed");
}

pub fn a_reset_ends_every_credential(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    for login in ["tanto", "kessai"] {
        let id = if login == "tanto" { 1 } else { 3 };
        assert!(change(&journal, login, 5, CredentialChange::OneTimeOn { secret: b"key", step: 3 }));
        assert!(change(&journal, login, 5, CredentialChange::PasskeyAdded(&key(id, login))));
        assert!(change(&journal, login, 5, bound(if login == "tanto" { "a" } else { "b" })));
        journal.know_browser(&owner(login), None, &[7; 32], 9, 5).unwrap();
        journal.begin_session(&Session { account: owner(login), ..begun(id, 1) }, 1, 9, 0).unwrap();
    }
    journal.make_link(&Link { purpose: LinkPurpose::Reset, ..link(1, "tanto") }).unwrap();
    assert!(change(&journal, "tanto", 6, CredentialChange::Reset { link: &[1; 32], hash: "new" }));
    let left = |login: &str| {
        let (account, known) = (owner(login), journal.account_of_login(login).unwrap().unwrap());
        let sessions = names(journal.sessions(&account).unwrap()).len();
        let outside = journal.outside_identities(&account).unwrap().len();
        let passkeys = journal.passkeys(&account).unwrap().len();
        let browsers = usize::from(journal.knows_browser(&account, &[7; 32]).unwrap());
        [usize::from(known.one_time_secret.is_some()), passkeys, outside, browsers, sessions]
    };
    assert_eq!((left("tanto"), left("kessai")), ([0; 5], [1; 5]));
    assert_eq!(journal.account("id-tanto").unwrap().unwrap().password.as_deref(), Some("new"));
}

pub fn a_session_is_proved_while_it_lasts(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto"]);
    journal.begin_session(&begun(1, 10), 0, 9, 0).unwrap();
    let proved_at = || journal.session(&[1; 32]).unwrap().unwrap().proved_at;
    assert_eq!(proved_at(), None);
    journal.prove_session(&[1; 32], 20).unwrap();
    assert_eq!(proved_at(), Some(20));
    journal.end_session(&owner("tanto"), &[1; 32], 30).unwrap();
    journal.prove_session(&[1; 32], 40).unwrap();
    assert_eq!(proved_at(), Some(20));
}

pub fn a_browser_is_known_by_a_token_that_the_store_accepted(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    let know = |login: &str, carried: Option<u8>, name: u8, now| {
        let carried = carried.map(|name| [name; 32]);
        journal.know_browser(&owner(login), carried.as_ref(), &[name; 32], 2, now).unwrap()
    };
    let knows = |login: &str, name: u8| journal.knows_browser(&owner(login), &[name; 32]).unwrap();
    assert!(know("tanto", Some(8), 1, 1), "a token that somebody else invented");
    assert!(knows("tanto", 1) && !knows("tanto", 8) && !knows("kessai", 1));
    assert!(!know("tanto", Some(1), 2, 2), "it keeps its token");
    assert!(know("kessai", Some(1), 3, 3), "one browser of two people has one token");
    assert!(knows("tanto", 3) && knows("kessai", 3) && !knows("tanto", 1));
    assert!(journal.anybody_knows_browser(&[3; 32]).unwrap() && !journal.anybody_knows_browser(&[1; 32]).unwrap());
    assert!(know("tanto", None, 4, 4) && know("tanto", None, 5, 5));
    assert_eq!([3, 4, 5].map(|name| knows("tanto", name)), [false, true, true], "the oldest is forgotten");
    assert!(knows("kessai", 3));
}
