//! The cells of an initiative, sorted by their meaning. Figures and parties are read later.

use crate::marks::Mark;

/// The cells of an initiative, sorted by their meaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawRow {
    pub organisation: String,
    /// Whether the row has an organisation column; after a page break, this column may be missing.
    pub has_organisation_column: bool,
    pub mark: Option<Mark>,
    pub division: String,
    pub body: Vec<String>,
    /// Whether cells are not in their usual columns.
    pub shifted: bool,
}
