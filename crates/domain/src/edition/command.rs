//! 版の申出 — what is to be frozen.

use renkei_document::document::Document;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::edition::EditionFile;

/// 版の申出 — a year's report with the hash and the files that were made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreezeEdition {
    pub agreement: Id<Agreement>,
    pub by: Id<id::Party>,
    pub fiscal_year: FiscalYear,
    /// What the files show: it must still be what is known when the decision is taken.
    pub document: Document,
    pub digest: String,
    pub files: Vec<EditionFile>,
}
