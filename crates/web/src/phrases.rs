//! 言い回し — the sentences of the pages in both languages. The Japanese sentence is the key; the files in `phrases/`, one for each
//! page, hold the English behind a tab.
//!
//! A template writes `{{ frame.say("保存する") }}`, or `{{ frame.tell("{}件の取組", [count.to_string()]) }}` where something
//! is put in. A test looks through all templates and pages for sentences that are said otherwise or have no English.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use renkei_domain::language::Language;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "phrases"]
struct Phrases;

/// Read once and kept for as long as the program runs.
static ENGLISH: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let files = Phrases::iter().filter_map(|name| Phrases::get(&name));
    let texts = files.map(|file| String::from_utf8_lossy(&file.data).into_owned().leak() as &'static str);
    texts.flat_map(str::lines).filter_map(|line| line.split_once('\t')).collect()
});

/// A sentence in a language; the Japanese one where there is no other.
pub fn say(language: Language, japanese: &'static str) -> &'static str {
    match language {
        Language::Japanese => japanese,
        Language::English => ENGLISH.get(japanese).copied().unwrap_or(japanese),
    }
}

/// A sentence with what stands in its places `{}`, or `{0}`, `{1}` where the languages order them otherwise.
pub fn tell<const N: usize>(language: Language, japanese: &'static str, parts: [impl AsRef<str>; N]) -> String {
    let mut told = Cow::Borrowed(say(language, japanese));
    for (place, part) in parts.iter().enumerate() {
        let numbered = format!("{{{place}}}");
        let (mark, times) = if told.contains(&numbered) { (numbered.as_str(), usize::MAX) } else { ("{}", 1) };
        told = Cow::Owned(told.replacen(mark, part.as_ref(), times));
    }
    told.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_told_in_either_language() {
        let cases = [
            (Language::Japanese, "検索", "検索"),
            (Language::English, "検索", "Search"),
            (Language::English, "どこにもない文", "どこにもない文"),
        ];
        for (language, japanese, expected) in cases {
            assert_eq!(say(language, japanese), expected);
        }
        assert_eq!(tell(Language::Japanese, "{}件中{}件", ["3", "2"]), "3件中2件");
        assert_eq!(tell(Language::Japanese, "{1}の{0}", ["計画", "市"]), "市の計画");
    }
}
