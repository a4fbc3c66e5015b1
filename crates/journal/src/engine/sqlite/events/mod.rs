//! 記録 — appends, reads, withholds and verifies events, and stores blobs and snapshots.

pub mod absence;
pub mod append;
pub mod blob;
pub mod read;
pub mod rows;
pub mod snapshot;
pub mod verify;
