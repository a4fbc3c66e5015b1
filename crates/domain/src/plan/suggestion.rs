//! 修正の提案 — another wording that one side suggests for a row of the other.

use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::plan::Wording;

/// 修正の提案 — seen by both sides once it is sent; the row's owner accepts or declines it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub initiative: Id<id::Initiative>,
    /// Who suggests it.
    pub party: Id<id::Party>,
    pub post: String,
    pub at: Hlc,
    /// When the wording was made that the suggestion starts from.
    pub base: Hlc,
    pub wording: Wording,
    pub reason: String,
    pub answer: Answer,
}

/// 提案への回答 — what became of a suggestion. Of two answers that cross, the first in the order of all chains stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// 回答待ち.
    Open,
    /// 採用.
    Accepted { post: String, at: Hlc },
    /// 不採用.
    Declined { post: String, at: Hlc, reason: String },
    /// 取下げ, by whoever suggested it.
    Withdrawn { at: Hlc },
}
