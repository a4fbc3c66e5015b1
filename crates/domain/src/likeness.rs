//! 類似 — how alike two Japanese texts are: by pairs of neighbouring characters, or by the letters that must change.
//!
//! Texts are compared in their folded form ([`folded`]: NFKC, lower case, no white space).

use std::collections::HashMap;

use crate::search::folded;

/// Two neighbouring characters in one number.
type Pair = u64;

/// 文字対 — the pairs of neighbouring characters in a text, the smallest pieces of Japanese that tell words apart; each once
/// with its weight, in order, so that sums over them are quick and the same on every run.
#[derive(Debug, Clone, Default)]
pub struct CharacterPairs {
    pairs: Vec<(Pair, f64)>,
    weight: f64,
}

impl CharacterPairs {
    /// The pairs of a folded text, each of weight 1; a text of one character has none.
    pub fn of(folded_text: &str) -> Self {
        let neighbours = folded_text.chars().zip(folded_text.chars().skip(1));
        Self::ordered(neighbours.map(|(one, next)| (u64::from(one) << 32 | u64::from(next), 1.0)).collect())
    }

    /// What stands in either.
    pub fn union(&self, other: &Self) -> Self {
        Self::ordered(self.pairs.iter().chain(&other.pairs).copied().collect())
    }

    /// From 0, nothing in common, to 1, the same pairs.
    pub fn likeness(&self, other: &Self) -> f64 {
        let both = self.weight + other.weight;
        if both == 0.0 { 0.0 } else { 2.0 * self.shared_weight(other) / both }
    }

    /// The share of these that stands in `whole`.
    pub fn contained_in(&self, whole: &Self) -> f64 {
        if self.weight == 0.0 { 0.0 } else { self.shared_weight(whole) / self.weight }
    }

    fn ordered(mut pairs: Vec<(Pair, f64)>) -> Self {
        pairs.sort_unstable_by_key(|(pair, _)| *pair);
        pairs.dedup_by_key(|(pair, _)| *pair);
        let weight = pairs.iter().map(|(_, weight)| weight).sum();
        Self { pairs, weight }
    }

    fn shared_weight(&self, other: &Self) -> f64 {
        let mut shared = 0.0;
        let (mut mine, mut theirs) = (0, 0);
        while let (Some((one, weight)), Some((other, _))) = (self.pairs.get(mine), other.pairs.get(theirs)) {
            if one == other {
                shared += weight;
            }
            mine += usize::from(one <= other);
            theirs += usize::from(other <= one);
        }
        shared
    }
}

/// 対の重み — how telling each pair is among many texts: one that stands in every text weighs almost nothing.
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
            for (pair, _) in &text.pairs {
                *weights.texts_with.entry(*pair).or_default() += 1.0;
            }
        }
        weights
    }

    /// The same pairs with their weights among the texts.
    pub fn weigh(&self, pairs: &CharacterPairs) -> CharacterPairs {
        let weight = |pair| (1.0 + self.texts / (1.0 + self.texts_with.get(pair).copied().unwrap_or(0.0))).ln();
        CharacterPairs::ordered(pairs.pairs.iter().map(|(pair, _)| (*pair, weight(pair))).collect())
    }
}

/// From 0 to 1 (the same), by pairs of equal weight; the texts are folded here.
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (folded(one), folded(other));
    if one == other { 1.0 } else { CharacterPairs::of(&one).likeness(&CharacterPairs::of(&other)) }
}

/// How many characters must be put in, taken out or changed; `None` where it is more than `limit`.
pub fn edits(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
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
    row.last().copied().filter(|edits| *edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_alike_whatever_their_width_and_spacing() {
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
