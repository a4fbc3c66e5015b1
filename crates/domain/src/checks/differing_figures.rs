//! 違う数値 — one service or event in two rows of a table, with two values.
//!
//! Rows are about one thing when both name it in 「」, or when they print the same whole label.

use crate::finding::{Finding, Notice};

use super::KnownFacts;
use super::names::quoted;
use super::printed::{Printed, printed};
use super::row::{Row, pairs_sharing};

/// A label is a name, not a word like 参加者, from this many characters on.
const NAMING_LABEL: usize = 10;

/// A name in 「」 is the name of one thing from this many characters on.
const NAME: usize = 5;

pub(super) fn check(rows: &[Row<'_>], known: &KnownFacts) -> Vec<Finding> {
    let mut pairs = pairs_sharing(rows, names);
    pairs.extend(pairs_sharing(rows, labels));
    pairs.into_iter().filter_map(|(one, other)| differing(&rows[one], &rows[other], known)).collect()
}

fn names(row: &Row<'_>) -> Vec<String> {
    row.blocks().flat_map(quoted).filter(|name| name.chars().count() >= NAME).map(str::to_owned).collect()
}

fn labels(row: &Row<'_>) -> Vec<String> {
    let labels = row.initiative.figures.iter().map(|figure| &figure.label);
    labels.filter(|label| label.chars().count() >= NAMING_LABEL).cloned().collect()
}

fn differing(one: &Row<'_>, other: &Row<'_>, known: &KnownFacts) -> Option<Finding> {
    let (mine, theirs) = (printed(one), printed(other));
    let shared = shared_name(one, other);
    for a in mine.iter().filter(|figure| figure.is_count()) {
        let rivals: Vec<&Printed<'_>> =
            theirs.iter().filter(|b| b.is_count() && b.counted_in == a.counted_in && counts_alike(a, b)).collect();
        let [b] = rivals[..] else { continue };
        let alone = mine.iter().filter(|c| c.counted_in == a.counted_in && counts_alike(a, c)).count() == 1;
        let same_label = a.figure.label == b.figure.label && a.figure.label.chars().count() >= NAMING_LABEL;
        let same_scope = a.figure.scope == b.figure.scope && a.figure.as_of == b.figure.as_of;
        let about_one = (shared.is_some() && alone) || (same_label && same_scope);
        // What is known to be one thing is looked at as such.
        let is_known = known.are_one(a.figure.observation, b.figure.observation);
        if about_one && a.value != b.value && !is_known {
            let what = shared.unwrap_or_else(|| a.figure.label.clone());
            let notice = Notice::FigureDiffers { what, one: a.said(), other: b.said() };
            return Some(Finding::new(notice, one.place_of(a.figure)).also([other.place_of(b.figure)]));
        }
    }
    None
}

/// The longest name in 「」 that both rows print.
fn shared_name(one: &Row<'_>, other: &Row<'_>) -> Option<String> {
    let mine = names(one);
    names(other).into_iter().filter(|name| mine.contains(name)).max_by_key(|name| name.chars().count())
}

/// 相談者延人数 and 相談者数 count the same people: what is left without counting words is equal.
fn counts_alike(a: &Printed<'_>, b: &Printed<'_>) -> bool {
    let (a, b) = (a.counted_word(), b.counted_word());
    a == b && a.chars().count() >= 2
}
