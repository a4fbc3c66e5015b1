//! Findings with the rows that they are about.

use std::sync::Arc;

use renkei_domain::document::{Initiative as Row, PlanTable};
use renkei_domain::finding::{Finding, Place};
use renkei_domain::id::Id;
use renkei_domain::language::Language;
use renkei_domain::plan::Initiative;

use crate::names::row_name;

/// A finding, and the rows in which its places lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub finding: Finding,
    /// The row of its own place.
    pub row: Option<Id<Initiative>>,
    /// The rows of the other places, without the first.
    pub also: Vec<Id<Initiative>>,
}

impl Placed {
    pub fn concerns(&self, row: Id<Initiative>) -> bool {
        self.row == Some(row) || self.also.contains(&row)
    }
}

/// How many findings are about rows of a table; one about several rows counts once.
pub fn count_in(table: &PlanTable, findings: &[Placed]) -> usize {
    let ids: Vec<Id<Initiative>> = rows(table).filter_map(|(_, row)| row.id).collect();
    findings.iter().filter(|placed| ids.iter().any(|id| placed.concerns(*id))).count()
}

/// Finds the rows of a finding's places among the tables of its report.
pub fn place(finding: Finding, tables: &[Arc<PlanTable>]) -> Placed {
    let row = row_at(&finding.place, tables);
    let mut also = Vec::new();
    for id in finding.also.iter().filter_map(|place| row_at(place, tables)) {
        if Some(id) != row && !also.contains(&id) {
            also.push(id);
        }
    }
    Placed { finding, row, also }
}

/// The row of a place: by its name, and by the line where the name stands twice or is not said.
fn row_at(place: &Place, tables: &[Arc<PlanTable>]) -> Option<Id<Initiative>> {
    let holds_line = |row: &Row| place.line.is_some_and(|line| row.lines.contains(&line));
    let all = || tables.iter().flat_map(|table| rows(table));
    let named = |row: &(String, &Row)| place.row.as_ref() == Some(&row.0);
    let found = all()
        .find(|row| named(row) && holds_line(row.1))
        .or_else(|| all().find(named))
        .or_else(|| all().find(|(_, row)| place.row.is_none() && holds_line(row)));
    found.and_then(|(_, row)| row.id)
}

/// Each row with its Japanese name, by which findings name it: 令和7年度 1(5) ④.
fn rows(table: &PlanTable) -> impl Iterator<Item = (String, &Row)> {
    table.chapters.iter().flat_map(move |chapter| {
        chapter.sections.iter().flat_map(move |section| {
            section
                .initiatives
                .iter()
                .map(move |row| (row_name(Language::Japanese, table, chapter.number, section.number, row), row))
        })
    })
}
