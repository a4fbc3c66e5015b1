//! What a document says, known to the one who wrote it: what a reader of the document has to find.

use crate::office::Party;

/// All that stands in a document, and what was planted in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// The year of the plan.
    pub fiscal_year: i16,
    /// 若草市.
    pub city: String,
    /// 若草労働局.
    pub bureau: String,
    /// YYYY-MM-DD.
    pub concluded_on: String,
    pub rows: Vec<RowTruth>,
    pub planted: Vec<Planted>,
}

/// Which of the two tables a row stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// 第2: the year before.
    Progress,
    /// 第3: the year itself.
    Plan,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowTruth {
    pub table: Table,
    pub fiscal_year: i16,
    /// From 1.
    pub chapter: usize,
    /// The place in the chapter from 1.
    pub section: usize,
    /// The place in the section from 1.
    pub number: usize,
    pub party: Party,
    /// What it carries through the years: rows of two years belong together where they share one; two after a merger.
    pub origins: Vec<u64>,
    /// As printed.
    pub mark: String,
    pub divisions: Vec<String>,
    /// The sentence, without the items.
    pub text: String,
    /// Each without its bullet; as-of notes stand in the last.
    pub items: Vec<String>,
    pub figures: Vec<FigureTruth>,
    /// The line of its mark, from 1.
    pub line: u32,
}

/// What stands where a figure is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Value,
    None,
    Recruiting,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureTruth {
    pub label: String,
    pub state: State,
    /// Without separators: 1304, 93.7.
    pub value: Option<String>,
    pub unit: Option<String>,
    /// YYYY-MM-DD, or YYYY-MM where no day is meant.
    pub as_of: Option<String>,
}

/// A kind of damage, as real documents have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DamageKind {
    /// A mark stands twice, the next is missing.
    DuplicateMark,
    /// The cell of the second organisation stands a row late.
    OrganisationLate,
    /// The cell of the second organisation stands a row early, beside an office of the first.
    OrganisationEarly,
    /// Both organisations in the first cell, none below.
    OrganisationsTogether,
    /// The items of a row stand on their own line after a page break.
    RowBroken,
    /// From a page break on, mark and division share a cell.
    MarkWithDivision,
    /// From a page break on, the first cell is gone.
    FirstCellGone,
    /// R8 年. 1 月末時点.
    AsOfMalformed,
    /// R8.1 月時点.
    AsOfWithoutEnd,
    /// `<p>`, `<ul style=…>` around a row.
    StrayTags,
    /// A row of dashes below a table.
    DashRow,
    /// A printed total that its parts do not meet.
    WrongSum,
    /// 募集中 left in a result.
    OpenState,
    /// A figure of the year before.
    StaleYear,
    /// A title of the contents that the body words otherwise.
    ContentsTitle,
}

impl DamageKind {
    pub const ALL: [DamageKind; 15] = [
        DamageKind::DuplicateMark,
        DamageKind::OrganisationLate,
        DamageKind::OrganisationEarly,
        DamageKind::OrganisationsTogether,
        DamageKind::RowBroken,
        DamageKind::MarkWithDivision,
        DamageKind::FirstCellGone,
        DamageKind::AsOfMalformed,
        DamageKind::AsOfWithoutEnd,
        DamageKind::StrayTags,
        DamageKind::DashRow,
        DamageKind::WrongSum,
        DamageKind::OpenState,
        DamageKind::StaleYear,
        DamageKind::ContentsTitle,
    ];
}

/// A damage and the line it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    pub kind: DamageKind,
    /// From 1.
    pub line: u32,
}
