//! 机 — the types of stored files that wait to be recorded, and of stored forms that are filled in but not sent.

pub mod files;
pub mod typings;
pub mod unsent;
