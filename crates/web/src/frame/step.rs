//! One year in the path of a row through the years.

/// One year of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Name of the table: 令和7年度 事業進捗状況.
    pub table: String,
    pub rows: Vec<StepRow>,
    /// How the row of the next step came from the rows of this one; `None` for the last step.
    pub relation: Option<&'static str>,
    pub confidence: &'static str,
    /// Whether this is the row that the page shows.
    pub here: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    pub name: String,
    pub href: String,
}
