//! 公開データ — a document as tables for machines: one table per sheet or file, one datum per cell, one observation per row.
//!
//! Follows the rules of 行政データの機械可読性 (2026-03-31). Three further tables contain information that the rules require and a
//! document does not contain: the meaning of each column, the meaning of each code, and the source of the data.

mod characters;
mod codes;
mod definitions;
mod notes;
mod observations;
mod plans;
mod table;

use jiff::civil::Date;
use renkei_document::document::Document;

pub use table::{Column, ColumnKind, Datum, Table};

use crate::sheet::{day_of, title_of};

/// 公開データ — all tables of a document, in the order of the workbook's sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    pub title: String,
    /// The day of the document; a workbook has it as its creation day.
    pub day: Date,
    pub tables: Vec<Table>,
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
