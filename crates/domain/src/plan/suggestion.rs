//! 修正の提案 — another wording that one side suggests for a row of the other.

use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::plan::wording::Wording;

/// 修正の提案 — a suggestion. Both sides see it once it is sent; the row's owner accepts or declines it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub initiative: Id<id::Initiative>,
    /// The party that made the suggestion.
    pub party: Id<id::Party>,
    pub post: String,
    pub at: Hlc,
    /// Time of the wording on which the suggestion is based.
    pub base: Hlc,
    pub wording: Wording,
    pub reason: String,
    pub answer: Answer,
}

/// 提案への回答 — the answer to a suggestion. If two parties answer at the same time, the first answer in the order of all
/// chains takes effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// 回答待ち: not answered yet.
    Open,
    /// 採用: accepted.
    Accepted { post: String, at: Hlc },
    /// 不採用: declined.
    Declined { post: String, at: Hlc, reason: String },
    /// 取下げ: withdrawn by the party that suggested it.
    Withdrawn { at: Hlc },
}
