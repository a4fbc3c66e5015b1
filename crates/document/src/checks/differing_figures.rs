//! 違う数値 — finds one service or event that two rows of a table report with different values.
//!
//! Two rows are treated as rows about one thing if both contain the same name in 「」, or if both print the same whole
//! label.

use std::collections::{BTreeSet, HashMap};

use crate::finding::{Finding, Notice};

use super::known_facts::KnownFacts;
use super::names::quoted;
use super::printed::{Printed, printed};
use super::row::{Row, pairs_sharing};

/// Minimum length of a label, in characters, that identifies one thing; a shorter label is a general word such as 参加者.
const NAMING_LABEL: usize = 10;

/// Minimum length of a name in 「」, in characters, that identifies one thing.
const NAME: usize = 5;

pub(super) fn check(rows: &[Row<'_>], known: &KnownFacts) -> Vec<Finding> {
    let told: Vec<Told<'_>> = rows.iter().map(Told::of).collect();
    let mut pairs = pairs_sharing(rows, |row| told[row].names.iter().map(String::as_str).collect());
    pairs.extend(pairs_sharing(rows, |row| labels(&rows[row])));
    pairs.into_iter().filter_map(|(i, j)| differing((&rows[i], &told[i]), (&rows[j], &told[j]), known)).collect()
}

/// The names and counts of one row, prepared once for all comparisons.
#[derive(Default)]
struct Told<'a> {
    /// Names in 「」, in the order of the text; `known` contains the same names as a set.
    names: Vec<String>,
    known: BTreeSet<String>,
    counts: Vec<Count<'a>>,
    /// For each key, the indexes (in `counts`) of the counts with this key.
    alike: HashMap<Alike, Vec<usize>>,
}

/// A count, and the key that it shares with other counts of the same thing.
struct Count<'a> {
    printed: Printed<'a>,
    /// `None` if the label without words of counting is too short to identify a thing.
    alike: Option<Alike>,
}

/// Key of a count: its unit, and its label without words of counting. 相談者延人数 and 相談者数 have the same key.
type Alike = (&'static str, String);

impl<'a> Told<'a> {
    fn of(row: &Row<'a>) -> Self {
        if !row.is_result() {
            return Self::default();
        }
        let names = row.blocks().flat_map(quoted).filter(|name| name.chars().count() >= NAME).map(str::to_owned);
        let counts = printed(row).into_iter().filter(Printed::is_count).map(|printed| {
            let word = printed.counted_word();
            let alike = (word.chars().count() >= 2).then_some((printed.counted_in, word));
            Count { printed, alike }
        });
        let counts: Vec<Count<'_>> = counts.collect();
        let mut alike: HashMap<Alike, Vec<usize>> = HashMap::new();
        for (place, count) in counts.iter().enumerate() {
            if let Some(key) = &count.alike {
                alike.entry(key.clone()).or_default().push(place);
            }
        }
        let names: Vec<String> = names.collect();
        Self { known: names.iter().cloned().collect(), names, counts, alike }
    }

    /// Returns the indexes of the counts that have the same key as `count`.
    fn of_the_same(&self, count: &Count<'_>) -> &[usize] {
        count.alike.as_ref().and_then(|alike| self.alike.get(alike)).map_or(&[], Vec::as_slice)
    }
}

fn labels<'a>(row: &Row<'a>) -> Vec<&'a str> {
    let labels = row.initiative.figures.iter().map(|figure| figure.label.as_str());
    labels.filter(|label| label.chars().count() >= NAMING_LABEL).collect()
}

fn differing(
    (one, mine): (&Row<'_>, &Told<'_>),
    (other, theirs): (&Row<'_>, &Told<'_>),
    known: &KnownFacts,
) -> Option<Finding> {
    let shared = shared_name(mine, theirs);
    for count in &mine.counts {
        let [rival] = theirs.of_the_same(count) else { continue };
        let (a, b) = (&count.printed, &theirs.counts[*rival].printed);
        let alone = mine.of_the_same(count).len() == 1;
        let same_label = a.figure.label == b.figure.label && a.figure.label.chars().count() >= NAMING_LABEL;
        let same_scope = a.figure.scope == b.figure.scope && a.figure.as_of == b.figure.as_of;
        let about_one = (shared.is_some() && alone) || (same_label && same_scope);
        // Figures of one shared fact are checked by `shared_facts` instead.
        let is_known = known.are_one(a.figure.observation, b.figure.observation);
        if about_one && a.value != b.value && !is_known {
            let what = shared.map_or_else(|| a.figure.label.clone(), str::to_owned);
            let notice = Notice::FigureDiffers { what, one: a.said(), other: b.said() };
            return Some(Finding::new(notice, one.place_of(a.figure)).also([other.place_of(b.figure)]));
        }
    }
    None
}

/// Returns the longest name in 「」 that both rows contain.
fn shared_name<'t>(mine: &Told<'_>, theirs: &'t Told<'_>) -> Option<&'t str> {
    let shared = theirs.names.iter().filter(|name| mine.known.contains(*name));
    shared.max_by_key(|name| name.chars().count()).map(String::as_str)
}
