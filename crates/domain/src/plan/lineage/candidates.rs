//! 候補 — selects the rows that are worth comparing with a row. In tables of usual length, every row is compared with
//! every other. In very long tables, rows are compared only if they share rare pairs of characters or are at a similar
//! place. Therefore the time grows with the length of the tables and not with its square.

use std::collections::HashMap;

use renkei_document::likeness::{CharacterPairs, Pair, count_steps};

use super::row::{Row, Rows};

/// Maximum number of rows per table for comparing every row with every other.
const FEW: usize = 256;
/// Maximum number of rows that contain a pair of characters: a more frequent pair is ignored, because it does not
/// distinguish rows.
const MOST_ROWS_WITH_A_PAIR: usize = 128;
/// Number of the rarest pairs of a row that are used to find similar rows.
const RAREST: usize = 64;
/// Maximum number of rows that are compared because of their words; the same maximum applies to rows compared because
/// of their place.
const MOST: usize = 32;

/// 対の索引 — the rows that contain each pair of characters.
#[derive(Debug, Default)]
pub(super) struct PairIndex {
    rows_with: HashMap<Pair, Vec<usize>>,
    rows: usize,
}

impl PairIndex {
    /// Builds the index of texts; a row's number is the position of its text.
    fn of<'a>(texts: impl Iterator<Item = &'a CharacterPairs>) -> Self {
        let mut index = Self::default();
        for (row, text) in texts.enumerate() {
            text.pairs().iter().for_each(|pair| index.rows_with.entry(*pair).or_default().push(row));
            index.rows += 1;
        }
        index
    }

    /// Builds the index if the number of comparisons would be too large. Otherwise `None`: all rows are compared.
    pub fn if_needed<'a>(texts: impl Iterator<Item = &'a CharacterPairs>, comparisons: usize) -> Option<Self> {
        (comparisons > FEW * FEW).then(|| Self::of(texts))
    }

    /// Returns the rows that share the most of a text's rarest pairs, in order.
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

/// Returns the old rows that are worth comparing with each new one, in order.
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

/// The positions of each party's rows in each section of the old table, with their row numbers.
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

    /// Returns the rows of the same party and section with numbers near the row's own number.
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
