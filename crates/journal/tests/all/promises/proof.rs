//! Promises about verification, about heads (the signed last event of each chain), and about absent bodies (the content
//! of an event was withheld or blacked out, and its envelope stays).

use renkei_document::time::Hlc;
use renkei_journal::{
    Broken, ChainKey, CredentialChange, Fault, Fingerprint, HeadMark, JournalError, KeyOrigin, Position, Session,
    SigningKey, Snapshot, VerifyError,
};

use super::accounts::change;
use super::{Fresh, Store};
use crate::town::{bureau, city, event, fill, owner, person};

pub fn each_chain_has_a_signed_head(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    assert_eq!(journal.heads().unwrap(), []);
    let organisation = ChainKey::new("city", "organisation");
    fill(&journal, &[organisation.clone(), bureau(), city()], 3);
    journal.append(&[(city(), 3), (bureau(), 3)], vec![event(&city(), 9, "{}")]).unwrap();
    let heads = journal.heads().unwrap();
    let named: Vec<_> = heads.iter().map(|head| (head.chain(), head.number, head.time.millis)).collect();
    assert_eq!(named, [(city(), 4, 9), (organisation, 3, 2), (bureau(), 3, 2)]);
    for head in &heads {
        assert!(head.signature_holds() && head.public_key == journal.public_key(), "{}", head.mark());
    }
    let mut hashes: Vec<_> = heads.iter().map(|head| head.hash).collect();
    hashes.dedup();
    assert_eq!(hashes.len(), 3);
    drop(journal);
    assert_eq!(store.open().heads().unwrap(), heads);
}

pub fn an_untouched_store_verifies(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    assert_eq!(journal.verify().unwrap().events, 0);
    fill(&journal, &[city(), bureau()], 6);
    journal.put_blob("実績報告".as_bytes()).unwrap();
    let verified = journal.verify().unwrap();
    assert_eq!((verified.chains, verified.events, verified.absent, verified.blobs), (2, 12, 0, 1));
    assert_eq!(verified.position, Position(12));
    let own = SigningKey { fingerprint: Fingerprint(journal.public_key()), origin: KeyOrigin::Own };
    assert_eq!(verified.keys, [own]);
    for head in journal.heads().unwrap() {
        assert_eq!((head.number, head.time), (6, Hlc { millis: 5, counter: 0 }));
    }
}

fn link(chain: ChainKey, number: u64, fault: Fault) -> Broken {
    Broken::Link { chain, number, fault }
}

pub fn a_noted_head_reveals_a_shorter_chain(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    fill(&journal, &[city(), bureau()], 3);
    let early: Vec<_> = journal.heads().unwrap().iter().map(|head| head.mark()).collect();
    let copy = store.beside("early");
    journal.backup(&copy).unwrap();
    journal.append(&[(city(), 3)], vec![event(&city(), 9, "{}")]).unwrap();
    let late = journal.heads().unwrap()[0].mark();
    let earlier = Store::restored(&copy);
    let restored = earlier.read();
    for mark in &early {
        let noted = mark.clone().into();
        assert!(journal.verify_against(&noted).is_ok() && restored.verify_against(&noted).is_ok(), "{mark}");
    }
    assert!(journal.verify_against(&late.clone().into()).is_ok());
    let other = HeadMark { hash: [7; 32], ..early[0].clone() };
    let elsewhere = HeadMark { chain: ChainKey::new("ward", "agreement"), ..late.clone() };
    let cases = [
        (&late, link(city(), 4, Fault::Shorter { ends_at: 3 })),
        (&elsewhere, link(elsewhere.chain.clone(), 4, Fault::Shorter { ends_at: 0 })),
        (&other, link(city(), 3, Fault::OtherThanHead)),
    ];
    for (mark, expected) in cases {
        let Err(VerifyError::Broken(broken)) = restored.verify_against(&mark.clone().into()) else {
            panic!("{mark}: not found")
        };
        assert_eq!(broken, expected, "{broken}");
    }
}

pub fn an_absent_body_leaves_its_envelope(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    fill(&journal, &[city(), bureau()], 4);
    let heads = journal.heads().unwrap();
    journal.black_out(&city(), 2).unwrap();
    journal.hold_back(&bureau(), 4).unwrap();
    // A withheld body can be blacked out later.
    journal.hold_back(&bureau(), 1).unwrap();
    journal.black_out(&bureau(), 1).unwrap();
    let absent: Vec<_> = journal
        .read_all(Position(0))
        .unwrap()
        .into_iter()
        .filter(|event| event.body.is_none())
        .map(|event| (ChainKey::new(event.party, event.dossier), event.number))
        .collect();
    assert_eq!(absent, [(bureau(), 1), (city(), 2), (bureau(), 4)]);
    assert_eq!(journal.verify().unwrap().absent, 3);
    assert_eq!(journal.heads().unwrap(), heads);
    journal.append(&[(city(), 4)], vec![event(&city(), 9, "{}")]).unwrap();
    let verified = journal.verify().unwrap();
    assert_eq!((verified.events, verified.absent), (9, 3));
}

pub fn blacking_out_deletes_later_snapshots(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    fill(&journal, &[city()], 4);
    let kept = |dossier: &str| journal.get_snapshot(dossier, &[1; 32]).unwrap().is_some();
    for (dossier, position) in [("before", 2), ("at", 3), ("after", 4)] {
        let snapshot = Snapshot { position: Position(position), bytes: b"{}".to_vec() };
        journal.put_snapshot(dossier, &[1; 32], &snapshot).unwrap();
    }
    journal.black_out(&city(), 3).unwrap();
    assert_eq!(["before", "at", "after"].map(kept), [true, false, false]);
}

pub fn an_event_that_does_not_exist_cannot_become_absent(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    fill(&journal, &[city()], 1);
    for (chain, number) in [(city(), 0), (city(), 2), (bureau(), 1)] {
        for refused in [journal.black_out(&chain, number), journal.hold_back(&chain, number)] {
            assert!(matches!(refused, Err(JournalError::NoSuchEvent { .. })), "{chain} {number}: {refused:?}");
        }
    }
    assert_eq!(journal.verify().unwrap().absent, 0);
}

pub fn each_change_beside_the_events_moves_the_ledger(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    let head = || journal.verify().unwrap().ledger;
    let mut before = head();
    let mut moved = |what: &str| {
        let now = head();
        assert!(now.number > before.number, "{what}");
        journal.verify_against(&std::mem::replace(&mut before, now).into()).unwrap();
    };
    fill(&journal, &[city()], 2);
    moved("events");
    assert!(journal.add_account(&person("tanto")).unwrap());
    moved("an account");
    assert!(change(&journal, "tanto", 1, CredentialChange::Password { hash: "hash" }));
    moved("a password");
    let copy = store.beside("early");
    journal.backup(&copy).unwrap();
    let digest = [7; 32];
    let (account, device, proved_at) = (owner("tanto"), String::new(), Some(1));
    let session = Session { digest, account, device, made_at: 1, seen_at: 1, ended_at: None, proved_at };
    assert_eq!(journal.begin_session(&session, 1, 9, 0).unwrap(), Some(0));
    moved("a session");
    let at = head();
    journal.see_session(&digest, 5).unwrap();
    assert_eq!(head(), at, "a use of a session adds no entry");
    journal.put_blob(b"file").unwrap();
    moved("a file");
    journal.black_out(&city(), 1).unwrap();
    moved("an absence");
    let late = head().into();
    assert!(journal.verify_against(&late).is_ok());
    let Err(VerifyError::Broken(broken)) = Store::restored(&copy).read().verify_against(&late) else {
        panic!("not found")
    };
    assert!(matches!(broken, Broken::Ledger { .. }), "{broken}");
}
