//! 環 — a link of a chain: an event with its number, its salt and its hashes.

use std::collections::BTreeMap;

use renkei_document::time::Hlc;

use crate::error::{AppendError, JournalError};
use crate::events::chain::{BEFORE_THE_FIRST, ChainKey, Envelope, Hash, body_digest};
use crate::events::event::NewEvent;

const SALT_LENGTH: usize = 16;

/// An event, its salt, and the digest of its body, which is computed before the writing connection is locked.
pub(crate) struct Salted {
    salt: [u8; SALT_LENGTH],
    body_digest: Hash,
    event: NewEvent,
}

/// An event with its number in the chain, its salt and its hashes.
pub(crate) struct Link {
    pub number: u64,
    pub salt: [u8; SALT_LENGTH],
    pub body_digest: Hash,
    pub hash: Hash,
    pub event: NewEvent,
}

/// The last event of a chain, to which further events are linked.
#[derive(Clone)]
pub(crate) struct End {
    pub number: u64,
    pub hash: Hash,
    pub time: Hlc,
}

/// The last event of each chain to which one call appends.
pub(crate) type Ends = BTreeMap<ChainKey, End>;

/// Gives each event its number and its hash. Also returns the new last events of the chains.
pub(crate) fn link(before: &Ends, events: Vec<Salted>) -> Result<(Vec<Link>, Ends), AppendError> {
    let mut ends = before.clone();
    let mut links = Vec::with_capacity(events.len());
    for salted in events {
        let event = &salted.event;
        let chain = ChainKey::new(&event.party, &event.dossier);
        let Some(end) = ends.get_mut(&chain) else { return Err(AppendError::NotExpected { chain }) };
        if event.time < end.time {
            return Err(AppendError::TimeGoesBack { chain, last: end.time, time: event.time });
        }
        let link = Link::after(end, salted);
        *end = End { number: link.number, hash: link.hash, time: link.event.time };
        links.push(link);
    }
    Ok((links, ends))
}

impl End {
    /// Returns the state of a chain without events.
    pub fn before_the_first() -> Self {
        Self { number: 0, hash: BEFORE_THE_FIRST, time: Hlc::default() }
    }
}

impl Link {
    fn after(end: &End, salted: Salted) -> Self {
        let Salted { salt, body_digest, event } = salted;
        let number = end.number + 1;
        let envelope = Envelope {
            party: &event.party,
            dossier: &event.dossier,
            number,
            kind: &event.kind,
            version: event.version,
            time: event.time,
            previous: &end.hash,
            body_digest: &body_digest,
        };
        let hash = envelope.hash();
        Self { number, salt, body_digest, hash, event }
    }
}

/// Draws a salt for each event and computes the digest of its body.
pub(crate) fn salted(events: Vec<NewEvent>) -> Result<Vec<Salted>, JournalError> {
    let salts = salts(events.len())?;
    let salted = |(event, salt): (NewEvent, [u8; SALT_LENGTH])| {
        let body_digest = body_digest(&salt, &event.body);
        Salted { salt, body_digest, event }
    };
    Ok(events.into_iter().zip(salts).map(salted).collect())
}

/// Returns a salt for each event. All salts come from one call to the operating system.
fn salts(count: usize) -> Result<Vec<[u8; SALT_LENGTH]>, JournalError> {
    let mut bytes = vec![0; count * SALT_LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| JournalError::NoRandomness)?;
    Ok(bytes.as_chunks().0.to_vec())
}
