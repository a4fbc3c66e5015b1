//! Findings with the rows that they are about.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use renkei_document::document::{Initiative as Row, PlanTable};
use renkei_document::finding::{Finding, Place};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;

use crate::frame::names::row_name;
use crate::frame::paging::bytes_of;
use crate::frame::row_block::{placings, texts};

/// A finding, and the rows that contain its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub finding: Finding,
    /// The row that contains the main place of the finding.
    pub row: Option<Id<id::Initiative>>,
    /// The rows that contain its other places, without `row`.
    pub also: Vec<Id<id::Initiative>>,
    /// Size of the longest text of its row on a page, in bytes.
    pub quoted_bytes: usize,
}

impl Placed {
    pub fn concerns(&self, row: Id<id::Initiative>) -> bool {
        self.row == Some(row) || self.also.contains(&row)
    }
}

/// Returns how many findings are about rows of a table. A finding about several rows counts once.
pub fn count_in(table: &PlanTable, findings: &[Placed]) -> usize {
    let all = placings(table).filter_map(|placing| placing.row.id);
    let ids: HashSet<Id<id::Initiative>> = all.collect();
    findings.iter().filter(|placed| placed.row.iter().chain(&placed.also).any(|id| ids.contains(id))).count()
}

/// Finds, in the tables of their report, the rows that findings are about.
pub fn place_all(findings: Vec<Finding>, tables: &[Arc<PlanTable>]) -> Vec<Placed> {
    let known = KnownRows::of(tables);
    findings.into_iter().map(|finding| place(finding, &known)).collect()
}

fn place(finding: Finding, known: &KnownRows<'_>) -> Placed {
    let own = known.at(&finding.place);
    let row = own.and_then(|row| row.id);
    let quoted_bytes = own.and_then(|row| texts(row).into_iter().map(bytes_of).max()).unwrap_or(0);
    let mut named: HashSet<_> = row.into_iter().collect();
    let others = finding.also.iter().filter_map(|place| known.at(place)?.id);
    let also = others.filter(|id| named.insert(*id)).collect();
    Placed { finding, row, also, quoted_bytes }
}

/// Rows by name and by line; rows with the same name or line are in the order of the tables.
struct KnownRows<'a> {
    named: HashMap<String, Vec<&'a Row>>,
    on_line: HashMap<u32, &'a Row>,
}

impl<'a> KnownRows<'a> {
    fn of(tables: &'a [Arc<PlanTable>]) -> Self {
        let mut known = Self { named: HashMap::new(), on_line: HashMap::new() };
        for (name, row) in tables.iter().flat_map(|table| rows(table)) {
            known.named.entry(name).or_default().push(row);
            for line in &row.lines {
                known.on_line.entry(*line).or_insert(row);
            }
        }
        known
    }

    /// Finds the row at a place by name, or by line if the place has no name. If several rows have the name, the line
    /// selects one of them, else the first is returned.
    fn at(&self, place: &Place) -> Option<&'a Row> {
        let holds_line = |row: &&&Row| place.line.is_some_and(|line| row.lines.contains(&line));
        match &place.row {
            Some(name) => {
                let named = self.named.get(name)?;
                named.iter().find(holds_line).or(named.first()).copied()
            }
            None => place.line.and_then(|line| self.on_line.get(&line).copied()),
        }
    }
}

/// Returns each row with its Japanese name, by which findings refer to it: 令和7年度 1(5) ④.
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
