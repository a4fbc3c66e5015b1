//! 数値の読み取り — the figures of one row of a plan table: label, value or state, and the date, period and scope of each.
//!
//! A row is read part by part ([`walk`]): its sentences, then its items. Each number that counts something ([`number`])
//! becomes a draft with the words around it. Notes on dates and places ([`notes`]) apply to the preceding drafts.
//! Finally, each draft gets its label ([`label`]) and its source line ([`source`]).

mod brackets;
mod cell;
mod clean;
mod context;
mod counts;
mod draft;
mod fill;
pub(crate) mod glyphs;
mod label;
mod notes;
pub(crate) mod number;
mod remarks;
mod row;
mod rulings;
mod source;
mod state;
mod subject;
pub(crate) mod units;
mod walk;
mod words;

#[cfg(test)]
mod tests;

pub use self::context::{Context, Read, RowText};
pub(crate) use self::fill::fill;
pub use self::row::figures_in_row;
