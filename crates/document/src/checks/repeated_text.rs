//! 再掲 — finds the same sentence in several rows of one table.

use std::collections::BTreeMap;

use crate::finding::{Finding, Notice};
use crate::fiscal_year::FiscalYear;
use crate::search::folded;

use super::row::{Row, quote};

/// Minimum number of characters of a compared sentence: shorter sentences can be equal by chance.
const SHORTEST: usize = 15;

/// Whether a text is long enough and is not a list of figures, which `repeated_figures` compares.
fn is_sentence(folded: &str) -> bool {
    folded.chars().count() >= SHORTEST && folded.chars().filter(char::is_ascii_digit).count() < 3
}

pub(super) fn check(rows: &[Row<'_>]) -> Vec<Finding> {
    let mut rows_of: BTreeMap<(FiscalYear, bool, String), Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        for sentence in row.blocks().flat_map(|block| block.split('。')).map(folded).filter(|text| is_sentence(text)) {
            let standing = rows_of.entry((row.table.fiscal_year, row.is_result(), sentence)).or_default();
            if standing.last() != Some(&i) {
                standing.push(i);
            }
        }
    }
    // Rows that share several sentences make one finding, which quotes the longest.
    let mut longest: BTreeMap<Vec<usize>, String> = BTreeMap::new();
    for ((.., sentence), rows) in rows_of.into_iter().filter(|(_, rows)| rows.len() > 1) {
        let known = longest.entry(rows).or_default();
        if known.len() < sentence.len() {
            *known = sentence;
        }
    }
    let finding = |(standing, sentence): (Vec<usize>, String)| {
        let notice = Notice::TextRepeated { text: quote(&sentence), times: standing.len() };
        Finding::new(notice, rows[standing[0]].place()).also(standing[1..].iter().map(|i| rows[*i].place()))
    };
    longest.into_iter().map(finding).collect()
}
