//! The node: one decision at a time, and the verification of a data directory.

mod meanwhile;
mod verify;
