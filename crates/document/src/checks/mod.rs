//! 確認 — the checks: pure functions from a [`Document`] to findings, one file for each kind of thing that is looked for.
//!
//! They work on what was read or stored, never on lines of a file, so a stored plan is checked as an imported one is. A
//! reader reports itself what only it can see (a date that it could not read, a row without cells); [`merge`] combines both.
//! A check reports nothing when it is not sure: a list of hundreds helps nobody.

mod differing_figures;
mod divisions;
mod markup;
mod names;
mod numbering;
mod order;
mod outliers;
mod printed;
mod rates;
mod repeated_figures;
mod repeated_text;
mod row;
mod shared_facts;
mod spelling;
mod stale_year;
mod sums;
mod tense;
mod titles;

use std::collections::HashMap;

use crate::document::{Document, PlanTable};
use crate::finding::{Finding, Notice, Place};
use crate::id::{self, Id};

use row::Row;

/// 周知の共通実績 — which figures of a document are known to tell of one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownFacts {
    pub fact_of: HashMap<Id<id::Observation>, Id<id::SharedFact>>,
    /// Reports that differ and that nobody has explained, with the fact's name.
    pub differing: Vec<(String, Id<id::Observation>, Id<id::Observation>)>,
}

impl KnownFacts {
    /// Whether two figures are known to be one thing.
    fn are_one(&self, one: Option<Id<id::Observation>>, other: Option<Id<id::Observation>>) -> bool {
        let fact = |id: Option<Id<id::Observation>>| id.and_then(|id| self.fact_of.get(&id));
        fact(one).is_some() && fact(one) == fact(other)
    }
}

/// Everything that one document shows by itself, in the order of its lines.
pub fn check(document: &Document) -> Vec<Finding> {
    check_knowing(document, &KnownFacts::default())
}

/// The same, with figures that are known to report one thing: these repeat on purpose, and must agree.
pub fn check_knowing(document: &Document, known: &KnownFacts) -> Vec<Finding> {
    let document = &*document.without_repeats();
    let rows = row::rows(document);
    let mut findings = Vec::new();
    for check in ROW_CHECKS {
        findings.extend(rows.iter().flat_map(check));
    }
    for check in TABLE_CHECKS {
        findings.extend(check(&rows));
    }
    findings.extend(repeated_figures::check(&rows, known));
    findings.extend(differing_figures::check(&rows, known));
    findings.extend(shared_facts::check(&rows, known));
    findings.extend(numbering::check(document));
    findings.extend(titles::check(document));
    findings.extend(spelling::check(document));
    in_order(findings)
}

type RowCheck = fn(&Row<'_>) -> Vec<Finding>;
type TableCheck = fn(&[Row<'_>]) -> Vec<Finding>;

/// What one row shows by itself.
const ROW_CHECKS: [RowCheck; 6] =
    [markup::check, tense::check, stale_year::check, sums::check, rates::check, order::check];

/// What rows show side by side.
const TABLE_CHECKS: [TableCheck; 3] = [repeated_text::check, names::check, divisions::check];

/// What a document shows beside the tables of earlier years: figures far from their own history.
pub fn check_against(document: &Document, earlier: &[&PlanTable]) -> Vec<Finding> {
    in_order(outliers::check(document, earlier))
}

/// The findings of a reader and of the checks as one list in the order of lines: the same code at the same place, or the same
/// notice about neighbouring lines, is said once, by the reader.
pub fn merge(reader: Vec<Finding>, checks: Vec<Finding>) -> Vec<Finding> {
    let mut told = Told::default();
    reader.iter().for_each(|finding| told.tell(finding));
    let mut merged = reader;
    for finding in checks {
        if !told.says(&finding) {
            told.tell(&finding);
            merged.push(finding);
        }
    }
    in_order(merged)
}

type Said = (Place, Notice);

/// What was told so far, by code and place.
#[derive(Default)]
struct Told {
    /// With the notices of each line.
    at_lines: HashMap<(&'static str, u32), Vec<Notice>>,
    /// What stands on no line of a file, by the name of its row.
    elsewhere: HashMap<(&'static str, Option<String>), Vec<Said>>,
}

impl Told {
    fn tell(&mut self, finding: &Finding) {
        let (code, notice) = (finding.notice.code(), finding.notice.clone());
        match finding.place.line {
            Some(line) => self.at_lines.entry((code, line)).or_default().push(notice),
            None => {
                let of_row = self.elsewhere.entry((code, finding.place.row.clone())).or_default();
                of_row.push((finding.place.clone(), notice));
            }
        }
    }

    fn says(&self, finding: &Finding) -> bool {
        let (code, notice) = (finding.notice.code(), &finding.notice);
        let Some(line) = finding.place.line else {
            let of_row = self.elsewhere.get(&(code, finding.place.row.clone()));
            let same = |known: &Said| known.0 == finding.place && known.1 == *notice;
            return of_row.is_some_and(|known| known.iter().any(same));
        };
        let beside = [line.checked_sub(1), line.checked_add(1)].into_iter().flatten();
        let mut notices = beside.filter_map(|line| self.at_lines.get(&(code, line))).flatten();
        self.at_lines.contains_key(&(code, line)) || notices.any(|known| known == notice)
    }
}

fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| place_key(&finding.place));
    findings
}

/// Places without a line stand last.
fn place_key(place: &Place) -> (bool, Option<u32>) {
    (place.line.is_none(), place.line)
}

#[cfg(test)]
mod tests;
