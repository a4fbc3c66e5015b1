//! 資料 — an imported document: its content, and who imported it.

pub mod command;
mod counted;
pub mod cover;
pub(crate) mod decide;
mod declining;
pub mod event;
mod fold;
pub mod headings;
pub(crate) mod limits;
pub mod merging;
pub(crate) mod owners;
mod pairs;
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
    /// The content as read, with the ids under which it is stored.
    pub document: Arc<Document>,
    /// Findings of the document reader.
    pub findings: Vec<Finding>,
    /// The plans that the document shows, in the order of the document.
    pub plans: Vec<Id<id::Plan>>,
    /// The earlier state of plans that a merge replaced, to be restored when the import is undone.
    #[serde(default)]
    pub replaced: Vec<Replaced>,
    /// 取消し: when the import was undone as a whole, and why.
    #[serde(default)]
    pub undone: Option<(Hlc, String)>,
    /// 引き継がなかった行: the rows that parties declined, oldest first. The document still shows those rows.
    #[serde(default)]
    pub declined: Vec<DeclinedRows>,
}

/// 引き継がなかった行 — how many rows of a document a party declined; who declined them, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclinedRows {
    pub party: Id<id::Party>,
    pub post: String,
    pub at: Hlc,
    pub rows: usize,
    pub reason: String,
}

/// 置き換えられた表 — a plan and its rows before a document was merged into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    pub id: Id<id::Plan>,
    pub plan: Arc<Plan>,
    pub rows: Vec<(Id<id::Initiative>, Arc<Initiative>)>,
}
