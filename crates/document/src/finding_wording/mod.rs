//! 確認事項の文 — the sentences of the findings: the problem and the next step, one file for each language.

mod english;
mod japanese;

use crate::finding::{Notice, Severity};
use crate::language::Language;

impl Notice {
    /// Returns the problem as one Japanese sentence.
    pub fn message(&self) -> String {
        self.message_in(Language::Japanese)
    }

    /// Returns the next step in Japanese.
    pub fn advice(&self) -> &'static str {
        self.advice_in(Language::Japanese)
    }

    /// Returns the problem as one sentence. Quoted text is not translated.
    pub fn message_in(&self, language: Language) -> String {
        match language {
            Language::Japanese => japanese::message(self),
            Language::English => english::message(self),
        }
    }

    /// Returns the next step in a language.
    pub fn advice_in(&self, language: Language) -> &'static str {
        match language {
            Language::Japanese => japanese::advice(self),
            Language::English => english::advice(self),
        }
    }
}

impl Severity {
    /// Returns the word for the severity: 誤り, error.
    pub fn name_in(self, language: Language) -> &'static str {
        match self {
            Severity::Error => language.choose("誤り", "error"),
            Severity::Warning => language.choose("警告", "warning"),
            Severity::Question => language.choose("質問", "question"),
            Severity::Note => language.choose("参考", "note"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_has_sentences_in_both_languages_and_quotes_the_document() {
        let notice = Notice::FigureOrder { part: "就職者 405人".to_owned(), whole: "新規 363人".to_owned() };
        for (language, message) in [
            (Language::Japanese, "内数のはずの就職者 405人が、新規 363人より大きくなっています。"),
            (Language::English, "The part 就職者 405人 is larger than the whole 新規 363人."),
        ] {
            assert_eq!(notice.message_in(language), message);
            assert!(!notice.advice_in(language).is_empty());
        }
        assert_eq!(notice.message(), notice.message_in(Language::Japanese));
        assert!(notice.advice_in(Language::English).is_ascii());
        assert_eq!(notice.severity().name_in(Language::Japanese), "質問");
    }
}
