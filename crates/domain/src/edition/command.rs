//! 版の申出 — the command to freeze an edition.

use renkei_document::document::Document;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::edition::EditionFile;

/// 版の申出 — the command to freeze an edition: a year's report with its hash, and the files made from the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreezeEdition {
    pub agreement: Id<Agreement>,
    pub by: Id<id::Party>,
    pub fiscal_year: FiscalYear,
    /// The content from which the files were made. The decision refuses it if the recorded content has changed since.
    pub document: Document,
    pub digest: String,
    pub files: Vec<EditionFile>,
}
