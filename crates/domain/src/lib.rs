//! The words of a 雇用対策協定 and the rules between them: no I/O, no clock, no async.
//!
//! Read in this order: [`fiscal_year`], [`wareki`] and [`business_days`] for time; [`document`] for one report as a whole;
//! [`finding`] for what a reader or a check noticed; [`checks`] for the checks.

pub mod business_days;
pub mod checks;
pub mod document;
pub mod figure;
pub mod finding;
mod finding_wording;
pub mod fiscal_year;
pub mod id;
pub mod language;
pub mod party;
pub mod time;
pub mod wareki;
