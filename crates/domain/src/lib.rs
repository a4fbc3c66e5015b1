//! The words of a 雇用対策協定 and the rules between them: no I/O, no clock, no async.
//!
//! Read in this order: [`fiscal_year`], [`wareki`], [`as_of`] and [`business_days`] for time; [`document`] for one report as a whole;
//! [`finding`] and [`checks`] for what is odd in it; then [`event`], [`dossiers`], [`decide`] and [`view`] for what is kept.

pub mod agreement;
pub mod agreement_dossier;
pub mod as_of;
pub mod business_days;
pub mod chain;
pub mod checks;
pub mod command;
pub mod compare;
pub mod decide;
pub mod document;
pub mod dossiers;
pub mod duty;
pub mod edition;
pub mod event;
pub mod evidence;
pub mod facts;
pub mod figure;
pub mod figure_words;
pub mod finding;
mod finding_wording;
pub mod fiscal_year;
pub mod house_style;
pub mod id;
pub mod language;
pub mod likeness;
pub mod lineage;
pub mod locus;
pub mod merging;
pub mod numbering;
pub mod observation;
pub mod organisation;
pub mod party;
pub mod party_dossier;
pub mod passage;
pub mod phrases;
pub mod plan;
pub mod quantity;
pub mod refusal;
pub mod renamed_divisions;
pub mod search;
pub mod time;
pub mod view;
pub mod wareki;
