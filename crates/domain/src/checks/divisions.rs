//! 所管課名 — a division that stands once and differs in one letter from one that stands often.

use std::collections::BTreeMap;

use crate::finding::{Finding, Notice};
use crate::likeness::edits;

use super::row::Row;

/// Shorter names differ in a letter by right (東課, 西課).
const SHORTEST: usize = 4;
/// A name that stands as often as this is established.
const ESTABLISHED: usize = 3;

pub(super) fn check(rows: &[Row<'_>]) -> Vec<Finding> {
    let mut standing: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        for division in &row.initiative.divisions {
            standing.entry(division).or_default().push(i);
        }
    }
    let established =
        |name: &str| standing.iter().any(|(other, rows)| rows.len() >= ESTABLISHED && is_slip_of(name, other));
    let once = standing.iter().filter(|(name, rows)| rows.len() == 1 && established(name));
    once.map(|(name, standing)| {
        Finding::new(Notice::DivisionUnknown { division: (*name).to_owned() }, rows[standing[0]].place())
    })
    .collect()
}

/// 東区福祉課 and 西区福祉課, 第一課 and 第二課 are two divisions.
fn is_slip_of(name: &str, other: &str) -> bool {
    let numbered = |c: char| c.is_numeric() || "東西南北中上下一二三四五六七八九十".contains(c);
    name != other
        && name.chars().count() >= SHORTEST
        && edits(name, other, 1).is_some()
        && !name.chars().any(|c| numbered(c) && !other.contains(c))
}
