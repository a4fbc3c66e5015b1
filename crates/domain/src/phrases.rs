//! 言い回し — English translations of the texts of the domain and of the use cases above it: reasons for refusals, words
//! for events and duties, faults of accounts. [`renkei_document::phrases`] translates texts about documents.

use std::sync::LazyLock;

use renkei_document::language::Language;
use renkei_document::phrases::{self, Phrases, filled};

static OURS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::read([
        include_str!("../phrases/words.tsv"),
        include_str!("../phrases/refusals.tsv"),
        include_str!("../phrases/accounts.tsv"),
        include_str!("../phrases/indicators.tsv"),
    ])
});

/// Returns a sentence in a language, or in Japanese if it has no translation.
pub fn say(language: Language, japanese: &'static str) -> &'static str {
    let ours = if language == Language::English { OURS.english(japanese) } else { None };
    ours.unwrap_or_else(|| phrases::say(language, japanese))
}

/// Returns a sentence in a language, with its placeholders filled.
pub fn tell<const N: usize>(language: Language, japanese: &'static str, parts: [impl AsRef<str>; N]) -> String {
    filled(say(language, japanese), &parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_domain_and_of_documents_have_translations() {
        assert_eq!(say(Language::English, "組織の変更"), "Organisation changed");
        assert_eq!(say(Language::English, "実績なし"), "no result");
        assert_eq!(say(Language::Japanese, "組織の変更"), "組織の変更");
        assert_eq!(tell(Language::English, "「{}」から改称します。", ["しごと課"]), "Renamed from “しごと課”.");
    }
}
