//! 資料の出来事 — what happened to imported documents, in the past tense.

use std::sync::Arc;

use renkei_document::document::Document;
use renkei_document::finding::Finding;
use renkei_document::id::{self, Id};
use serde::{Deserialize, Serialize};

/// 資料の出来事 — what happened to imported documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EvidenceEvent {
    /// 文書が資料として取り込まれた: a document was imported as evidence; one event for all its rows.
    DocumentImported {
        evidence: Id<id::Evidence>,
        file_name: String,
        digest: String,
        /// The dossier shares it, so that folding the event copies nothing.
        document: Arc<Document>,
        findings: Vec<Finding>,
    },
    /// 文書が既にある年度に統合された: a document was merged into recorded years. Its tables replace those with the same ids; rows in
    /// `same` stay unchanged.
    DocumentMerged {
        evidence: Id<id::Evidence>,
        file_name: String,
        digest: String,
        document: Arc<Document>,
        findings: Vec<Finding>,
        same: Vec<Id<id::Initiative>>,
    },
    /// 取込みが取り消された: an import was undone as a whole.
    ImportUndone { evidence: Id<id::Evidence>, reason: String },
    /// 行が引き継がれた: a party took over rows of a document, which became the party's own.
    RowsTakenOver { evidence: Id<id::Evidence>, rows: Vec<Id<id::Initiative>> },
    /// 行を引き継がないことにした: a party declined rows of a document that names the party as their owner; the rows are removed
    /// from the plans.
    RowsDeclined { evidence: Id<id::Evidence>, rows: Vec<Id<id::Initiative>>, reason: String },
}

impl EvidenceEvent {
    /// Returns the name and the digest of the imported document.
    pub fn kept_file(&self) -> Option<(&str, &str)> {
        match self {
            EvidenceEvent::DocumentImported { file_name, digest, .. }
            | EvidenceEvent::DocumentMerged { file_name, digest, .. } => Some((file_name, digest)),
            EvidenceEvent::ImportUndone { .. }
            | EvidenceEvent::RowsTakenOver { .. }
            | EvidenceEvent::RowsDeclined { .. } => None,
        }
    }

    /// Returns the reason, if the event has one.
    pub fn reason(&self) -> Option<&str> {
        match self {
            EvidenceEvent::ImportUndone { evidence: _, reason }
            | EvidenceEvent::RowsDeclined { evidence: _, rows: _, reason } => Some(reason),
            EvidenceEvent::DocumentImported { .. }
            | EvidenceEvent::DocumentMerged { .. }
            | EvidenceEvent::RowsTakenOver { .. } => None,
        }
    }
}

crate::record::declared::declare! {
    EvidenceEvent {
        DocumentImported: 1, "文書の取込み";
        DocumentMerged: 1, "文書の統合";
        ImportUndone: 1, "取込みの取消し";
        RowsTakenOver: 1, "取組の引継ぎ";
        RowsDeclined: 1, "取組を引き継がない決定";
    }
}
