//! 記録 — what is stored of events: the event itself, its chain and signed head, and what a verification finds. No engine
//! is named here; each engine keeps these types in its own way.

pub mod blob;
pub mod chain;
pub mod event;
pub mod head;
pub(crate) mod link;
pub mod snapshot;
pub mod verify;
