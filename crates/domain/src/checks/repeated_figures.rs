//! 同じ数値 — rows of one table that report the same figures: one fact that is told twice, or chance?
//!
//! Two figures that agree are asked about when one of them is not small; a single one only when it is large.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::finding::{Finding, Notice, Place};

use super::printed::printed;
use super::row::Row;

/// A value with what it counts.
type Counted = (Decimal, &'static str);

/// With another figure beside it, one of this size is no chance.
const TELLING_IN_COMPANY: i64 = 20;
/// Alone, a figure must be as large as this.
const TELLING_ALONE: i64 = 200;

pub(super) fn check(rows: &[Row<'_>]) -> Vec<Finding> {
    let counted: Vec<BTreeSet<Counted>> =
        rows.iter().map(|row| if row.is_result() { counts(row) } else { BTreeSet::new() }).collect();
    // Rows that share the same figures are one finding, however many they are.
    let mut sharing: BTreeMap<Vec<Counted>, BTreeSet<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        for j in (i + 1..rows.len()).filter(|j| rows[*j].same_table(row)) {
            let shared: Vec<Counted> = counted[i].intersection(&counted[j]).copied().collect();
            if is_telling(&shared) {
                sharing.entry(shared).or_default().extend([i, j]);
            }
        }
    }
    sharing.into_iter().map(|(figures, standing)| finding(rows, &figures, &standing)).collect()
}

fn counts(row: &Row<'_>) -> BTreeSet<Counted> {
    let figures = printed(row).into_iter().filter(|figure| figure.is_count() && !figure.value.is_zero());
    figures.map(|figure| (figure.value.normalize(), figure.counted_in)).collect()
}

fn is_telling(shared: &[Counted]) -> bool {
    let largest = shared.iter().map(|(value, _)| *value).max().unwrap_or_default();
    let least = if shared.len() > 1 { TELLING_IN_COMPANY } else { TELLING_ALONE };
    largest >= Decimal::from(least) && (shared.len() > 1 || !is_round(largest))
}

/// 500, 1,000: amounts that are granted often.
fn is_round(value: Decimal) -> bool {
    (value % Decimal::ONE_HUNDRED).is_zero()
}

fn finding(rows: &[Row<'_>], figures: &[Counted], standing: &BTreeSet<usize>) -> Finding {
    let said: Vec<String> = figures.iter().map(|(value, counted_in)| format!("{value}{counted_in}")).collect();
    let mut places = standing.iter().map(|i| place_of(&rows[*i], figures));
    let first = places.next().unwrap_or(Place { line: None, row: None });
    Finding::new(Notice::FigureRepeated { figures: said.join("、") }, first).also(places)
}

/// Where the row prints the first of these figures.
fn place_of(row: &Row<'_>, figures: &[Counted]) -> Place {
    let figure =
        printed(row).into_iter().find(|figure| figures.contains(&(figure.value.normalize(), figure.counted_in)));
    figure.map_or_else(|| row.place(), |figure| row.place_of(figure.figure))
}
