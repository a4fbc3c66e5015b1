//! 表記の設定 — the printed style of one party's rows: the width of numbers, blanks before units, brackets, counters and
//! dates.
//!
//! The style is applied in the last step before printing, never to stored texts. A change of style is not a difference:
//! two texts are equal in comparisons and merges if they have the [`same_words`].

mod brackets;
mod dates;
mod figures;
mod letters;
mod printing;
mod settings;
mod style;
mod styled;
mod width;

pub use printing::{for_comparing, keys, printed, same_words};
pub use settings::{Choice, EXAMPLE, SETTINGS, Setting, choices};
pub use style::{BracketStyle, DateStyle, HouseStyle, LetterWidth, NumberStyle, PersonCounter, UnitBlank};

#[cfg(test)]
mod tests;
