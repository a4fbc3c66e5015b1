//! 取込みの申出 — what somebody wants done with documents.

use std::collections::HashSet;

use renkei_document::document::Document;
use renkei_document::finding::Finding;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::evidence::Evidence;

/// 取込みの申出 — a command of this slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceCommand {
    /// 文書を資料として取り込む.
    ImportDocument(Box<ImportDocument>),
    /// 取込みを全体として取り消す.
    UndoImport { agreement: Id<Agreement>, evidence: Id<Evidence>, reason: String },
    /// 資料の行を引き継ぐ: all rows of the party in it.
    TakeOverRows { agreement: Id<Agreement>, party: Id<id::Party>, evidence: Id<Evidence> },
    /// 資料の行を引き継がない: all rows of the party in it that wait.
    DeclineRows(DeclineRows),
}

/// 取込みの申出 — a document as read, and into which agreement it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportDocument {
    pub agreement: Id<Agreement>,
    pub by: Id<id::Party>,
    pub file_name: String,
    pub digest: String,
    pub document: Document,
    pub findings: Vec<Finding>,
    /// 統合: tables of years that are there already take their place. Without it they are refused.
    pub merge: Option<Merge>,
}

/// 引き継がない申出 — a party declines what a document shows as its rows, and says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclineRows {
    pub agreement: Id<Agreement>,
    pub party: Id<id::Party>,
    pub evidence: Id<Evidence>,
    pub reason: String,
}

/// 統合の指定 — which rows stay as they are although the document says otherwise or does not have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    pub kept: HashSet<Id<id::Initiative>>,
    /// How many rows somebody confirmed will go. It is asked where more than half of a table's rows go.
    pub gone: usize,
}
