//! 同じ数値 — rows of one table that report the same figures: one fact that is told twice, or chance?
//!
//! Two figures that agree are asked about when one of them is not small; a single one only when it is large, or when one
//! division counts the same kind of people or things with it in one section.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::finding::{Finding, Notice, Place};
use crate::id::Id;
use crate::observation::Observation;
use crate::passage::with_separators;

use super::KnownFacts;
use super::printed::printed;
use super::row::{Row, pairs_sharing};

/// A value with what it counts.
type Counted = (Decimal, &'static str);

/// With another figure beside it, one of this size is no chance.
const TELLING_IN_COMPANY: i64 = 20;
/// Alone, a figure must be as large as this.
const TELLING_ALONE: i64 = 1000;

pub(super) fn check(rows: &[Row<'_>], known: &KnownFacts) -> Vec<Finding> {
    // Rows that share the same figures are one finding, however many they are.
    let mut sharing: BTreeMap<Vec<Counted>, BTreeSet<usize>> = BTreeMap::new();
    let telling = |row: &Row<'_>| counts(row).into_iter().filter(is_no_chance).collect();
    for (i, j) in pairs_sharing(rows, telling) {
        let mut shared: Vec<Counted> = counts(&rows[i]).intersection(&counts(&rows[j])).copied().collect();
        shared.retain(|counted| !is_known(&rows[i], &rows[j], counted, known));
        if is_telling(&shared) || counts_of_one_desk(&rows[i], &rows[j], &shared) {
            sharing.entry(shared).or_default().extend([i, j]);
        }
    }
    sharing.into_iter().map(|(figures, standing)| finding(rows, &figures, &standing)).collect()
}

/// Whether both rows are known to report one thing with this figure.
fn is_known(one: &Row<'_>, other: &Row<'_>, counted: &Counted, known: &KnownFacts) -> bool {
    let of = |row: &Row<'_>| -> Vec<Option<Id<Observation>>> {
        let figures = printed(row).into_iter().filter(|f| (f.value.normalize(), f.counted_in) == *counted);
        figures.map(|figure| figure.figure.observation).collect()
    };
    let theirs = of(other);
    !known.fact_of.is_empty() && of(one).iter().any(|mine| theirs.iter().any(|its| known.are_one(*mine, *its)))
}

fn counts(row: &Row<'_>) -> BTreeSet<Counted> {
    let figures = printed(row).into_iter().filter(|figure| figure.is_count() && !figure.value.is_zero());
    figures.map(|figure| (figure.value.normalize(), figure.counted_in)).collect()
}

fn is_no_chance(counted: &Counted) -> bool {
    counted.0 >= Decimal::from(TELLING_IN_COMPANY)
}

fn is_telling(shared: &[Counted]) -> bool {
    match shared {
        [(alone, _)] => *alone >= Decimal::from(TELLING_ALONE) && !is_round(*alone),
        several => several.iter().any(is_no_chance),
    }
}

/// 資格講座 参加者 29人 and 起業講座 参加者 29人, by one division in one section.
fn counts_of_one_desk(one: &Row<'_>, other: &Row<'_>, shared: &[Counted]) -> bool {
    let [figure] = shared else { return false };
    let counted = |row: &Row<'_>| -> BTreeSet<String> {
        let figures = printed(row).into_iter().filter(|f| (f.value.normalize(), f.counted_in) == *figure);
        figures.map(|figure| figure.counted_word()).collect()
    };
    std::ptr::eq(one.section, other.section)
        && one.initiative.divisions == other.initiative.divisions
        && is_no_chance(figure)
        && counted(one).intersection(&counted(other)).any(|word| !word.is_empty())
}

/// 500, 1,000: amounts that are granted often.
fn is_round(value: Decimal) -> bool {
    (value % Decimal::ONE_HUNDRED).is_zero()
}

fn finding(rows: &[Row<'_>], figures: &[Counted], standing: &BTreeSet<usize>) -> Finding {
    let said: Vec<String> =
        figures.iter().map(|(value, counted_in)| with_separators(&value.to_string()) + counted_in).collect();
    let mut places = standing.iter().map(|i| place_of(&rows[*i], figures));
    let first = places.next().unwrap_or(Place::whole());
    Finding::new(Notice::FigureRepeated { figures: said.join("、") }, first).also(places)
}

/// Where the row prints the first of these figures.
fn place_of(row: &Row<'_>, figures: &[Counted]) -> Place {
    let figure =
        printed(row).into_iter().find(|figure| figures.contains(&(figure.value.normalize(), figure.counted_in)));
    figure.map_or_else(|| row.place(), |figure| row.place_of(figure.figure))
}
