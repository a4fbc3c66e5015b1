//! 公開データ — a document as tables for machines: one table a sheet or file, one datum a cell, one observation a row.
//!
//! Made for the rules of 行政データの機械可読性 (2026-03-31). What those rules ask for and a document alone does not say stands in
//! three tables beside the data: what each column means, what each code means, where all of it comes from.

mod characters;
mod codes;
mod definitions;
mod notes;
mod observations;
mod plans;

use jiff::civil::Date;
use renkei_document::document::Document;

use crate::sheet::{day_of, title_of};

/// 公開データ — every table of a document, in the order of the workbook's sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    pub title: String,
    /// The day of the document: what a workbook gives as the day it was made.
    pub day: Date,
    pub tables: Vec<Table>,
}

/// 公開データの表 — column names once, then rows that each say all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// 取組, 数値 …: the sheet's name.
    pub name: &'static str,
    /// `initiatives`, `observations` …: the CSV's name.
    pub file_name: &'static str,
    pub columns: &'static [Column],
    pub rows: Vec<Vec<Datum>>,
}

/// 項目 — a column: its name for people and for programs, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub field: &'static str,
    pub kind: ColumnKind,
    /// The unit of its numbers; empty for texts and numbers that only count places.
    pub unit: &'static str,
    pub meaning: &'static str,
    /// What an empty cell means; empty where none can be.
    pub blank: &'static str,
}

/// 項目の型 — what a column's cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    Number,
    /// YYYY-MM-DD, or YYYY-MM where no day is said.
    Date,
    /// A word of the table of codes.
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

/// The names of the tables' files, in order.
pub const TABLES: [&str; 8] =
    ["initiatives", "divisions", "sections", "observations", "event_dates", "columns", "codes", "notes"];

impl Dataset {
    /// The tables of a document: the same document, the same tables.
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

    /// A table by the name of its file.
    pub fn table(&self, file_name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.file_name == file_name)
    }
}

impl Datum {
    /// A text in characters that every machine has, white space for looks taken out; empty where nothing is left.
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
