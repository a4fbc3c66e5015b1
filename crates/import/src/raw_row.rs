//! The cells of an initiative by their meaning, before its figures and parties are read.

use crate::marks::Mark;

/// The cells of an initiative by their meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    pub organisation: String,
    /// Whether the row has an organisation column, which may vanish after a page break.
    pub has_organisation_column: bool,
    pub mark: Option<Mark>,
    pub division: String,
    pub body: Vec<String>,
    /// Whether cells are not in their usual columns.
    pub shifted: bool,
}
