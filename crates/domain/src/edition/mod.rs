//! 版 — the frozen report of a year: its content with a hash, the files made from it, and the corrections it makes.

pub mod command;
pub(crate) mod decide;
pub mod event;
mod fold;
pub(crate) mod limits;
pub mod proposal;
pub mod refusal;
mod report;
pub mod view;

use std::sync::Arc;

use renkei_document::document::Document;
use renkei_document::edition::{EditionName, Erratum};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::record::chain::ChainKey;

/// The media type of an edition's PDF.
pub const PDF: &str = "application/pdf";

/// 版 — an edition. It never changes; corrections result in a new edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    pub fiscal_year: FiscalYear,
    /// The n of 第n版; each year's editions are numbered from 1.
    pub number: u32,
    pub document: Arc<Document>,
    /// SHA-256 of the canonical content, in hexadecimal digits.
    pub digest: String,
    /// The files, in the order in which the page offers them.
    pub files: Vec<EditionFile>,
    /// Differences from the previous edition; empty for the first.
    pub errata: Vec<Erratum>,
    /// Last event number of each chain that the content is based on.
    pub heads: Vec<(ChainKey, u64)>,
    /// Number of open findings of severity 誤り at the time of freezing. They block publication, not freezing.
    pub open_errors: u32,
    pub frozen_by: Id<id::Party>,
    pub post: String,
    pub at: Hlc,
}

/// 版のファイル — a file made when the edition was frozen; its bytes are stored as a blob of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionFile {
    pub name: String,
    pub media_type: String,
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub digest: String,
    pub bytes: u64,
}

impl Edition {
    pub fn name(&self) -> EditionName {
        EditionName { fiscal_year: self.fiscal_year, number: self.number }
    }

    /// Whether the edition has a PDF. A report that is too long has no PDF.
    pub fn has_pdf(&self) -> bool {
        self.files.iter().any(|file| file.media_type == PDF)
    }
}
