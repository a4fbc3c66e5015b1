//! 机 — files that wait to be recorded, and forms that are filled in but not sent.

pub mod files;
pub mod typings;
pub mod unsent;
