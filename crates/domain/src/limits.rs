//! 限度 — the limits of recorded data outside of documents: wordings, suggestions, corrections. The limits for the parts
//! of a document are in [`renkei_document::limits`]. [`crate::decide`] refuses data over a limit; the refusal says
//! where the data is and what to do.

use renkei_document::fiscal_year::FiscalYear;

/// First fiscal year whose plan or progress can be recorded; agreements of this kind did not exist before.
pub const FIRST_YEAR: FiscalYear = FiscalYear(2000);
/// Maximum number of years between the present fiscal year and the fiscal year of a plan.
pub const YEARS_AHEAD: i16 = 5;
/// Maximum number of documents that the officers of one party may record in a day.
pub const IMPORTS_OF_A_DAY: usize = 60;

/// Maximum length of a reason or a note, in characters.
pub const REASON: usize = 2_000;
/// Maximum length of one field of an indicator's definition, in characters.
pub const DEFINITION: usize = 4_000;

/// Maximum number of stored wordings of one row; each save adds one.
pub const WORDINGS: usize = 500;
/// Maximum number of unanswered suggestions for one row.
pub const OPEN_SUGGESTIONS: usize = 50;
/// Maximum number of unanswered suggestions of one party.
pub const OPEN_SUGGESTIONS_OF_PARTY: usize = 5_000;
/// Maximum number of corrections of one value.
pub const CORRECTIONS: usize = 200;
/// Maximum number of stored definitions, and of stored targets, of one indicator.
pub const VERSIONS: usize = 500;
/// Maximum number of reports in one shared fact.
pub const MEMBERS: usize = 200;
/// Maximum number of changes in one reorganisation.
pub const CHANGES: usize = 10_000;
/// Maximum number of divisions that one change ends; also the maximum number of their successors.
pub const ENDED: usize = 1_000;
/// Maximum number of items that one command merges, separates or reviews.
pub const TOGETHER: usize = 1_000;
