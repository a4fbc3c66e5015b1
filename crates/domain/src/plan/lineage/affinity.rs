//! Measures the similarity of the pairs of an old and a new row that are worth comparing.

use std::collections::{BTreeSet, HashMap, VecDeque};

use renkei_document::document::PlanTable;
use renkei_document::likeness::{CharacterPairs, Pair, PairWeights, likeness};
use renkei_document::search::folded;

use crate::organisation::division_names::SameDivisions;

use super::candidates::{PairIndex, candidates};
use super::row::{Row, Rows, Spot, rows};

/// Minimum score of a pair.
pub(super) const LEAST_SCORE: f64 = 0.42;
/// Minimum score of a pair whose rows are in different sections.
const LEAST_SCORE_MOVED: f64 = 0.66;
/// If this many similar rows are in other sections, the row is treated as a new measure that starts in many places at
/// once.
const SIBLINGS: usize = 2;
/// Minimum likeness of two texts that are treated as similar.
const LIKE_A_SIBLING: f64 = 0.6;
/// Maximum number of rows whose whole text is the same sentence. If more rows consist of this sentence, it is treated
/// as a stock phrase and not as a repeated row.
const MOST_REPEATED: usize = 128;

/// The rows of both tables, and their similarity.
pub(super) struct Affinity<'a> {
    pub old: Vec<Row<'a>>,
    pub new: Vec<Row<'a>>,
    /// For each new row, the old rows that are worth comparing with it, in order.
    candidates: Vec<Vec<usize>>,
    nearness: Nearness,
    /// The new rows, by their folded whole text.
    saying: HashMap<String, Vec<usize>>,
}

/// The parts that give two rows the greatest possible score if equal: party, divisions, titles and words.
type Alike<'r> = (&'r str, &'r BTreeSet<String>, [&'r [Pair]; 3]);

impl<'a> Affinity<'a> {
    pub fn between(old: &'a PlanTable, new: &'a PlanTable, same: &SameDivisions) -> Self {
        let (mut old, mut new) = (rows(old, same), rows(new, same));
        let weights = PairWeights::of(old.rows.iter().chain(&new.rows).map(|row| &row.text));
        for row in old.rows.iter_mut().chain(&mut new.rows) {
            row.text = weights.weigh(&row.text);
            row.whole = weights.weigh(&row.whole);
        }
        let mut saying: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, row) in new.rows.iter().enumerate() {
            saying.entry(folded(&row.initiative.text)).or_default().push(place);
        }
        let candidates = candidates(&old, &new);
        let (Rows { rows: old, spots }, Rows { rows: new, spots: new_spots }) = (old, new);
        Self { old, new, candidates, nearness: Nearness::between(spots, new_spots), saying }
    }

    /// Returns the old rows that are worth comparing with a new one, in order.
    pub fn candidates(&self, to: usize) -> impl Iterator<Item = usize> {
        self.candidates[to].iter().copied()
    }

    /// Returns the likeness of the two texts, 0 to 1.
    pub fn likeness(&self, from: usize, to: usize) -> f64 {
        self.old[from].text.likeness(&self.new[to].text)
    }

    /// Returns the combined score of text, divisions and place, 0 to 1.
    pub fn score(&self, from: usize, to: usize) -> f64 {
        let (old, new) = (&self.old[from], &self.new[to]);
        let text = 0.6 * old.text.likeness(&new.text)
            + 0.25 * new.text.contained_in(&old.whole)
            + 0.15 * old.text.contained_in(&new.whole);
        let other_party = if old.reference.party == new.reference.party { 0.0 } else { 0.15 };
        0.70 * text + 0.14 * shared_divisions(old, new) + 0.16 * self.same_place(from, to) - other_party
    }

    /// Returns the score if it is high enough for a pair. A row that moved to another section is recognised only by its
    /// words, so its minimum is higher.
    pub fn pair_score(&self, from: usize, to: usize) -> Option<f64> {
        let moved = self.same_place(from, to) < 0.3;
        let least = if moved { LEAST_SCORE_MOVED } else { LEAST_SCORE };
        Some(self.score(from, to)).filter(|score| *score >= least)
    }

    /// Pairs each new row with the first free old row that has the same party, divisions, titles and words, because no
    /// other old row can have a higher score. Each old row is used once; existing pairs in `first` stay.
    pub fn take_the_same(&self, first: &mut [Option<usize>], taken: &mut [bool]) {
        let mut free: HashMap<Alike<'_>, VecDeque<usize>> = HashMap::new();
        for (from, row) in self.old.iter().enumerate().filter(|(from, _)| !taken[*from]) {
            if let Some(alike) = alike(row, &self.nearness.old) {
                free.entry(alike).or_default().push_back(from);
            }
        }
        for (to, row) in self.new.iter().enumerate().filter(|(to, _)| first[*to].is_none()).collect::<Vec<_>>() {
            let alike = alike(row, &self.nearness.new);
            if let Some(from) = alike.and_then(|alike| free.get_mut(&alike)?.pop_front()) {
                first[to] = Some(from);
                taken[from] = true;
            }
        }
    }

    fn same_place(&self, from: usize, to: usize) -> f64 {
        self.near(self.old[from].spot, self.new[to].spot)
    }

    /// Returns the similarity of a section of the new table and a section of the old table, 0 to 1.
    pub fn near(&self, old: usize, new: usize) -> f64 {
        self.nearness.of(old, new)
    }

    /// Whether similar rows are in at least two other sections: then the row is treated as a measure that starts in
    /// many places at once.
    pub fn has_siblings(&self, to: usize, siblings: &Siblings<'_>) -> bool {
        let new = &self.new[to];
        let section = |row: &Row<'_>| (row.reference.chapter, row.reference.section);
        let elsewhere = |row: &usize| section(&self.new[*row]) != section(new);
        let same = siblings.of_text.get(new.text.pairs()).map_or(&[][..], Vec::as_slice);
        if same.iter().filter(|row| elsewhere(row)).take(SIBLINGS).count() == SIBLINGS {
            return true;
        }
        let all = || (0..self.new.len()).collect();
        let alike = |row: &usize| self.new[*row].text.likeness(&new.text) >= LIKE_A_SIBLING;
        let rows: Vec<usize> = siblings.index.as_ref().map_or_else(all, |index| index.like(&new.text));
        rows.iter().filter(|row| elsewhere(row) && alike(row)).take(SIBLINGS).count() == SIBLINGS
    }

    /// Whether the new row also contains this old row, in addition to its own ancestor. At least half of the old row's
    /// text must occur in the new row, and it must contain a part of the new text that the own ancestor lacks. Its
    /// divisions and place must be similar.
    pub fn stands_in(&self, from: usize, own: usize, to: usize) -> bool {
        let near = 0.5 * shared_divisions(&self.old[from], &self.new[to]) + 0.5 * self.same_place(from, to);
        let (old, new) = (&self.old[from], &self.new[to]);
        if old.reference.party != new.reference.party || near < 0.3 || old.text.contained_in(&new.text) < 0.5 {
            return false;
        }
        let own = &self.old[own].text;
        new.text.contained_in(&own.union(&old.text)) - new.text.contained_in(own) >= 0.12
    }

    /// Returns the other new rows whose whole text is one of the sentences of this row, if it has several.
    pub fn repeated_by(&self, to: usize) -> Vec<usize> {
        let text = folded(&self.new[to].initiative.text);
        let sentences: BTreeSet<&str> = text.split_inclusive('。').collect();
        if text.split_inclusive('。').count() < 2 {
            return Vec::new();
        }
        let rows = sentences.into_iter().filter_map(|sentence| self.saying.get(sentence));
        let rows = rows.filter(|rows| rows.len() <= MOST_REPEATED).flatten().copied();
        rows.filter(|other| *other != to).collect()
    }

    /// Whether the texts differ in the names in 「」 and are otherwise (nearly) the same.
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

/// Returns the key of rows that have the greatest possible score with this row. `None` if the row's text, its
/// chapter title, its section title or its list of divisions is empty.
fn alike<'r>(row: &'r Row<'_>, spots: &'r [Spot]) -> Option<Alike<'r>> {
    let spot = &spots[row.spot];
    let words = [&row.text, &spot.chapter, &spot.section].map(CharacterPairs::pairs);
    let is_telling = !row.divisions.is_empty() && words.iter().all(|pairs| !pairs.is_empty());
    is_telling.then_some((row.reference.party.as_str(), &row.divisions, words))
}

/// An index of the new rows, to find rows that are similar to one of them.
pub(super) struct Siblings<'r> {
    of_text: HashMap<&'r [Pair], Vec<usize>>,
    /// `None` if the table is short: then every row is compared with every other.
    index: Option<PairIndex>,
}

impl<'r> Siblings<'r> {
    pub fn among(rows: &'r [Row<'_>]) -> Self {
        let mut of_text: HashMap<&[Pair], Vec<usize>> = HashMap::new();
        for (place, row) in rows.iter().enumerate() {
            of_text.entry(row.text.pairs()).or_default().push(place);
        }
        let index = PairIndex::if_needed(rows.iter().map(|row| &row.text), rows.len() * rows.len());
        Self { of_text, index }
    }
}

/// The similarity of the sections of the new table and the old one.
struct Nearness {
    old: Vec<Spot>,
    new: Vec<Spot>,
    /// The values, grouped by section of the old table; empty if there are too many to store.
    known: Vec<f64>,
}

/// Maximum number of stored values. No report has more than some tens of sections.
const MOST_KNOWN: usize = 1_000_000;

impl Nearness {
    fn between(old: Vec<Spot>, new: Vec<Spot>) -> Self {
        let keeps = old.len().saturating_mul(new.len()) <= MOST_KNOWN;
        let pairs = old.iter().filter(|_| keeps).flat_map(|old| new.iter().map(move |new| nearness(old, new)));
        let known = pairs.collect();
        Self { old, new, known }
    }

    fn of(&self, old: usize, new: usize) -> f64 {
        let known = self.known.get(old * self.new.len() + new).copied();
        known.unwrap_or_else(|| nearness(&self.old[old], &self.new[new]))
    }
}

/// Returns the similarity of two sections by their titles, because sections move. In another chapter it counts half as
/// much.
fn nearness(old: &Spot, new: &Spot) -> f64 {
    old.section.likeness(&new.section) * (0.5 + 0.5 * old.chapter.likeness(&new.chapter))
}

fn shared_divisions(old: &Row<'_>, new: &Row<'_>) -> f64 {
    let shared = old.divisions.intersection(&new.divisions).count() as f64;
    let most = old.divisions.len().max(new.divisions.len()).max(1) as f64;
    shared / most
}

/// Returns the names in 「」, and the text without them.
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
