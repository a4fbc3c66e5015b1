//! After any sequence of appends to any chains, the store returns exactly the acknowledged events.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use renkei_journal::{AppendError, ChainKey, Journal, NewEvent, Position};

use super::{Fresh, Store};
use crate::town::event;

#[derive(Debug, Clone)]
enum Step {
    /// Appends an event to each of these chains, in order. The expected number of the first chain is too low by
    /// `behind`.
    Append {
        chains: Vec<usize>,
        behind: u64,
    },
    BlackOut {
        event: prop::sample::Index,
    },
    /// Closes the journal and opens it again.
    Reopen,
    /// Copies the journal, and continues with the restored copy.
    Restore,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let append = (prop::collection::vec(0..4usize, 0..6), prop_oneof![4 => Just(0), 1 => 1..3u64])
        .prop_map(|(chains, behind)| Step::Append { chains, behind });
    let black_out = any::<prop::sample::Index>().prop_map(|event| Step::BlackOut { event });
    let step = prop_oneof![12 => append, 2 => black_out, 1 => Just(Step::Reopen), 1 => Just(Step::Restore)];
    prop::collection::vec(step, 1..25)
}

fn chain(index: usize) -> ChainKey {
    let names = [("city", "agreement"), ("labour_bureau", "agreement"), ("city", "city"), ("みどり市", "協定/一")];
    let (party, dossier) = names[index];
    ChainKey::new(party, dossier)
}

/// The expected content of the journal: the events in the order of receipt, with their numbers, and whether each still
/// has a body.
#[derive(Default)]
struct Known {
    events: Vec<(NewEvent, u64, bool)>,
    last: BTreeMap<ChainKey, u64>,
}

impl Known {
    fn append(&mut self, journal: &Journal, chains: &[usize], behind: u64) {
        let now = self.events.len() as u64;
        let events: Vec<_> = chains
            .iter()
            .enumerate()
            .map(|(place, index)| event(&chain(*index), now, &format!("{{\"{now}\":{place}}}")))
            .collect();
        let mut expected: BTreeMap<_, _> =
            chains.iter().map(|index| (chain(*index), self.last.get(&chain(*index)).copied().unwrap_or(0))).collect();
        let stale = chains.first().is_some_and(|index| {
            let number = expected.get_mut(&chain(*index)).unwrap();
            let seen = number.saturating_sub(behind);
            std::mem::replace(number, seen) != seen
        });
        let expected: Vec<_> = expected.into_iter().collect();
        let answer = journal.append(&expected, events.clone());
        if stale {
            assert!(matches!(answer, Err(AppendError::Conflict { .. })), "{answer:?}");
            return;
        }
        for event in events {
            let number = self.last.entry(ChainKey::new(&event.party, &event.dossier)).or_default();
            *number += 1;
            self.events.push((event, *number, true));
        }
        assert_eq!(answer.unwrap(), Position(self.events.len() as u64));
    }

    fn black_out(&mut self, journal: &Journal, index: prop::sample::Index) {
        if !self.events.is_empty() {
            let (event, number, has_body) = &mut self.events[index.index(self.last.values().sum::<u64>() as usize)];
            journal.black_out(&ChainKey::new(&event.party, &event.dossier), *number).unwrap();
            *has_body = false;
        }
    }

    fn check(&self, journal: &Journal) {
        let verified = journal.verify().unwrap_or_else(|broken| panic!("{broken}"));
        let absent = self.events.iter().filter(|(_, _, has_body)| !has_body).count() as u64;
        assert_eq!((verified.events, verified.absent), (self.events.len() as u64, absent));
        let heads: BTreeMap<_, _> =
            journal.heads().unwrap().into_iter().map(|head| (head.chain(), head.number)).collect();
        assert_eq!(heads, self.last);
        for (index, stored) in journal.read_all(Position(0)).unwrap().into_iter().enumerate() {
            let (event, number, has_body) = &self.events[index];
            assert_eq!(stored.heard, Position(index as u64 + 1));
            assert_eq!((&stored.party, &stored.dossier, &stored.number), (&event.party, &event.dossier, number));
            assert_eq!(stored.body, has_body.then(|| event.body.clone()));
        }
    }
}

pub fn any_sequence_keeps_every_chain_whole(fresh: Fresh) {
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let kept = TestRunner::new(config).run(&steps(), |steps| {
        let mut store = fresh();
        let mut journal = store.open();
        let mut known = Known::default();
        for (time, step) in steps.into_iter().enumerate() {
            match step {
                Step::Append { chains, behind } => known.append(&journal, &chains, behind),
                Step::BlackOut { event } => known.black_out(&journal, event),
                Step::Reopen => {
                    drop(journal);
                    journal = store.open();
                }
                Step::Restore => {
                    let copy = store.beside(&format!("copy-{time}"));
                    journal.backup(&copy).unwrap();
                    drop(journal);
                    store = Store::restored(&copy);
                    journal = store.open();
                }
            }
        }
        known.check(&journal);
        Ok(())
    });
    kept.unwrap_or_else(|failure| panic!("{failure}"));
}
