//! What a document of a 雇用対策協定 is, and the words that documents are made of: no I/O, no clock, no async. Nothing here knows what
//! is kept of a document or who may change it: that is in `renkei-domain`.
//!
//! Read in this order: [`fiscal_year`], [`wareki`], [`as_of`] and [`business_days`] for time; [`figure`] and [`document`] for one report
//! as a whole; [`finding`] and [`checks`] for what is odd in it; [`compare`] for two of them; then [`edition`] and [`handover`] for
//! what is printed beside it.

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
