//! A row with its table, chapter and section, and its name.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Chapter, Document, Initiative, PlanKind, PlanTable, Section};
use crate::figure::Figure;
use crate::finding::Place;
use crate::numbering::circled;

/// A row and the parts of the document around it.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub table: &'a PlanTable,
    pub chapter: &'a Chapter,
    pub section: &'a Section,
    pub initiative: &'a Initiative,
}

/// All rows of all tables, in order.
pub(super) fn rows(document: &Document) -> Vec<Row<'_>> {
    document.plans.iter().flat_map(rows_of).collect()
}

/// The rows of one table, in order.
pub(super) fn rows_of(table: &PlanTable) -> impl Iterator<Item = Row<'_>> {
    let sections =
        table.chapters.iter().flat_map(|chapter| chapter.sections.iter().map(move |section| (chapter, section)));
    sections.flat_map(move |(chapter, section)| {
        section.initiatives.iter().map(move |initiative| Row { table, chapter, section, initiative })
    })
}

impl<'a> Row<'a> {
    /// Whether the row reports results.
    pub fn is_result(&self) -> bool {
        self.table.kind != PlanKind::Plan
    }

    pub fn same_table(&self, other: &Row<'_>) -> bool {
        std::ptr::eq(self.table, other.table)
    }

    /// Returns the name of the row for people: 令和7年度 1(5) ④.
    pub fn name(&self) -> String {
        let mark = self.initiative.mark.clone().unwrap_or_else(|| circled(self.initiative.number));
        format!("{} {}({}) {mark}", self.table.fiscal_year, self.chapter.number, self.section.number)
    }

    pub fn place(&self) -> Place {
        Place { line: self.initiative.lines.first().copied(), row: Some(self.name()), at: None }
    }

    /// Returns the place of a figure in this row.
    pub fn place_of(&self, figure: &Figure) -> Place {
        Place {
            line: figure.source.line.or(self.initiative.lines.first().copied()),
            row: Some(self.name()),
            at: figure.source.at.clone(),
        }
    }

    /// Returns the row's text, then each item.
    pub fn blocks(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let initiative = self.initiative;
        std::iter::once(initiative.text.as_str()).chain(initiative.items.iter().map(String::as_str))
    }

    /// Returns the place of a block. A row does not record the line of each block, so the line is taken from a figure
    /// in the block, if there is one.
    pub fn place_of_block(&self, block: usize) -> Place {
        let of_block = |figure: &&Figure| {
            let item = figure.span.and_then(|span| span.item);
            item.map_or(0, |item| item as usize + 1) == block && figure.source.line.is_some()
        };
        match self.initiative.figures.iter().find(of_block) {
            Some(figure) => self.place_of(figure),
            None if block > 0 => {
                Place { line: self.initiative.lines.last().copied(), row: Some(self.name()), at: None }
            }
            None => self.place(),
        }
    }
}

/// Returns the pairs of rows, by index, that share a key and belong to one table of results. A key of more than
/// [`MOST_ROWS`] rows is ignored, and a row has at most [`MOST_PAIRS`] pairs, so a hostile document cannot cause a
/// comparison of all pairs.
pub(super) fn pairs_sharing<K: Ord>(rows: &[Row<'_>], keys: impl Fn(usize) -> Vec<K>) -> BTreeSet<(usize, usize)> {
    let mut standing: BTreeMap<K, BTreeSet<usize>> = BTreeMap::new();
    for (i, _) in rows.iter().enumerate().filter(|(_, row)| row.is_result()) {
        for key in keys(i) {
            standing.entry(key).or_default().insert(i);
        }
    }
    let mut of_row = vec![0; rows.len()];
    let mut pairs = BTreeSet::new();
    for standing in standing.into_values().filter(|standing| standing.len() <= MOST_ROWS) {
        for one in &standing {
            for other in standing.range(one + 1..).filter(|i| rows[**i].same_table(&rows[*one])) {
                if of_row[*one] < MOST_PAIRS && of_row[*other] < MOST_PAIRS && pairs.insert((*one, *other)) {
                    of_row[*one] += 1;
                    of_row[*other] += 1;
                }
            }
        }
    }
    pairs
}

const MOST_ROWS: usize = 20;
const MOST_PAIRS: usize = 60;

/// Returns the place of a heading.
pub(super) fn place_of_heading(source: Option<&crate::locus::Source>) -> Place {
    Place { line: source.and_then(|source| source.line), row: None, at: None }
}

/// Returns the first words of a text, as findings quote it.
pub(super) fn quote(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.trim();
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST).collect();
    short.push('…');
    short
}
