//! The input and the result of reading the figures of a row.

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

/// The data about a row's document that is needed to read the row.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub fiscal_year: FiscalYear,
    pub kind: PlanKind,
    /// The source lines of the row with their numbers, unchanged and in file order.
    pub lines: &'a [(u32, &'a str)],
}

/// The figures of a row, and the findings about them.
#[derive(Debug, Clone, Default)]
pub struct Read {
    pub figures: Vec<Figure>,
    pub findings: Vec<Finding>,
}
