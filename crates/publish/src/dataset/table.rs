//! 公開データの表 — a table, its columns and its cells.

use super::characters::plain;

/// 公開データの表 — the columns and the rows of a table. Each row is complete: no cell is left empty because the row above has
/// the same value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet: 取組, 数値 …
    pub name: &'static str,
    /// Name of the CSV file: `initiatives`, `observations` …
    pub file_name: &'static str,
    pub columns: &'static [Column],
    pub rows: Vec<Vec<Datum>>,
}

/// 項目 — a column: its names for people and for programs, and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub field: &'static str,
    pub kind: ColumnKind,
    /// Unit of its numbers; empty for texts and for numbers that are only positions.
    pub unit: &'static str,
    pub meaning: &'static str,
    /// Meaning of an empty cell; an empty text if the column has no empty cells.
    pub blank: &'static str,
}

/// 項目の型 — the type of a column's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    Number,
    /// YYYY-MM-DD, or YYYY-MM if no day is given.
    Date,
    /// A code of the code table.
    Code,
}

/// データ — one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    Empty,
    Text(String),
    /// A decimal number without separators.
    Number(String),
}

impl Datum {
    /// Returns a text in characters that every machine has, without surplus white space; `Empty` if nothing is left.
    pub(super) fn text(text: &str) -> Self {
        let plain = plain(text);
        if plain.is_empty() { Datum::Empty } else { Datum::Text(plain) }
    }

    pub(super) fn number(number: impl ToString) -> Self {
        Datum::Number(number.to_string())
    }

    pub(super) fn or_empty(text: Option<impl ToString>) -> Self {
        text.map_or(Datum::Empty, |text| Datum::text(&text.to_string()))
    }
}
