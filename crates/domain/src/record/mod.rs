//! 記録 — the input of a decision and the stored data: chains and their order, the dossiers folded from them, and the
//! facts (actor, time, fresh ids) that a decision gets.

pub mod agreement_dossier;
pub mod chain;
pub mod declared;
pub mod dossiers;
pub mod entry;
pub mod facts;
pub(crate) mod found;
pub mod ground;
pub mod party_dossier;
pub mod register;
pub mod shared_map;
