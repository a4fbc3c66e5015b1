//! Events of an invented town, for the tests of the journal.

use renkei_document::time::Hlc;
use renkei_journal::{ChainKey, Journal, NewEvent};

pub fn city() -> ChainKey {
    ChainKey::new("city", "agreement")
}

pub fn bureau() -> ChainKey {
    ChainKey::new("labour_bureau", "agreement")
}

pub fn event(chain: &ChainKey, millis: u64, body: &str) -> NewEvent {
    NewEvent {
        party: chain.party.clone(),
        dossier: chain.dossier.clone(),
        kind: "ObservationReported".to_owned(),
        version: 1,
        time: Hlc { millis, counter: 0 },
        body: body.as_bytes().to_vec(),
    }
}

/// Appends `count` events to each chain in turn, one event per append.
pub fn fill(journal: &Journal, chains: &[ChainKey], count: u64) {
    for number in 0..count {
        for chain in chains {
            let body = format!("{{\"みどり市\":{number}}}");
            journal.append(&[(chain.clone(), number)], vec![event(chain, number, &body)]).unwrap();
        }
    }
}

/// Returns how many times a randomized test repeats: once, or as often as `cargo xtask long` asks.
pub fn times() -> u32 {
    std::env::var("RENKEI_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}
