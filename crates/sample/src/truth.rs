//! The content of a document as data: the expected result of reading the document.

use crate::office::Party;

/// All content of a document, and the damage planted in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// The year of the plan.
    pub fiscal_year: i16,
    /// The name of the city, for example 若草市.
    pub city: String,
    /// The name of the bureau, for example 若草労働局.
    pub bureau: String,
    /// The day of the agreement, as YYYY-MM-DD.
    pub concluded_on: String,
    pub rows: Vec<RowTruth>,
    pub planted: Vec<Planted>,
}

/// The table of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// 第2: the progress of the year before.
    Progress,
    /// 第3: the plan of the year.
    Plan,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowTruth {
    pub table: Table,
    pub fiscal_year: i16,
    /// Number of the chapter, from 1.
    pub chapter: usize,
    /// Number of the section in the chapter, from 1.
    pub section: usize,
    /// Number of the row in the section, from 1.
    pub number: usize,
    pub party: Party,
    /// The ids of the row, which are the same in all years. Rows of two years belong together if they have an id in
    /// common. A merged row has two ids.
    pub origins: Vec<u64>,
    /// The mark as printed.
    pub mark: String,
    pub divisions: Vec<String>,
    /// The sentence, without the items.
    pub text: String,
    /// The items without their bullets; the last one includes the as-of note.
    pub items: Vec<String>,
    pub figures: Vec<FigureTruth>,
    /// Number of the line that contains the mark, from 1.
    pub line: u32,
}

/// The kind of content in place of a figure.
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
    /// The value without separators, for example 1304 or 93.7.
    pub value: Option<String>,
    pub unit: Option<String>,
    /// The as-of date, as YYYY-MM-DD or, without a day, YYYY-MM.
    pub as_of: Option<String>,
}

/// A kind of damage that real documents have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DamageKind {
    /// A mark is printed twice, and the next one is missing.
    DuplicateMark,
    /// The cell of the second organisation is one row too low.
    OrganisationLate,
    /// The cell of the second organisation is one row too high, in the row of an office of the first organisation.
    OrganisationEarly,
    /// Both organisations are in the first cell, and the cells below are empty.
    OrganisationsTogether,
    /// The items of a row are on a separate line after a page break.
    RowBroken,
    /// After a page break, mark and division are in one cell.
    MarkWithDivision,
    /// In every row after a page break, the first cell is missing.
    FirstCellGone,
    /// The as-of date is malformed: R8 年. 1 月末時点.
    AsOfMalformed,
    /// The as-of date lacks 末: R8.1 月時点.
    AsOfWithoutEnd,
    /// HTML tags surround a row: `<p>`, `<ul style=…>`.
    StrayTags,
    /// A row of dashes follows a table.
    DashRow,
    /// The printed total differs from the sum of its parts.
    WrongSum,
    /// A result still contains 募集中 (applications open).
    OpenState,
    /// A figure belongs to the year before.
    StaleYear,
    /// A title in the contents differs from the title in the body.
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

/// A planted damage and its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    pub kind: DamageKind,
    /// Number of the line, from 1.
    pub line: u32,
}
