//! 同じ数値 — finds rows of one table that report the same figures: either one fact is reported twice, or it is chance.
//!
//! Two or more shared figures are reported if at least one of them is not small. A single shared figure is reported if
//! it is large, or if one division counts the same people or things in two rows of one section.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::figure::Figure;
use crate::finding::{Finding, Notice, Place};
use crate::passage::with_separators;

use super::known_facts::KnownFacts;
use super::printed::{Printed, printed};
use super::row::{Row, pairs_sharing};

/// A value and its unit.
type Counted = (Decimal, &'static str);

/// Minimum value at which equality is treated as more than chance if several figures are equal.
const TELLING_IN_COMPANY: i64 = 20;
/// Minimum value at which equality is treated as more than chance if a single figure is equal.
const TELLING_ALONE: i64 = 1000;

pub(super) fn check(rows: &[Row<'_>], known: &KnownFacts) -> Vec<Finding> {
    let told: Vec<Told<'_>> = rows.iter().map(Told::of).collect();
    // All rows that share the same figures make one finding.
    let mut sharing: BTreeMap<Vec<Counted>, BTreeSet<usize>> = BTreeMap::new();
    let telling = |row: usize| told[row].counts.iter().copied().filter(is_no_chance).collect();
    for (i, j) in pairs_sharing(rows, telling) {
        let mut shared: Vec<Counted> = told[i].counts.intersection(&told[j].counts).copied().collect();
        shared.retain(|counted| !is_known(&told[i], &told[j], counted, known));
        if is_telling(&shared) || counts_of_one_desk((&rows[i], &told[i]), (&rows[j], &told[j]), &shared) {
            sharing.entry(shared).or_default().extend([i, j]);
        }
    }
    sharing.into_iter().map(|(figures, standing)| finding(rows, &figures, &standing)).collect()
}

/// The figures and counts of one row, prepared once for all comparisons.
#[derive(Default)]
struct Told<'a> {
    figures: Vec<(Counted, &'a Figure, String)>,
    counts: BTreeSet<Counted>,
}

impl<'a> Told<'a> {
    fn of(row: &Row<'a>) -> Self {
        if !row.is_result() {
            return Self::default();
        }
        let printed = printed(row);
        let counts = printed.iter().filter(|figure| figure.is_count() && !figure.value.is_zero()).map(counted);
        let counts = counts.collect();
        let figures = printed.iter().map(|figure| (counted(figure), figure.figure, figure.counted_word()));
        Self { figures: figures.collect(), counts }
    }

    /// Returns the figures with this value, each with the word for what it counts.
    fn of_value<'t>(&'t self, counted: &'t Counted) -> impl Iterator<Item = (&'a Figure, &'t str)> {
        let same = self.figures.iter().filter(move |(known, ..)| known == counted);
        same.map(|(_, figure, word)| (*figure, word.as_str()))
    }
}

fn counted(figure: &Printed<'_>) -> Counted {
    (figure.value.normalize(), figure.counted_in)
}

/// Whether the two rows are known to report one fact with this figure.
fn is_known(one: &Told<'_>, other: &Told<'_>, counted: &Counted, known: &KnownFacts) -> bool {
    if known.fact_of.is_empty() {
        return false;
    }
    let theirs: Vec<_> = other.of_value(counted).map(|(figure, _)| figure.observation).collect();
    let mut mine = one.of_value(counted).map(|(figure, _)| figure.observation);
    mine.any(|mine| theirs.iter().any(|its| known.are_one(mine, *its)))
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

/// Whether two rows of one division and one section count the same things: 資格講座 参加者 29人 and 起業講座 参加者 29人.
fn counts_of_one_desk(one: (&Row<'_>, &Told<'_>), other: (&Row<'_>, &Told<'_>), shared: &[Counted]) -> bool {
    let [figure] = shared else { return false };
    let is_of_one_desk = std::ptr::eq(one.0.section, other.0.section)
        && one.0.initiative.divisions == other.0.initiative.divisions
        && is_no_chance(figure);
    let words = |told: &Told<'_>| -> BTreeSet<String> {
        told.of_value(figure).map(|(_, word)| word.to_owned()).filter(|word| !word.is_empty()).collect()
    };
    is_of_one_desk && !words(one.1).is_disjoint(&words(other.1))
}

/// Whether the value is a multiple of 100 (500, 1,000), as granted amounts often are.
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

/// Returns the place of the first of these figures in the row.
fn place_of(row: &Row<'_>, figures: &[Counted]) -> Place {
    let figure =
        printed(row).into_iter().find(|figure| figures.contains(&(figure.value.normalize(), figure.counted_in)));
    figure.map_or_else(|| row.place(), |figure| row.place_of(figure.figure))
}
