//! 公開データ — a document as tables for machines: one table per sheet or file, one datum per cell, one observation per row.
//!
//! Follows the rules of 行政データの機械可読性 (2026-03-31). Three tables beside the data add what the rules require and a
//! document alone does not state: the meaning of each column, the meaning of each code, and the source of the data.

mod characters;
mod codes;
mod definitions;
mod notes;
mod observations;
mod plans;

use jiff::civil::Date;
use renkei_document::document::Document;

use crate::sheet::{day_of, title_of};

/// 公開データ — all tables of a document, in the order of the workbook's sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    pub title: String,
    /// The day of the document, which a workbook gives as its creation day.
    pub day: Date,
    pub tables: Vec<Table>,
}

/// 公開データの表 — the columns, then complete rows: no cell depends on the row above.
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
    /// Unit of its numbers; empty for texts and for numbers that only give a position.
    pub unit: &'static str,
    pub meaning: &'static str,
    /// Meaning of an empty cell; empty if the column has none.
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

/// The file names of the tables, in order.
pub const TABLES: [&str; 8] =
    ["initiatives", "divisions", "sections", "observations", "event_dates", "columns", "codes", "notes"];

impl Dataset {
    /// Makes the tables of a document; the same document gives the same tables.
    pub fn of(document: &Document) -> Self {
        let document = &*document.without_repeats();
        let parties = document.agreement.as_ref().map_or(&[][..], |agreement| &agreement.parties);
        let mut tables = plans::tables(document, parties);
        tables.extend(observations::tables(document, parties));
        tables.push(definitions::table(&tables));
        tables.push(codes::table(parties));
        tables.push(notes::table(document));
        Self { title: title_of(document), day: day_of(document), tables }
    }

    /// Returns a table by its file name.
    pub fn table(&self, file_name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.file_name == file_name)
    }
}

impl Datum {
    /// Returns a text in characters that every machine has, without surplus white space; `Empty` if nothing is left.
    fn text(text: &str) -> Self {
        let plain = characters::plain(text);
        if plain.is_empty() { Datum::Empty } else { Datum::Text(plain) }
    }

    fn number(number: impl ToString) -> Self {
        Datum::Number(number.to_string())
    }

    fn or_empty(text: Option<impl ToString>) -> Self {
        text.map_or(Datum::Empty, |text| Datum::text(&text.to_string()))
    }
}
