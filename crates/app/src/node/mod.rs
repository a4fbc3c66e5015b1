//! ノード — the open data directory: its state, how use cases change it, its limits, backups and verification.

pub(crate) mod arrivals;
pub(crate) mod backup;
pub(crate) mod carry_out;
pub(crate) mod context;
pub(crate) mod entry_lines;
pub(crate) mod error;
pub(crate) mod memory;
pub(crate) mod open;
pub(crate) mod quotas;
pub(crate) mod state;
pub(crate) mod verify;
