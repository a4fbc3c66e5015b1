//! 机 — tables of files that wait to be recorded, and of forms that are filled in but not sent.

pub mod files;
pub mod typings;
pub mod unsent;
