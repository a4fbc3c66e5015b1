//! 台帳 — the ledger: a signed chain of entries about the rows beside the events. It never leaves the node, and no viewer
//! sees its numbers.

pub mod entry;
pub mod key_copy;
pub mod noted;
pub mod old_copy;
pub mod restored;
mod wording;
