//! 時点 — dates read from running text, and which figures may be added or compared, depending on when they were measured.
//!
//! [`in_one_line`] says whether printed figures of several years form one series. [`sum`], [`difference`],
//! [`year_on_year`] and [`quotient`] have [`Measure`]s as parameters and return a lawful (allowed) result or every
//! [`Unlawful`] reason.

mod lawful;
mod line;
mod measure;
mod pairing;
mod reading;
mod scope;
mod unlawful;

pub use lawful::{Difference, Lawful, Quotient, Sum, YearOnYear, difference, quotient, sum, year_on_year};
pub use line::in_one_line;
pub use measure::{Measure, Time};
pub use reading::{Precision, Reading, read_date, read_dates};
pub use scope::{ScopeRelation, relation as scope_relation};
pub use unlawful::{OtherScope, OtherTime, Unlawful};

#[cfg(test)]
mod tests;
