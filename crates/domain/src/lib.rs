//! What is kept of a 雇用対策協定, and the rules between the words of `renkei-document`: no I/O, no clock, no async.
//!
//! Read in this order: [`plan`], [`observation`] and [`organisation`] for what is kept; then [`event`], [`dossiers`], [`decide`] and
//! [`view`] for how it changes and who sees it.

pub mod agreement;
pub mod agreement_dossier;
pub mod chain;
pub mod command;
pub mod decide;
pub mod dossiers;
pub mod duty;
pub mod edition;
pub mod event;
pub mod evidence;
pub mod facts;
pub mod handover;
pub mod indicator;
pub mod limits;
pub mod lineage;
pub mod merging;
pub mod observation;
pub mod organisation;
pub mod ownership;
pub mod party_dossier;
pub mod phrases;
pub mod plan;
pub mod refusal;
pub mod register;
pub mod renamed_divisions;
pub mod shared_fact;
pub mod shared_map;
pub mod suggestion;
pub mod three_way;
pub mod view;
