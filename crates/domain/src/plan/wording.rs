//! 取組の文言 — the wording of a row: its divisions, its text and its items.

use renkei_document::id::{self, Id};
use renkei_document::particulars::Particulars;
use renkei_document::passage::Passage;
use serde::{Deserialize, Serialize};

/// 取組の文言 — the wording of a row: its divisions and its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The party's own divisions, the leading one (主担当) first.
    pub divisions: Vec<String>,
    pub divisions_printed: Option<String>,
    pub text: Passage,
    pub items: Vec<Item>,
    #[serde(default, skip_serializing_if = "Particulars::is_empty")]
    pub particulars: Particulars,
}

/// 箇条 — one bullet or later paragraph of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub mark: String,
    pub passage: Passage,
}

impl Wording {
    /// Returns the observations in the row, in the order of its text.
    pub fn observations(&self) -> impl Iterator<Item = Id<id::Observation>> {
        self.text.observations().chain(self.items.iter().flat_map(|item| item.passage.observations()))
    }
}
