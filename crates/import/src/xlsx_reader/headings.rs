//! Finds the headings above the tables of sheets: sheet names that are headings, and titles that every sheet repeats.

use std::collections::{HashSet, VecDeque};

use crate::blocks::squash;
use crate::grid::is_heading;
use crate::marks::{self, Level};
use crate::plans;
use crate::xlsx_reader::rows::SheetRow;
use crate::years;

/// The number of rows at the top of a sheet that can contain its title.
const TITLE_ROWS: usize = 8;

/// The titles above the tables of the previous sheet.
#[derive(Debug, Default)]
pub struct RunningHeads(HashSet<String>);

impl RunningHeads {
    /// Returns for each of the first rows whether it repeats a title of the previous sheet: the plan's title or the
    /// current chapter. All rows after the first title that is not repeated are treated as new.
    pub fn repeated(&self, rows: &[SheetRow]) -> std::vec::IntoIter<bool> {
        let known = heads(rows).map(|head| self.0.contains(&head)).take_while(|is_known| *is_known);
        known.collect::<Vec<_>>().into_iter()
    }

    /// Remembers the titles of a sheet. A table of contents lists every heading, so its lines are not remembered.
    pub fn remember(&mut self, rows: &[SheetRow]) {
        let heads: Vec<String> = heads(rows).collect();
        let is_contents = heads.first().is_some_and(|first| matches!(first.as_str(), "目次" | "もくじ"));
        self.0 = if is_contents { HashSet::new() } else { heads.into_iter().collect() };
    }

    /// Whether the sheet's name is a heading that the sheet itself lacks: a numbered title, or the year and kind of its
    /// tables.
    pub fn is_told_by_its_name(&self, name: &str, rows: &[SheetRow]) -> bool {
        let title = match marks::numbered(name) {
            Some(found) if is_heading(name) => found.title,
            _ if plans::kind(name).is_some() && years::fiscal_year(name).is_some() => name.to_owned(),
            _ => return false,
        };
        let title = squash(&title);
        let mut first: VecDeque<String> = rows.iter().take(TITLE_ROWS).map(|row| squash(&row.grid.line())).collect();
        // Search only the rows above the table, because a row of the table may mention the sheet's topic.
        let table = rows.iter().position(|row| row.grid.only().is_none()).unwrap_or(rows.len());
        first.truncate(table.max(1));
        !rows.is_empty() && !first.iter().any(|line| line.contains(&title))
    }
}

/// Returns the texts that are alone in their rows, above the first section and the first table.
fn heads(rows: &[SheetRow]) -> impl Iterator<Item = String> {
    rows.iter().take(TITLE_ROWS).map_while(|row| {
        let text = row.grid.texts[row.grid.only()?].trim();
        let is_section = marks::numbered(text).is_some_and(|found| found.level == Level::Section);
        (!is_section).then(|| squash(text))
    })
}
