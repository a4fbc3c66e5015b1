//! A row whose figures are read, its place in the document, and the result.

use renkei_document::document::PlanKind;
use renkei_document::figure::Figure;
use renkei_document::finding::Finding;
use renkei_document::fiscal_year::FiscalYear;

/// The text of a row in the form that an `Initiative` stores.
#[derive(Debug, Clone, Copy)]
pub struct RowText<'a> {
    pub text: &'a str,
    pub items: &'a [String],
}

/// The context of a row in its document.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub fiscal_year: FiscalYear,
    pub kind: PlanKind,
    /// The source lines of the row with their numbers, unchanged and in file order.
    pub lines: &'a [(u32, &'a str)],
}

/// The figures of a row, and what was noticed about them.
#[derive(Debug, Clone, Default)]
pub struct Read {
    pub figures: Vec<Figure>,
    pub findings: Vec<Finding>,
}
