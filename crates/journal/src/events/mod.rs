//! 記録 — the stored types of events: the event itself, its chain, the signed head, and the results of a verification.
//! They are independent of the engine; each engine stores them in its own way.

pub mod blob;
pub mod chain;
pub mod event;
pub mod head;
pub(crate) mod link;
pub mod snapshot;
pub mod verify;
