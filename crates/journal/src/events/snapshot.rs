//! Snapshots: the state of a dossier at a position, so that loading it applies only the later events.

use crate::events::event::Position;

/// A dossier's state, in a format that the caller chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub position: Position,
    pub bytes: Vec<u8>,
}
