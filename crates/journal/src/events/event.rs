//! 記録 — an event before and after the journal stores it, and its place in the order of receipt.

use renkei_document::time::Hlc;

/// A place in the order in which this node received events: the number of the last event, or 0 before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position(pub u64);

/// An event that has no place in the journal yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    pub party: String,
    pub dossier: String,
    /// Name of the event's type.
    pub kind: String,
    /// Version of the event's type.
    pub version: u32,
    /// Time of the event; not earlier than the last event of its chain.
    pub time: Hlc,
    /// The body as JSON; the journal does not parse it.
    pub body: Vec<u8>,
}

/// An event as the journal stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Position at which this node received the event, from 1.
    pub heard: Position,
    pub party: String,
    pub dossier: String,
    /// Number in its chain, from 1.
    pub number: u64,
    pub kind: String,
    pub version: u32,
    pub time: Hlc,
    /// The body; `None` if it is held back or blacked out.
    pub body: Option<Vec<u8>>,
}
