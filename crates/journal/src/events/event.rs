//! 記録 — an event before and after it is stored, and its position in the order of receipt.

use renkei_document::time::Hlc;

/// A position in the order in which this node received events: the number of an event, or 0 before the first event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position(pub u64);

/// An event that is not yet stored in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    pub party: String,
    pub dossier: String,
    /// Name of the type of the event.
    pub kind: String,
    /// Version of the type of the event.
    pub version: u32,
    /// Time of the event; not earlier than the time of the previous event in its chain.
    pub time: Hlc,
    /// The body as JSON; the journal does not parse it.
    pub body: Vec<u8>,
}

/// An event as it is stored in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Number in the order in which this node received the events, from 1.
    pub heard: Position,
    pub party: String,
    pub dossier: String,
    /// Number of the event in its chain, from 1.
    pub number: u64,
    pub kind: String,
    pub version: u32,
    pub time: Hlc,
    /// The body; `None` if it is withheld or blacked out.
    pub body: Option<Vec<u8>>,
}
