//! 記録 — what a decision reads and what is kept: chains and their order, the dossiers that are folded from them, the facts of a moment.

pub mod agreement_dossier;
pub mod chain;
pub mod dossiers;
pub mod facts;
pub mod party_dossier;
pub mod register;
pub mod shared_map;
