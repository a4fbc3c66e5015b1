//! 機械可読性の指摘 — one rule at one place, with its sentences.

use renkei_document::language::Language;

use super::rule::{Rule, RulePlace, Verdict};
use super::wording;

/// 機械可読性の指摘 — one rule at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleNotice {
    pub rule: Rule,
    pub verdict: Verdict,
    pub place: RulePlace,
    /// The text found at the place.
    pub found: String,
    /// Number of further places on the same sheet that break the rule and are not listed.
    pub more: usize,
}

impl RuleNotice {
    /// Returns the problem, together with the text found.
    pub fn message_in(&self, language: Language) -> String {
        let sentence = wording::wrong(self.rule, language);
        let more = match (self.more, language) {
            (0, _) => String::new(),
            (more, Language::Japanese) => format!("（ほかに{more}か所）"),
            (more, Language::English) => format!(" ({more} more)"),
        };
        match (self.found.as_str(), language) {
            ("", _) => format!("{sentence}{more}"),
            (found, Language::Japanese) => format!("{sentence}：「{found}」{more}"),
            (found, Language::English) => format!("{sentence}: “{found}”{more}"),
        }
    }

    /// Returns the advice to solve the problem.
    pub fn advice_in(&self, language: Language) -> &'static str {
        wording::advice(self.rule, language)
    }
}
