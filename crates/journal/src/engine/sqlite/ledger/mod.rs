//! 台帳 — keeps the ledger of rows and of received events, and verifies it.

pub mod adopt;
pub mod check;
pub mod cover;
pub mod tables;
pub mod write;
