//! Promises about events, files and snapshots.

use renkei_document::time::Hlc;
use renkei_journal::{AppendError, BlobDigest, ChainKey, Journal, NewEvent, Position, Snapshot};

use super::Fresh;
use crate::town::{bureau, city, event, fill};

pub fn events_are_read_in_the_order_heard(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    let events = vec![event(&city(), 10, "{\"a\":1}"), event(&bureau(), 10, ""), event(&city(), 11, "{}")];
    let position = journal.append(&[(city(), 0), (bureau(), 0)], events.clone()).unwrap();
    assert_eq!(position, Position(3));
    for reader in [&*journal, &store.read()] {
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

pub fn an_append_is_whole_or_refused(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    journal.append(&[(city(), 0)], vec![event(&city(), 50, "{}")]).unwrap();
    let before = journal.heads().unwrap();
    let good = || event(&city(), 60, "{}");
    let unexpected = journal.append(&[(city(), 1)], vec![good(), event(&bureau(), 60, "{}")]);
    assert!(matches!(unexpected, Err(AppendError::NotExpected { .. })), "{unexpected:?}");
    let early = journal.append(&[(city(), 1)], vec![good(), event(&city(), 59, "{}")]);
    assert!(matches!(early, Err(AppendError::TimeGoesBack { .. })), "{early:?}");
    for (party, dossier) in [("", "agreement"), ("city", ""), ("city/ward", "agreement")] {
        let chain = ChainKey::new(party, dossier);
        let refused = journal.append(&[(city(), 1), (chain.clone(), 0)], vec![good(), event(&chain, 60, "{}")]);
        assert!(matches!(refused, Err(AppendError::ChainName { .. })), "{refused:?}");
    }
    assert_eq!((journal.position().unwrap(), journal.heads().unwrap()), (Position(1), before));
    assert_eq!(journal.read_all(Position(1)).unwrap(), []);
    let both = vec![good(), event(&bureau(), 60, "{}")];
    assert_eq!(journal.append(&[(city(), 1), (bureau(), 0)], both).unwrap(), Position(3));
}

pub fn a_conflict_is_refused_by_name(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    fill(&journal, &[city(), bureau()], 2);
    let both = || vec![event(&city(), 9, "{}"), event(&bureau(), 9, "{}")];
    let cases = [((1, 2), city(), 1), ((3, 2), city(), 3), ((0, 2), city(), 0), ((2, 1), bureau(), 1)];
    for ((of_city, of_bureau), loser, said) in cases {
        let refused = journal.append(&[(city(), of_city), (bureau(), of_bureau)], both()).unwrap_err();
        let AppendError::Conflict { chain, expected, found } = &refused else { panic!("{refused:?}") };
        assert_eq!((chain, *expected, *found), (&loser, said, 2), "{refused}");
    }
    let only_read = journal.append(&[(city(), 2), (bureau(), 1)], vec![event(&city(), 9, "{}")]);
    assert!(matches!(only_read, Err(AppendError::Conflict { .. })), "a chain that was only read counts too");
    assert_eq!(journal.position().unwrap(), Position(4));
    assert_eq!(journal.append(&[(city(), 2), (bureau(), 2)], both()).unwrap(), Position(6));
    assert_eq!(journal.append(&[(city(), 3)], Vec::new()).unwrap(), Position(6));
}

pub fn each_chain_counts_without_gaps(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    let chains = [city(), bureau(), ChainKey::new("city", "organisation"), ChainKey::new("みどり市", "協定/一")];
    let mut expected = [0; 4];
    for step in 0..40_u64 {
        // Each append has one to three events, on chains in changing order.
        let events: Vec<_> = (0..=step % 3).map(|turn| ((step * 7 + turn * 5) % 4) as usize).collect();
        let heads: Vec<_> = chains.iter().cloned().zip(expected).collect();
        let new = events.iter().map(|chain| event(&chains[*chain], step, "{}")).collect();
        journal.append(&heads, new).unwrap();
        events.into_iter().for_each(|chain| expected[chain] += 1);
    }
    let stored = journal.read_all(Position(0)).unwrap();
    for (chain, last) in chains.iter().zip(expected) {
        let of_chain =
            stored.iter().filter(|stored| (&stored.party, &stored.dossier) == (&chain.party, &chain.dossier));
        let numbers: Vec<u64> = of_chain.map(|stored| stored.number).collect();
        assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "{chain}");
    }
    let heard: Vec<u64> = stored.iter().map(|stored| stored.heard.0).collect();
    assert_eq!(heard, (1..=expected.iter().sum()).collect::<Vec<u64>>());
}

pub fn one_of_several_deciders_wins(fresh: Fresh) {
    const WRITERS: u64 = 4;
    const EACH: u64 = 20;
    fn write(journal: &Journal) {
        let (mut number, mut written) = (0, 0);
        while written < EACH {
            match journal.append(&[(city(), number)], vec![event(&city(), number, "{}")]) {
                Ok(_) => (written, number) = (written + 1, number + 1),
                Err(AppendError::Conflict { found, .. }) => number = found,
                Err(error) => panic!("{error}"),
            }
        }
    }
    let store = fresh();
    let journal = store.open();
    std::thread::scope(|scope| (0..WRITERS).for_each(|_| drop(scope.spawn(|| write(&journal)))));
    assert_eq!(journal.verify().unwrap().events, WRITERS * EACH);
}

pub fn a_dossier_is_read_alone(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    let organisation = ChainKey::new("city", "organisation");
    fill(&journal, &[city(), organisation, bureau()], 3);
    let read = |dossier, since| {
        let events = journal.read_dossier(dossier, Position(since)).unwrap();
        events.into_iter().map(|event| event.heard.0).collect::<Vec<_>>()
    };
    assert_eq!(read("agreement", 0), [1, 3, 4, 6, 7, 9]);
    assert_eq!(read("agreement", 4), [6, 7, 9]);
    assert_eq!(read("organisation", 0), [2, 5, 8]);
    assert_eq!(read("nowhere", 0), [0; 0]);
}

pub fn times_and_versions_of_any_size_come_back(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    let times = [(0, 0), (1 << 62, u32::MAX), (u64::MAX, u32::MAX)].map(|(millis, counter)| Hlc { millis, counter });
    let body = "記".repeat(1 << 20).into_bytes();
    let events = times.map(|time| NewEvent { time, version: u32::MAX, body: body.clone(), ..event(&city(), 0, "") });
    journal.append(&[(city(), 0)], events.to_vec()).unwrap();
    let stored = journal.read_all(Position(0)).unwrap();
    assert_eq!(stored.iter().map(|event| event.time).collect::<Vec<_>>(), times);
    assert!(stored.iter().all(|event| event.version == u32::MAX && event.body.as_ref() == Some(&body)));
    journal.verify().unwrap();
}

pub fn a_file_is_stored_once_under_its_digest(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    let digest = journal.put_blob("実績報告".as_bytes()).unwrap();
    assert_eq!(digest, BlobDigest::of("実績報告".as_bytes()));
    assert_eq!(journal.put_blob("実績報告".as_bytes()).unwrap(), digest);
    assert_eq!(journal.get_blob(digest).unwrap().unwrap(), "実績報告".as_bytes());
    assert_eq!(journal.get_blob(BlobDigest([0; 32])).unwrap(), None);
    assert_eq!(journal.verify().unwrap().blobs, 1);
    assert_eq!(journal.blob_digests().unwrap().into_iter().collect::<Vec<_>>(), [digest.to_string()]);
}

pub fn a_snapshot_serves_the_code_that_made_it(fresh: Fresh) {
    let store = fresh();
    let journal = store.open();
    let snapshot = |position| Snapshot { position: Position(position), bytes: vec![1, 2, 3] };
    journal.put_snapshot("agreement", &[1; 32], &snapshot(7)).unwrap();
    assert_eq!(journal.get_snapshot("agreement", &[1; 32]).unwrap(), Some(snapshot(7)));
    assert_eq!(journal.get_snapshot("agreement", &[2; 32]).unwrap(), None);
    assert_eq!(journal.get_snapshot("organisation", &[1; 32]).unwrap(), None);
    journal.put_snapshot("agreement", &[2; 32], &snapshot(9)).unwrap();
    assert_eq!(journal.get_snapshot("agreement", &[1; 32]).unwrap(), None);
    assert_eq!(journal.get_snapshot("agreement", &[2; 32]).unwrap(), Some(snapshot(9)));
}
