//! An append is read back in the order of receipt, or refused as a whole.

use crate::town::{bureau, city, event, fill};
use renkei_document::time::Hlc;
use renkei_journal::{AppendError, BlobDigest, ChainKey, Journal, NewEvent, Position, Reader, Snapshot};

#[test]
fn events_are_read_back_as_they_were_appended_in_the_order_heard() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    let events = vec![event(&city(), 10, "{\"a\":1}"), event(&bureau(), 10, ""), event(&city(), 11, "{}")];
    let position = journal.append(&[(city(), 0), (bureau(), 0)], events.clone()).unwrap();
    assert_eq!(position, Position(3));
    for reader in [&*journal, &Reader::open(directory.path()).unwrap()] {
        let stored = reader.read_all(Position(0)).unwrap();
        let read: Vec<_> = stored
            .iter()
            .map(|stored| NewEvent {
                party: stored.party.clone(),
                dossier: stored.dossier.clone(),
                kind: stored.kind.clone(),
                version: stored.version,
                time: stored.time,
                body: stored.body.clone().unwrap(),
            })
            .collect();
        assert_eq!(read, events);
        assert_eq!(stored.iter().map(|stored| stored.number).collect::<Vec<_>>(), [1, 1, 2]);
        assert_eq!(stored.iter().map(|stored| stored.heard.0).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(reader.read_all(Position(2)).unwrap(), stored[2..]);
        assert_eq!(reader.read_all(Position(3)).unwrap(), []);
        assert_eq!(reader.position().unwrap(), position);
    }
}

#[test]
fn a_dossier_is_read_with_the_chains_of_all_parties_and_no_other_dossier() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    let organisation = ChainKey::new("city", "organisation");
    fill(&journal, &[city(), organisation.clone(), bureau()], 3);
    let read = |dossier, since| {
        let events = journal.read_dossier(dossier, Position(since)).unwrap();
        events.into_iter().map(|event| event.heard.0).collect::<Vec<_>>()
    };
    assert_eq!(read("agreement", 0), [1, 3, 4, 6, 7, 9]);
    assert_eq!(read("agreement", 4), [6, 7, 9]);
    assert_eq!(read("organisation", 0), [2, 5, 8]);
    assert_eq!(read("nowhere", 0), [0; 0]);
}

#[test]
fn times_and_versions_of_any_size_come_back() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    let times = [(0, 0), (1 << 62, u32::MAX), (u64::MAX, u32::MAX)].map(|(millis, counter)| Hlc { millis, counter });
    let events = times.map(|time| NewEvent { time, version: u32::MAX, ..event(&city(), 0, "{}") });
    journal.append(&[(city(), 0)], events.to_vec()).unwrap();
    let stored = journal.read_all(Position(0)).unwrap();
    assert_eq!(stored.iter().map(|event| event.time).collect::<Vec<_>>(), times);
    assert!(stored.iter().all(|event| event.version == u32::MAX));
    journal.verify().unwrap();
}

#[test]
fn whoever_expects_another_number_is_refused_and_nothing_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    fill(&journal, &[city(), bureau()], 2);
    let both = || vec![event(&city(), 9, "{}"), event(&bureau(), 9, "{}")];
    let cases = [((1, 2), "city"), ((3, 2), "city"), ((0, 2), "city"), ((2, 1), "labour_bureau")];
    for ((of_city, of_bureau), loser) in cases {
        let refused = journal.append(&[(city(), of_city), (bureau(), of_bureau)], both()).unwrap_err();
        let AppendError::Conflict { chain, found, .. } = &refused else { panic!("{refused:?}") };
        assert_eq!((chain.party.as_str(), *found), (loser, 2), "{refused}");
    }
    let read_only = journal.append(&[(city(), 2), (bureau(), 1)], vec![event(&city(), 9, "{}")]);
    assert!(matches!(read_only, Err(AppendError::Conflict { .. })), "a chain that was only read counts too");
    assert_eq!(journal.position().unwrap(), Position(4));
    assert_eq!(journal.append(&[(city(), 2), (bureau(), 2)], both()).unwrap(), Position(6));
    assert_eq!(journal.append(&[(city(), 3)], Vec::new()).unwrap(), Position(6));
}

#[test]
fn what_cannot_be_part_of_a_chain_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    journal.append(&[(city(), 0)], vec![event(&city(), 50, "{}")]).unwrap();
    let unexpected = journal.append(&[(city(), 1)], vec![event(&bureau(), 60, "{}")]);
    assert!(matches!(unexpected, Err(AppendError::NotExpected { .. })), "{unexpected:?}");
    let early = journal.append(&[(city(), 1)], vec![event(&city(), 60, "{}"), event(&city(), 59, "{}")]);
    assert!(matches!(early, Err(AppendError::TimeGoesBack { .. })), "{early:?}");
    for (party, dossier) in [("", "agreement"), ("city", ""), ("city/ward", "agreement")] {
        let chain = ChainKey::new(party, dossier);
        let refused = journal.append(&[(chain.clone(), 0)], vec![event(&chain, 60, "{}")]);
        assert!(matches!(refused, Err(AppendError::ChainName { .. })), "{refused:?}");
    }
    assert_eq!(journal.position().unwrap(), Position(1));
}

#[test]
fn of_two_who_decide_on_the_same_number_one_wins_and_the_other_decides_again() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut number = 0;
                let mut written = 0;
                while written < 20 {
                    match journal.append(&[(city(), number)], vec![event(&city(), number, "{}")]) {
                        Ok(_) => (written, number) = (written + 1, number + 1),
                        Err(AppendError::Conflict { found, .. }) => number = found,
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
    assert_eq!(journal.verify().unwrap().events, 80);
}

#[test]
fn files_are_kept_once_under_their_digest() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    let digest = journal.put_blob("実績報告".as_bytes()).unwrap();
    assert_eq!(journal.put_blob("実績報告".as_bytes()).unwrap(), digest);
    assert_eq!(journal.get_blob(digest).unwrap().unwrap(), "実績報告".as_bytes());
    assert_eq!(journal.get_blob(BlobDigest([0; 32])).unwrap(), None);
    assert_eq!(journal.verify().unwrap().blobs, 1);
}

#[test]
fn a_snapshot_serves_only_the_code_that_made_it() {
    let directory = tempfile::tempdir().unwrap();
    let journal = Journal::open(directory.path()).unwrap();
    let snapshot = |position| Snapshot { position: Position(position), bytes: vec![1, 2, 3] };
    journal.put_snapshot("agreement", &[1; 32], &snapshot(7)).unwrap();
    assert_eq!(journal.get_snapshot("agreement", &[1; 32]).unwrap(), Some(snapshot(7)));
    assert_eq!(journal.get_snapshot("agreement", &[2; 32]).unwrap(), None);
    assert_eq!(journal.get_snapshot("organisation", &[1; 32]).unwrap(), None);
    journal.put_snapshot("agreement", &[2; 32], &snapshot(9)).unwrap();
    assert_eq!(journal.get_snapshot("agreement", &[1; 32]).unwrap(), None);
    assert_eq!(journal.get_snapshot("agreement", &[2; 32]).unwrap(), Some(snapshot(9)));
}
