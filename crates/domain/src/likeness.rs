//! 類似 — how alike two Japanese texts are: by pairs of neighbouring characters, or by the letters that must change.
//!
//! Texts are compared in their folded form ([`folded`]: NFKC, lower case, no white space).

use std::collections::{HashMap, HashSet};

use crate::search::folded;

/// 文字対 — a pair of neighbouring characters, the smallest piece of Japanese that tells words apart.
pub type CharacterPair = (char, char);

/// The pairs of a folded text; a text of one character has none.
pub fn pairs(folded_text: &str) -> HashSet<CharacterPair> {
    folded_text.chars().zip(folded_text.chars().skip(1)).collect()
}

/// 対の重み — how telling each pair is among many texts: one that stands in every text weighs almost nothing.
#[derive(Debug, Clone, Default)]
pub struct PairWeights {
    texts: f64,
    texts_with: HashMap<CharacterPair, f64>,
}

impl PairWeights {
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a HashSet<CharacterPair>>) -> Self {
        let mut weights = Self::default();
        for text in texts {
            weights.texts += 1.0;
            for pair in text {
                *weights.texts_with.entry(*pair).or_default() += 1.0;
            }
        }
        weights
    }

    /// Without texts to compare with (the default), every pair weighs the same.
    fn weight(&self, pair: &CharacterPair) -> f64 {
        if self.texts == 0.0 {
            return 1.0;
        }
        (1.0 + self.texts / (1.0 + self.texts_with.get(pair).copied().unwrap_or(0.0))).ln()
    }

    fn sum<'a>(&self, pairs: impl Iterator<Item = &'a CharacterPair>) -> f64 {
        pairs.map(|pair| self.weight(pair)).sum()
    }

    /// From 0, nothing in common, to 1, the same pairs.
    pub fn likeness(&self, one: &HashSet<CharacterPair>, other: &HashSet<CharacterPair>) -> f64 {
        let both = self.sum(one.iter()) + self.sum(other.iter());
        if both == 0.0 { 0.0 } else { 2.0 * self.sum(one.intersection(other)) / both }
    }

    /// The share of `part` that stands in `whole`.
    pub fn contained(&self, part: &HashSet<CharacterPair>, whole: &HashSet<CharacterPair>) -> f64 {
        let all = self.sum(part.iter());
        if all == 0.0 { 0.0 } else { self.sum(part.intersection(whole)) / all }
    }
}

/// From 0 to 1 (the same), by pairs of equal weight; the texts are folded here.
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (folded(one), folded(other));
    if one == other {
        return 1.0;
    }
    PairWeights::default().likeness(&pairs(&one), &pairs(&other))
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
