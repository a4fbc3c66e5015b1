//! The node: decisions of several people at a time, and the verification of a data directory.

mod meanwhile;
mod verify;
