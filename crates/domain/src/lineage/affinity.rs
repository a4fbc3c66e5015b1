//! How near each old row is to each new one.

use crate::document::PlanTable;
use crate::likeness::{PairWeights, likeness};
use crate::renamed_divisions::SameDivisions;
use crate::search::folded;

use super::row::{Row, rows};

/// Pairs below this score are no pair.
pub(super) const LEAST_SCORE: f64 = 0.42;
/// The same where the row would have moved to another section.
const LEAST_SCORE_MOVED: f64 = 0.66;

/// The rows of both tables, and how near each is to each.
pub(super) struct Affinity<'a> {
    pub old: Vec<Row<'a>>,
    pub new: Vec<Row<'a>>,
    /// Row by row of `old`.
    scores: Vec<f64>,
}

impl<'a> Affinity<'a> {
    pub fn between(old: &'a PlanTable, new: &'a PlanTable, same: &SameDivisions) -> Self {
        let (mut old, mut new) = (rows(old, same), rows(new, same));
        let weights = PairWeights::of(old.iter().chain(&new).map(|row| &row.text));
        for row in old.iter_mut().chain(&mut new) {
            row.text = weights.weigh(&row.text);
            row.whole = weights.weigh(&row.whole);
        }
        let scores = old.iter().flat_map(|old| new.iter().map(|new| score(old, new))).collect();
        Self { old, new, scores }
    }

    /// How alike the two texts are, 0 to 1.
    pub fn likeness(&self, from: usize, to: usize) -> f64 {
        self.old[from].text.likeness(&self.new[to].text)
    }

    /// Text, divisions and place together, 0 to 1.
    pub fn score(&self, from: usize, to: usize) -> f64 {
        self.scores[from * self.new.len() + to]
    }

    /// Whether the score is enough for a pair. A row that moved to another section is known by its words alone.
    pub fn is_pair(&self, from: usize, to: usize) -> bool {
        let moved = same_place(&self.old[from], &self.new[to]) < 0.3;
        self.score(from, to) >= if moved { LEAST_SCORE_MOVED } else { LEAST_SCORE }
    }

    /// Whether both rows stand in the same section with the same divisions.
    pub fn same_desk(&self, from: usize, to: usize) -> bool {
        let (old, new) = (&self.old[from], &self.new[to]);
        old.reference.party == new.reference.party
            && !new.divisions.is_empty()
            && old.divisions == new.divisions
            && same_place(old, new) >= 0.5
    }

    /// Whether rows like this one stand in at least two other sections: something begun in many places at once.
    pub fn has_siblings(&self, to: usize) -> bool {
        let new = &self.new[to];
        let elsewhere = |row: &&Row<'_>| {
            (row.reference.chapter, row.reference.section) != (new.reference.chapter, new.reference.section)
        };
        let alike = |row: &&Row<'_>| row.text.likeness(&new.text) >= 0.6;
        self.new.iter().filter(elsewhere).filter(alike).count() >= 2
    }

    /// Whether the old row stands in the new one beside its own ancestor: most of the old row is in it, it explains what
    /// the own ancestor does not, and it comes from near.
    pub fn stands_in(&self, from: usize, own: usize, to: usize) -> bool {
        let (old, new) = (&self.old[from], &self.new[to]);
        let own = &self.old[own].text;
        let gain = new.text.contained_in(&own.union(&old.text)) - new.text.contained_in(own);
        let inside = old.text.contained_in(&new.text);
        let near = 0.5 * shared_divisions(old, new) + 0.5 * same_place(old, new);
        old.reference.party == new.reference.party && inside >= 0.5 && gain >= 0.12 && near >= 0.3
    }

    /// Whether one sentence of the new row is the whole text of another new row.
    pub fn repeats(&self, to: usize, other: usize) -> bool {
        let whole = folded(&self.new[other].initiative.text);
        let text = folded(&self.new[to].initiative.text);
        let sentences: Vec<&str> = text.split_inclusive('。').collect();
        sentences.len() > 1 && sentences.contains(&whole.as_str())
    }

    /// Whether the texts differ in nothing but what stands in 「」.
    pub fn differs_in_name_only(&self, from: usize, to: usize) -> bool {
        let (old, new) = (&self.old[from].initiative.text, &self.new[to].initiative.text);
        let (old_names, old_rest) = quoted(old);
        let (new_names, new_rest) = quoted(new);
        !old_names.is_empty()
            && !new_names.is_empty()
            && old_names != new_names
            && likeness(&old_rest, &new_rest) >= 0.85
    }
}

fn score(old: &Row<'_>, new: &Row<'_>) -> f64 {
    let text = 0.6 * old.text.likeness(&new.text)
        + 0.25 * new.text.contained_in(&old.whole)
        + 0.15 * old.text.contained_in(&new.whole);
    let other_party = if old.reference.party == new.reference.party { 0.0 } else { 0.15 };
    0.70 * text + 0.14 * shared_divisions(old, new) + 0.16 * same_place(old, new) - other_party
}

/// The section counts by its title, since sections move: in another chapter half as much.
fn same_place(old: &Row<'_>, new: &Row<'_>) -> f64 {
    let chapter = old.titles.0.likeness(&new.titles.0);
    old.titles.1.likeness(&new.titles.1) * (0.5 + 0.5 * chapter)
}

fn shared_divisions(old: &Row<'_>, new: &Row<'_>) -> f64 {
    let shared = old.divisions.intersection(&new.divisions).count() as f64;
    let most = old.divisions.len().max(new.divisions.len()).max(1) as f64;
    shared / most
}

/// What stands in 「」, and the text without it.
fn quoted(text: &str) -> (Vec<String>, String) {
    let (mut names, mut rest) = (Vec::new(), String::new());
    for part in text.split('「') {
        match part.split_once('」') {
            Some((name, after)) => {
                names.push(name.to_owned());
                rest.push_str(after);
            }
            None => rest.push_str(part),
        }
    }
    (names, rest)
}
