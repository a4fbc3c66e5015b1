//! A section with its table, from which the name and the place of the section are derived.

use crate::document::{Chapter, PlanTable, Section};
use crate::finding::Place;

/// A section with its table.
#[derive(Clone, Copy)]
pub(super) struct InTable<'a> {
    pub table: &'a PlanTable,
    pub chapter_place: usize,
    pub chapter: &'a Chapter,
    pub section: &'a Section,
}

impl InTable<'_> {
    /// Returns the name of the section: 令和7年度 1(5).
    pub fn name(&self) -> String {
        format!("{} {}({})", self.table.fiscal_year, self.chapter.number, self.section.number)
    }

    pub fn place(&self) -> Place {
        let source = self.section.source.as_ref();
        let at = source.and_then(|source| source.at.clone());
        Place { line: source.and_then(|source| source.line), row: Some(self.name()), at }
    }
}
