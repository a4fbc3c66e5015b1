//! 机 — files that wait to be recorded, and forms that are typed and not sent yet.

pub mod files;
pub mod typings;
pub mod unsent;
