//! 確認 — the checks: pure functions from a [`Document`] to findings, one file for each kind of problem.
//!
//! The checks work on the document as read or stored, never on lines of a file: a stored plan is checked like an
//! imported one. A reader reports the problems that are visible only in the file (an unreadable date, a row without
//! cells), and [`merge`] combines both lists of findings. In doubtful cases a check reports nothing, because nobody
//! reads hundreds of findings.

mod differing_figures;
mod divisions;
mod known_facts;
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

pub use known_facts::KnownFacts;

use row::Row;

/// Returns all findings from the document alone, in the order of its lines.
pub fn check(document: &Document) -> Vec<Finding> {
    check_knowing(document, &KnownFacts::default())
}

/// Like [`check`], but with the figures that are known to report one fact. Their repetition is not reported; different
/// values are.
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

/// Checks of a single row.
const ROW_CHECKS: [RowCheck; 6] =
    [markup::check, tense::check, stale_year::check, sums::check, rates::check, order::check];

/// Checks that compare rows.
const TABLE_CHECKS: [TableCheck; 3] = [repeated_text::check, names::check, divisions::check];

/// Returns findings from a comparison with the tables of earlier years: figures far from their earlier values.
pub fn check_against(document: &Document, earlier: &[&PlanTable]) -> Vec<Finding> {
    in_order(outliers::check(document, earlier))
}

/// Merges the findings of a reader and of the checks into one list in the order of lines. If both report the same code
/// at one place, or the same notice on neighbouring lines, only the reader's finding stays.
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

/// The findings reported so far, by code and place.
#[derive(Default)]
struct Told {
    /// The notices of each code and line.
    at_lines: HashMap<(&'static str, u32), Vec<Notice>>,
    /// Findings without a line, by code and name of the row.
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

/// Returns a sort key that puts places without a line last.
fn place_key(place: &Place) -> (bool, Option<u32>) {
    (place.line.is_none(), place.line)
}

#[cfg(test)]
mod tests;
