//! 言い回し — the sentences of the pages in both languages. The key is the Japanese sentence. Each line of the files in
//! `phrases/`, one file for each slice, has the key, a tab, and the English. The domain translates its own words.
//!
//! A template writes `{{ frame.say("保存する") }}`, or `{{ frame.tell("{}件の取組", [count.to_string()]) }}` if it inserts
//! something; `say_html` and `tell_html` are for sentences that contain markup. A Japanese text that is stored in a
//! table and translated later is written `phrase("…")`. If a word has two meanings, the key says after `##` which one
//! is used. A test searches all templates and sources for sentences that are written in another way or have no English.

use std::sync::LazyLock;

use renkei_document::language::Language;
use renkei_document::phrases::{Phrases, filled, plain};
use renkei_domain::phrases;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "phrases"]
struct Files;

/// The sentences of all files, which are read once per process.
static PAGES: LazyLock<Phrases> = LazyLock::new(|| {
    let files = Files::iter().filter_map(|name| Files::get(&name));
    Phrases::read(files.map(|file| String::from_utf8_lossy(&file.data).into_owned().leak() as &'static str))
});

/// Returns a sentence in a language; in Japanese if the sentence has no translation.
pub fn say(language: Language, japanese: &'static str) -> &'static str {
    match language {
        Language::Japanese => plain(japanese),
        Language::English => PAGES.english(japanese).unwrap_or_else(|| phrases::say(language, japanese)),
    }
}

/// Returns a sentence with values in its placeholders: `{}`, or `{0}` and `{1}` if their order differs between the
/// languages.
pub fn tell<const N: usize>(language: Language, japanese: &'static str, parts: [impl AsRef<str>; N]) -> String {
    filled(say(language, japanese), &parts)
}

/// Marks a Japanese sentence that other code translates later.
pub const fn phrase(japanese: &'static str) -> &'static str {
    japanese
}

/// A text in both languages, for code that does not yet know the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InBoth {
    japanese: String,
    english: String,
}

impl From<&'static str> for InBoth {
    fn from(japanese: &'static str) -> Self {
        Self::of(|language| say(language, japanese).to_owned())
    }
}

impl InBoth {
    pub fn of(make: impl Fn(Language) -> String) -> Self {
        Self { japanese: make(Language::Japanese), english: make(Language::English) }
    }

    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Japanese => &self.japanese,
            Language::English => &self.english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_returned_in_either_language() {
        let cases = [
            (Language::Japanese, "検索", "検索"),
            (Language::English, "検索", "Search"),
            (Language::English, "事業計画", "plan"),
            (Language::English, "どこにもない文", "どこにもない文"),
        ];
        for (language, japanese, expected) in cases {
            assert_eq!(say(language, japanese), expected);
        }
        assert_eq!(tell(Language::Japanese, "{}件中{}件", ["3", "2"]), "3件中2件");
        assert_eq!(tell(Language::Japanese, "{1}の{0}", ["計画", "市"]), "市の計画");
    }
}
