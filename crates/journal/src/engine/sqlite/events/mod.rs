//! 記録 — appending, reading, withholding and verifying events, with blobs and snapshots.

pub mod absence;
pub mod append;
pub mod blob;
pub mod read;
pub mod snapshot;
pub mod verify;
