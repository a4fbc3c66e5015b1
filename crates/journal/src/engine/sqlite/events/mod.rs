//! 記録 — events are appended, read, withheld and verified; blobs and snapshots beside them.

pub mod absence;
pub mod append;
pub mod blob;
pub mod read;
pub mod snapshot;
pub mod verify;
