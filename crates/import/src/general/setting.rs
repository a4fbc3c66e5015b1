//! The properties of a document that are needed to read its figures.

use renkei_document::fiscal_year::FiscalYear;

use super::dates::Said;
use super::lines::Line;
use super::outline::Found;

/// The properties of the document that are needed to read its figures.
pub(super) struct Setting<'a> {
    pub lines: &'a [Line],
    pub headings: &'a [Found],
    /// The year of months that are given without a year.
    pub fiscal_year: Option<FiscalYear>,
    /// The month that the title names.
    pub said: Option<Said>,
    /// The measured thing in the title: 有効求人倍率 in 「有効求人倍率の推移」.
    pub measure: Option<String>,
    /// Whether the page consists of rules or answers. If so, only numbers with a date or a marker are read as figures.
    pub strict: bool,
}
