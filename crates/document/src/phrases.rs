//! 言い回し — sentences in both languages. The Japanese sentence is the key; the English is in files of lines
//! `Japanese<TAB>English`.
//!
//! `../phrases` contains the sentences of this crate. `say` returns a sentence; `tell` also fills its placeholders.
//! Crates that depend on this one have their own phrases and fall back to these. A test of the sources
//! (`xtask/tests/walls`) finds sentences without English.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::Language;

/// 対訳 — the English translations of Japanese sentences.
pub struct Phrases(HashMap<&'static str, &'static str>);

impl Phrases {
    /// Reads lines of Japanese and English, separated by a tab.
    pub fn read(texts: impl IntoIterator<Item = &'static str>) -> Self {
        Self(texts.into_iter().flat_map(str::lines).filter_map(|line| line.split_once('\t')).collect())
    }

    /// Returns the English of a sentence; `None` if it is not in this list.
    pub fn english(&self, japanese: &str) -> Option<&'static str> {
        self.0.get(japanese).copied()
    }
}

static OURS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read([include_str!("../phrases/words.tsv"), include_str!("../phrases/files.tsv")]));

/// Returns a sentence of this crate in a language, or in Japanese if it has no translation.
pub fn say(language: Language, japanese: &'static str) -> &'static str {
    match language {
        Language::Japanese => plain(japanese),
        Language::English => OURS.english(japanese).unwrap_or_else(|| plain(japanese)),
    }
}

/// Returns the Japanese without the part after `##`, which separates two meanings of one word: 区分##part.
pub fn plain(japanese: &'static str) -> &'static str {
    japanese.split_once("##").map_or(japanese, |(said, _)| said)
}

/// Returns a sentence of this crate with its placeholders filled.
pub fn tell<const N: usize>(language: Language, japanese: &'static str, parts: [impl AsRef<str>; N]) -> String {
    filled(say(language, japanese), &parts)
}

/// Fills the placeholders of a sentence: `{}`, or `{0}`, `{1}` if the two languages order them differently. Inserted
/// text is not searched for placeholders.
pub fn filled(sentence: &str, parts: &[impl AsRef<str>]) -> String {
    let mut told = String::with_capacity(sentence.len() + 32);
    let (mut rest, mut next) = (sentence, 0);
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        told.push_str(before);
        let inside = from[1..].split_once('}').map(|(inside, _)| inside);
        let place = inside.and_then(|inside| if inside.is_empty() { Some(next) } else { inside.parse().ok() });
        match (inside, place.and_then(|place| parts.get(place))) {
            (Some(inside), Some(part)) => {
                next += usize::from(inside.is_empty());
                told.push_str(part.as_ref());
                rest = &from[inside.len() + 2..];
            }
            _ => {
                told.push('{');
                rest = &from[1..];
            }
        }
    }
    told.push_str(rest);
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inserted_parts_of_a_sentence_are_not_searched_for_placeholders() {
        let cases = [
            ("{}件中{}件", ["3", "2"], "3件中2件"),
            ("{1}の{0}", ["計画", "市"], "市の計画"),
            ("「{}」と「{}」", ["{}", "{0}"], "「{}」と「{0}」"),
            ("{0}, {0} and {1}", ["a", "b"], "a, a and b"),
            ("{} {x} {7} {", ["a", "b"], "a {x} {7} {"),
        ];
        for (sentence, parts, expected) in cases {
            assert_eq!(filled(sentence, &parts), expected);
        }
    }

    #[test]
    fn a_word_is_said_in_either_language() {
        assert_eq!(say(Language::Japanese, "実績なし"), "実績なし");
        assert_eq!(say(Language::English, "実績なし"), "no result");
        assert_eq!(say(Language::English, "どこにもない文"), "どこにもない文");
        assert_eq!(say(Language::English, "どこにもない##文"), "どこにもない");
        assert_eq!(say(Language::Japanese, "区分##part"), "区分");
    }
}
