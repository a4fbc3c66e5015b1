//! Snapshots: the state of a dossier at a position, so that only later events must be applied when the dossier is
//! loaded.

use crate::events::event::Position;

/// The state of a dossier, in a format that the caller chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub position: Position,
    pub bytes: Vec<u8>,
}
