//! 版の出来事 — what happened to editions, in the past tense.

use renkei_document::document::Document;
use renkei_document::edition::Erratum;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::Id;
use serde::{Deserialize, Serialize};

use crate::edition::{Edition, EditionFile};
use crate::record::chain::ChainKey;

/// 版の出来事 — what happened to editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EditionEvent {
    /// 版が作られた: an edition was frozen. The event contains the content, the list of files and the 正誤表 themselves, not
    /// references.
    EditionFrozen { edition: Id<Edition>, frozen: Box<Frozen> },
}

impl EditionEvent {
    /// Returns the name and the digest of each file of an edition.
    pub fn kept_files(&self) -> Vec<(&str, &str)> {
        let EditionEvent::EditionFrozen { edition: _, frozen } = self;
        frozen.files.iter().map(|file| (file.name.as_str(), file.digest.as_str())).collect()
    }
}

crate::record::declared::declare! {
    EditionEvent {
        EditionFrozen: 1, "版の作成";
    }
}

/// 凍結された内容 — the content of an edition. The event's envelope records who froze it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    pub fiscal_year: FiscalYear,
    pub number: u32,
    pub document: Document,
    pub digest: String,
    pub files: Vec<EditionFile>,
    pub errata: Vec<Erratum>,
    pub heads: Vec<(ChainKey, u64)>,
    pub open_errors: u32,
}
