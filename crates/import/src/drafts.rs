//! Plans as they are read, before each row is assigned to a party.

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::locus::Source;

use crate::items::Content;
use crate::raw_row::RawRow;

/// A table of one year.
#[derive(Debug)]
pub struct DraftPlan {
    pub fiscal_year: FiscalYear,
    pub kind: PlanKind,
    pub title: String,
    pub chapters: Vec<DraftChapter>,
}

#[derive(Debug)]
pub struct DraftChapter {
    pub title: String,
    pub source: Option<Source>,
    pub sections: Vec<DraftSection>,
}

#[derive(Debug)]
pub struct DraftSection {
    pub title: String,
    pub lead: Option<String>,
    pub source: Option<Source>,
    pub rows: Vec<DraftRow>,
}

/// One row, including the following rows that continue it (joined rows).
#[derive(Debug)]
pub struct DraftRow {
    pub raw: RawRow,
    /// The organisation that was printed in a joined row.
    pub late_organisation: String,
    pub divisions: Vec<String>,
    pub content: Content,
    pub lines: Vec<u32>,
}

impl DraftRow {
    pub fn new(mut raw: RawRow, line: u32) -> Self {
        let content = Content::of(&std::mem::take(&mut raw.body));
        Self { raw, late_organisation: String::new(), divisions: Vec::new(), content, lines: vec![line] }
    }

    pub fn line(&self) -> u32 {
        self.lines.first().copied().unwrap_or(1)
    }
}

impl DraftPlan {
    pub fn sections(&self) -> impl Iterator<Item = &DraftSection> {
        self.chapters.iter().flat_map(|chapter| &chapter.sections)
    }

    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut DraftRow> {
        self.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections).flat_map(|section| &mut section.rows)
    }
}
