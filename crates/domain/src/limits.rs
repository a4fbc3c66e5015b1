//! 限度 — the most there may be of each thing that is kept beside the documents: wordings, suggestions, corrections. The parts of
//! a document have theirs in [`renkei_document::limits`]. [`crate::decide`] refuses more, with the place and what to do.

use renkei_document::fiscal_year::FiscalYear;

/// The first fiscal year whose plan or progress can be recorded: agreements of this kind are younger.
pub const FIRST_YEAR: FiscalYear = FiscalYear(2000);
/// How many fiscal years after the present one a plan can be for.
pub const YEARS_AHEAD: i16 = 5;
/// Documents that the officers of one party record in a day.
pub const IMPORTS_OF_A_DAY: usize = 60;

/// Characters of a reason or a note.
pub const REASON: usize = 2_000;
/// Characters of one field of an indicator's definition.
pub const DEFINITION: usize = 4_000;

/// Wordings that are kept of one row: its history grows with each save.
pub const WORDINGS: usize = 500;
/// Suggestions for one row that wait for an answer.
pub const OPEN_SUGGESTIONS: usize = 50;
/// Suggestions of one party that wait for an answer.
pub const OPEN_SUGGESTIONS_OF_PARTY: usize = 5_000;
/// Corrections of one value.
pub const CORRECTIONS: usize = 200;
/// Definitions that are kept of one indicator, and targets.
pub const VERSIONS: usize = 500;
/// Reports that one shared fact is made of.
pub const MEMBERS: usize = 200;
/// Changes of one reorganisation.
pub const CHANGES: usize = 10_000;
/// Divisions that one change ends or that take its work.
pub const ENDED: usize = 1_000;
/// Things that are merged, parted or looked at after the fact at once.
pub const TOGETHER: usize = 1_000;
