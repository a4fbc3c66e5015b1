//! 取込みの申出 — the commands about imported documents.

use std::collections::HashSet;

use renkei_document::document::Document;
use renkei_document::finding::Finding;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;

/// 取込みの申出 — a command of this slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceCommand {
    /// 文書を資料として取り込む: imports a document as evidence.
    ImportDocument(Box<ImportDocument>),
    /// 取込みを全体として取り消す: undoes a whole import.
    UndoImport { agreement: Id<Agreement>, evidence: Id<id::Evidence>, reason: String },
    /// 資料の行を引き継ぐ: takes over all rows of the party in the document.
    TakeOverRows { agreement: Id<Agreement>, party: Id<id::Party>, evidence: Id<id::Evidence> },
    /// 資料の行を引き継がない: declines all rows of the party in the document that wait to be taken over.
    DeclineRows(DeclineRows),
}

/// 取込みの申出 — the command to import a document into an agreement, with the document as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportDocument {
    pub agreement: Id<Agreement>,
    pub by: Id<id::Party>,
    pub file_name: String,
    pub digest: String,
    pub document: Document,
    pub findings: Vec<Finding>,
    /// 統合: how the tables replace recorded tables of the same years. If `None`, such tables are refused.
    pub merge: Option<Merge>,
}

/// 引き継がない申出 — the command by which a party declines, with a reason, the rows that a document attributes to that party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclineRows {
    pub agreement: Id<Agreement>,
    pub party: Id<id::Party>,
    pub evidence: Id<id::Evidence>,
    pub reason: String,
}

/// 統合の指定 — the choices for a merge: the rows that stay unchanged even if the document changes or omits them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    pub kept: HashSet<Id<id::Initiative>>,
    /// Number of removed rows that the user confirmed. Confirmation is needed if more than half of a table's rows would
    /// be removed.
    pub gone: usize,
}
