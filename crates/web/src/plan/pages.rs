//! Divides the rows of a long plan into several pages, and finds the page of a row.

use renkei_document::document::{Chapter, PlanTable, Section};

use crate::frame::address::{row_anchor, section_anchor};
use crate::frame::paging::{Paging, bytes_of};
use crate::frame::row_block::{Placing, texts};
use crate::plan::beside::Beside;
use crate::plan::draft::Tools;
use crate::plan::filter::PlanFilter;

/// One entry of a plan's page.
#[derive(Clone, Copy)]
pub enum Entry<'a> {
    /// A heading without rows.
    Chapter(&'a Chapter),
    Section(&'a Chapter, &'a Section),
    /// A row, its headings, and its index among the shown rows of its section, from 0.
    Row(&'a Chapter, &'a Section, Placing<'a>, usize),
    /// A row of last year that no row of this year continues.
    Ended(Placing<'a>),
}

/// The entries of a plan, and the division of the entries into pages.
pub struct Entries<'a> {
    pub all: Vec<Entry<'a>>,
    pub paging: Paging,
}

/// Estimated size on the page of a row without its text, of a row's tools, and of a figure, in bytes.
const ROW: usize = 900;
const TOOLS: usize = 1_600;
const FIGURE: usize = 150;

impl<'a> Entries<'a> {
    /// Returns the rows for which `keeps` returns true, with their headings. Without a filter, also returns headings
    /// without rows, and last year's rows that ended.
    pub fn of(
        table: &'a PlanTable,
        filter: &PlanFilter<'_>,
        (beside, tools): (Option<&'a Beside<'a>>, Option<&Tools<'_>>),
        keeps: impl Fn(Placing<'_>) -> bool,
    ) -> Self {
        let mut all = Vec::new();
        for chapter in &table.chapters {
            if chapter.sections.is_empty() && !filter.is_active() {
                all.push(Entry::Chapter(chapter));
            }
            for section in &chapter.sections {
                let rows = section.initiatives.iter();
                let placings = rows.map(|row| Placing { table, chapter: chapter.number, section: section.number, row });
                let before = all.len();
                let kept = placings.filter(|placing| keeps(*placing)).enumerate();
                all.extend(kept.map(|(place, placing)| Entry::Row(chapter, section, placing, place)));
                if all.len() == before && !filter.is_active() {
                    all.push(Entry::Section(chapter, section));
                }
            }
        }
        if !filter.is_active() {
            all.extend(beside.iter().flat_map(|beside| beside.ended()).map(Entry::Ended));
        }
        let paging = Paging::of(all.iter().map(|entry| entry.bytes(beside.is_some(), tools.is_some())));
        Self { all, paging }
    }

    /// Returns the page on which a row, a section or a chapter with this anchor is; `None` if no entry has this anchor.
    pub fn page_of(&self, anchor: &str) -> Option<usize> {
        let found = self.all.iter().position(|entry| entry.is_at(anchor));
        found.map(|entry| self.paging.page_of(entry))
    }
}

impl Entry<'_> {
    fn bytes(&self, has_beside: bool, has_tools: bool) -> usize {
        let of = |placing: &Placing<'_>| {
            let text: usize = texts(placing.row)
                .into_iter()
                .chain(placing.row.divisions.iter().map(String::as_str))
                .map(bytes_of)
                .sum();
            ROW + text + FIGURE * placing.row.figures.len()
        };
        match self {
            Entry::Chapter(chapter) => bytes_of(&chapter.title),
            Entry::Section(_, section) => bytes_of(&section.title) + lead(section),
            Entry::Row(_, section, placing, place) => {
                let lead = if *place == 0 { lead(section) } else { 0 };
                let sides = if has_beside { 2 } else { 1 };
                lead + sides * of(placing) + if has_tools { TOOLS } else { 0 }
            }
            Entry::Ended(placing) => of(placing),
        }
    }

    fn is_at(&self, anchor: &str) -> bool {
        let in_chapter = |chapter: &Chapter| anchor.strip_prefix('c').is_some_and(|c| c == chapter.number.to_string());
        let in_section =
            |chapter: &Chapter, section: &Section| section_anchor(chapter.number, section.number) == anchor;
        match self {
            Entry::Chapter(chapter) => in_chapter(chapter),
            Entry::Section(chapter, section) => in_chapter(chapter) || in_section(chapter, section),
            Entry::Row(chapter, section, placing, place) => {
                let is_first = *place == 0 && (in_chapter(chapter) || in_section(chapter, section));
                is_first || row_anchor(placing.chapter, placing.section, placing.row.number) == anchor
            }
            Entry::Ended(_) => false,
        }
    }
}

fn lead(section: &Section) -> usize {
    section.lead.as_deref().map_or(0, bytes_of)
}
