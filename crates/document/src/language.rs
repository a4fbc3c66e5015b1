//! 言語 — the languages of staff pages and messages.

use serde::{Deserialize, Serialize};

/// 言語 — Japanese first, English second.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "ja")]
    Japanese,
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Returns the text in this language.
    pub fn choose(self, japanese: &'static str, english: &'static str) -> &'static str {
        match self {
            Language::Japanese => japanese,
            Language::English => english,
        }
    }
}
