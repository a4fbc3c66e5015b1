//! 候補 — which rows are worth comparing with a row. In tables as people write them that is every row; in a table of tens of
//! thousands it is those that share rare pairs of characters with it and those that stand where it stands, so that the work grows
//! with the length of the tables and not with its square.

use std::collections::HashMap;

use renkei_document::likeness::{CharacterPairs, Pair, count_steps};

use super::row::{Row, Rows};

/// Tables of so many rows each are compared row by row: nothing is left out.
const FEW: usize = 256;
/// A pair of characters that stands in more rows tells none of them apart.
const MOST_ROWS_WITH_A_PAIR: usize = 128;
/// The rarest pairs of a row find the rows that are like it.
const RAREST: usize = 64;
/// The most rows that are compared for their words, and again for their place.
const MOST: usize = 32;

/// 対の索引 — the rows in which each pair of characters stands.
#[derive(Debug, Default)]
pub(super) struct PairIndex {
    rows_with: HashMap<Pair, Vec<usize>>,
    rows: usize,
}

impl PairIndex {
    /// The index of texts, each by its place.
    fn of<'a>(texts: impl Iterator<Item = &'a CharacterPairs>) -> Self {
        let mut index = Self::default();
        for (row, text) in texts.enumerate() {
            text.pairs().iter().for_each(|pair| index.rows_with.entry(*pair).or_default().push(row));
            index.rows += 1;
        }
        index
    }

    /// The same where so many comparisons would be too many; where not, all rows are compared and none is needed.
    pub fn if_needed<'a>(texts: impl Iterator<Item = &'a CharacterPairs>, comparisons: usize) -> Option<Self> {
        (comparisons > FEW * FEW).then(|| Self::of(texts))
    }

    /// The rows that share the most of a text's rarest pairs, in order.
    pub fn like(&self, text: &CharacterPairs) -> Vec<usize> {
        let known = text.pairs().iter().filter_map(|pair| self.rows_with.get(pair));
        let mut rare: Vec<&Vec<usize>> = known.filter(|rows| rows.len() <= MOST_ROWS_WITH_A_PAIR).collect();
        rare.sort_by_key(|rows| rows.len());
        rare.truncate(RAREST);
        let mut shared: HashMap<usize, f64> = HashMap::new();
        for rows in rare {
            count_steps(rows.len());
            let weight = (1.0 + self.rows as f64 / rows.len() as f64).ln();
            rows.iter().for_each(|row| *shared.entry(*row).or_default() += weight);
        }
        let mut found: Vec<(usize, f64)> = shared.into_iter().collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut rows: Vec<usize> = found.into_iter().take(MOST).map(|(row, _)| row).collect();
        rows.sort_unstable();
        rows
    }
}

/// The old rows that are worth comparing with each new one, in order.
pub(super) fn candidates(old: &Rows<'_>, new: &Rows<'_>) -> Vec<Vec<usize>> {
    let comparisons = old.rows.len() * new.rows.len();
    let Some(index) = PairIndex::if_needed(old.rows.iter().map(|row| &row.whole), comparisons) else {
        return vec![(0..old.rows.len()).collect(); new.rows.len()];
    };
    let there = Neighbours::of(old);
    let of_row = |row: &Row<'_>| {
        let mut rows = index.like(&row.whole);
        rows.extend(there.beside(row, new));
        rows.sort_unstable();
        rows.dedup();
        rows
    };
    new.rows.iter().map(of_row).collect()
}

/// A party, and the titles of a chapter and a section.
type OfSection<'a> = (&'a str, &'a [Pair], &'a [Pair]);

/// The places of each party's rows in each section of the old table, by their numbers.
struct Neighbours<'a>(HashMap<OfSection<'a>, Vec<(u32, usize)>>);

impl<'a> Neighbours<'a> {
    fn of(old: &'a Rows<'_>) -> Self {
        let mut there: HashMap<_, Vec<(u32, usize)>> = HashMap::new();
        for (place, row) in old.rows.iter().enumerate() {
            there.entry(spot_of(row, old)).or_default().push((row.reference.number, place));
        }
        there.values_mut().for_each(|rows| rows.sort_unstable());
        Self(there)
    }

    /// The rows of the same party and section around the row's own number.
    fn beside<'b>(&'b self, row: &'b Row<'_>, new: &'b Rows<'_>) -> impl Iterator<Item = usize> + 'b {
        let rows = self.0.get(&spot_of(row, new)).map_or(&[][..], Vec::as_slice);
        let at = rows.partition_point(|(number, _)| *number < row.reference.number);
        let window = at.saturating_sub(MOST / 2)..rows.len().min(at + MOST / 2);
        rows[window].iter().map(|(_, place)| *place)
    }
}

fn spot_of<'a>(row: &'a Row<'_>, rows: &'a Rows<'_>) -> OfSection<'a> {
    let spot = &rows.spots[row.spot];
    (row.reference.party.as_str(), spot.chapter.pairs(), spot.section.pairs())
}
