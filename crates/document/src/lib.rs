//! The types of a 雇用対策協定 document and the functions on its texts: no I/O, no clock, no async. `renkei-domain` decides
//! which parts of a document are stored and who may change them.
//!
//! Read in this order: [`fiscal_year`], [`wareki`], [`as_of`] and [`business_days`] for time; [`figure`] and
//! [`document`] for one report as a whole; [`finding`] and [`checks`] for the problems in it; [`compare`] for two
//! reports; then [`edition`] and [`handover`] for what is printed with them.

pub mod as_of;
pub mod blank;
pub mod business_days;
pub mod checks;
pub mod compare;
pub mod counting;
pub mod document;
pub mod edition;
pub mod figure;
pub mod figure_words;
pub mod finding;
mod finding_wording;
pub mod fiscal_year;
pub mod handover;
pub mod house_style;
pub mod id;
pub mod language;
pub mod likeness;
pub mod limits;
pub mod locus;
pub mod numbering;
pub mod particulars;
pub mod party;
pub mod passage;
pub mod phrases;
pub mod quantity;
pub mod same_text;
pub mod search;
pub mod time;
pub mod wareki;
pub mod word_diff;
