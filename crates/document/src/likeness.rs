//! 類似 — the likeness of two Japanese texts, by pairs of neighbouring characters or by the number of changed characters.
//!
//! Texts are compared in their folded form ([`folded`]: NFKC, lower case, no white space).

use std::cell::Cell;
use std::collections::HashMap;

use crate::search::folded;

/// 文字対の番号 — two neighbouring characters as one number.
pub type Pair = u64;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Returns the steps that this thread has taken to compare texts. Tests use this number to check how the work grows
/// with the length of a table.
pub fn steps_taken() -> u64 {
    STEPS.get()
}

/// Adds to [`steps_taken`].
pub fn count_steps(steps: usize) {
    STEPS.set(STEPS.get() + steps as u64);
}

/// 文字対 — the pairs of neighbouring characters in a text, each once and with a weight. Pairs are used because single
/// characters do not distinguish Japanese words. They are sorted, so that sums are fast and the same in every run.
#[derive(Debug, Clone, Default)]
pub struct CharacterPairs {
    pairs: Vec<Pair>,
    /// The weight of each pair, in the order of `pairs`.
    weights: Vec<f64>,
    weight: f64,
}

impl CharacterPairs {
    /// Returns the pairs of a folded text, each with weight 1; a text of one character has none.
    pub fn of(folded_text: &str) -> Self {
        let neighbours = folded_text.chars().zip(folded_text.chars().skip(1));
        Self::each_once(neighbours.map(|(one, next)| u64::from(one) << 32 | u64::from(next)).collect(), |_| 1.0)
    }

    /// Returns the pairs of both texts; a pair that both contain occurs once in the result, with the weight from one of
    /// them.
    pub fn union(&self, other: &Self) -> Self {
        let mut all: Vec<(Pair, f64)> = self.weighed().chain(other.weighed()).collect();
        all.sort_unstable_by_key(|(pair, _)| *pair);
        all.dedup_by_key(|(pair, _)| *pair);
        let weight = all.iter().map(|(_, weight)| weight).sum();
        let (pairs, weights) = all.into_iter().unzip();
        Self { pairs, weights, weight }
    }

    /// Returns the likeness, from 0 (nothing in common) to 1 (the same pairs).
    pub fn likeness(&self, other: &Self) -> f64 {
        let both = self.weight + other.weight;
        if both == 0.0 { 0.0 } else { 2.0 * self.shared_weight(other) / both }
    }

    /// Returns the share of these pairs, by weight, that `whole` contains.
    pub fn contained_in(&self, whole: &Self) -> f64 {
        if self.weight == 0.0 { 0.0 } else { self.shared_weight(whole) / self.weight }
    }

    /// Returns each pair once, in order.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    fn weighed(&self) -> impl Iterator<Item = (Pair, f64)> {
        self.pairs.iter().copied().zip(self.weights.iter().copied())
    }

    fn each_once(mut pairs: Vec<Pair>, weight: impl Fn(Pair) -> f64) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let weights: Vec<f64> = pairs.iter().map(|pair| weight(*pair)).collect();
        let weight = weights.iter().sum();
        Self { pairs, weights, weight }
    }

    fn shared_weight(&self, other: &Self) -> f64 {
        let mut shared = 0.0;
        let (mut mine, mut theirs) = (0, 0);
        while let (Some(one), Some(its)) = (self.pairs.get(mine), other.pairs.get(theirs)) {
            if one == its {
                shared += self.weights[mine];
            }
            mine += usize::from(one <= its);
            theirs += usize::from(its <= one);
        }
        count_steps(mine.max(theirs));
        shared
    }
}

/// 対の重み — how distinctive each pair is among many texts: a pair that occurs in every text has almost no weight.
#[derive(Debug, Clone, Default)]
pub struct PairWeights {
    texts: f64,
    texts_with: HashMap<Pair, f64>,
}

impl PairWeights {
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a CharacterPairs>) -> Self {
        let mut weights = Self::default();
        for text in texts {
            weights.texts += 1.0;
            for pair in &text.pairs {
                *weights.texts_with.entry(*pair).or_default() += 1.0;
            }
        }
        weights
    }

    /// Returns the same pairs with their weights among the texts.
    pub fn weigh(&self, pairs: &CharacterPairs) -> CharacterPairs {
        let weight = |pair| (1.0 + self.texts / (1.0 + self.texts_with.get(&pair).copied().unwrap_or(0.0))).ln();
        CharacterPairs::each_once(pairs.pairs.clone(), weight)
    }
}

/// Returns the likeness of two texts from 0 to 1 (the same), with equal weights for all pairs. The texts need not be
/// folded.
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (folded(one), folded(other));
    if one == other { 1.0 } else { CharacterPairs::of(&one).likeness(&CharacterPairs::of(&other)) }
}

/// Returns the number of characters to insert, delete or change; `None` if it is more than `limit`. The time is
/// proportional to length times `limit`, because only the cells of the table within `limit` of the diagonal are
/// computed.
pub fn edits(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let too_many = limit + 1;
    let mut row: Vec<usize> = (0..=other.len()).map(|place| place.min(too_many)).collect();
    for (i, a) in one.iter().enumerate() {
        let (first, last) = ((i + 1).saturating_sub(limit).max(1), (i + 1 + limit).min(other.len()));
        count_steps(last.saturating_sub(first) + 1);
        let mut diagonal = row[first - 1];
        row[first - 1] = if first == 1 { (i + 1).min(too_many) } else { too_many };
        for j in first..=last {
            let changed = diagonal + usize::from(*a != other[j - 1]);
            // The previous row has no computed value above the last cell of this row.
            let above = if j == i + 1 + limit { too_many } else { row[j] };
            diagonal = row[j];
            row[j] = changed.min(row[j - 1] + 1).min(above + 1).min(too_many);
        }
    }
    row.last().copied().filter(|edits| *edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_ignores_width_and_spacing() {
        for (one, other, least, most) in [
            ("Ｕ Ｉ Ｊ ターン", "UIJターン", 1.0, 1.0),
            ("高齢者の就労支援", "高年齢者の就労支援", 0.7, 0.95),
            ("面接会を開催した", "助成金を交付した", 0.0, 0.3),
            ("", "", 1.0, 1.0),
            ("あ", "い", 0.0, 0.0),
        ] {
            let found = likeness(one, other);
            assert!((least..=most).contains(&found), "{one} and {other}: {found}");
        }
    }

    /// Returns the distance, computed from the full table of both texts.
    fn edits_in_full(one: &str, other: &str) -> usize {
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (i, a) in one.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, b) in other.iter().enumerate() {
                let changed = diagonal + usize::from(a != b);
                diagonal = row[j + 1];
                row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
            }
        }
        row[other.len()]
    }

    #[test]
    fn edits_up_to_a_limit_are_those_of_the_whole_table() {
        let texts: Vec<String> = (0..600_u32)
            .map(|n| {
                let letter = |place: u32| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> (place * 3) & 1) as u8);
                (0..n % 7).map(letter).collect()
            })
            .collect();
        for one in &texts[..120] {
            for other in &texts {
                for limit in 0..4 {
                    let expected = Some(edits_in_full(one, other)).filter(|edits| *edits <= limit);
                    assert_eq!(edits(one, other, limit), expected, "{one} and {other}, {limit}");
                }
            }
        }
    }

    #[test]
    fn edits_count_changed_letters_up_to_a_limit() {
        for (one, other, expected) in [
            ("リスキリング", "リスクリング", Some(1)),
            ("相談コーナー", "労働相談コーナー", Some(2)),
            ("相談", "相談", Some(0)),
            ("あいうえお", "かきくけこ", None),
        ] {
            assert_eq!(edits(one, other, 2), expected, "{one} and {other}");
        }
    }
}
