//! 言語 — the languages that staff pages and messages speak.

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
    /// The words in this language.
    pub fn choose(self, japanese: &'static str, english: &'static str) -> &'static str {
        match self {
            Language::Japanese => japanese,
            Language::English => english,
        }
    }
}
