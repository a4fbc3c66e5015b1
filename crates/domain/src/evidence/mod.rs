//! 資料 — a document that somebody imported: what stood in it, and who brought it.

pub mod command;
mod counted;
pub mod cover;
pub(crate) mod decide;
mod declining;
pub mod event;
mod fold;
pub mod headings;
pub mod merging;
pub mod refusal;
pub mod view;
mod weaving;

use std::sync::Arc;

use renkei_document::document::Document;
use renkei_document::finding::Finding;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::plan::{Initiative, Plan};

/// 資料 — an imported document. It is never changed; rows that a party takes over become that party's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub file_name: String,
    /// SHA-256 of the file, in hexadecimal digits; the file itself is kept as a blob of the journal.
    pub digest: String,
    pub imported_by: Id<id::Party>,
    pub post: String,
    pub at: Hlc,
    /// What was read, with the ids under which it is kept.
    pub document: Arc<Document>,
    /// What the reader noticed.
    pub findings: Vec<Finding>,
    /// The plans that it shows, in its order.
    pub plans: Vec<Id<id::Plan>>,
    /// What stood in the place of plans that were there before, to be put back when the import is undone.
    #[serde(default)]
    pub replaced: Vec<Replaced>,
    /// 取消し: when the import was undone as a whole, and why.
    #[serde(default)]
    pub undone: Option<(Hlc, String)>,
    /// 引き継がなかった行: what parties declined of it, oldest first. The document still shows those rows.
    #[serde(default)]
    pub declined: Vec<DeclinedRows>,
}

/// 引き継がなかった行 — how many rows of a document a party declined, who did it, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclinedRows {
    pub party: Id<id::Party>,
    pub post: String,
    pub at: Hlc,
    pub rows: usize,
    pub reason: String,
}

/// 置き換えられた表 — a plan and its rows as they stood before a document was merged into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    pub id: Id<id::Plan>,
    pub plan: Arc<Plan>,
    pub rows: Vec<(Id<id::Initiative>, Arc<Initiative>)>,
}
