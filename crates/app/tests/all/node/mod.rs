//! The node: one deciding at a time, and a data folder that is whole.

mod meanwhile;
mod verify;
