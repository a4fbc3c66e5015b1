//! 版 — the frozen report of a year: its content under a hash, the files made of it, and what it corrects.
//!
//! What is content, and so hashed, is [`canonical`]: what a reader of the printed document could know. Ids, the places that
//! texts were read from and the places of figures in their rows are not; they change when the same document is read again.

mod errata;
mod proposal;
mod reference;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::agreement::Party;
use crate::chain::ChainKey;
use crate::document::{Document, Initiative, Source};
use crate::figure::Figure;
use crate::fiscal_year::FiscalYear;
use crate::id::Id;
use crate::time::Hlc;

pub use errata::{Cause, Erratum, errata};
pub use proposal::{Proposal, propose};
pub use reference::{EditionName, FigureInEdition, Reference, figures};

/// 版 — one edition. It never changes; corrections make the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    pub fiscal_year: FiscalYear,
    /// 第n版, from 1 in each year.
    pub number: u32,
    pub document: Arc<Document>,
    /// SHA-256 of the canonical content, in hexadecimal digits.
    pub digest: String,
    /// In the order in which they are offered.
    pub files: Vec<EditionFile>,
    /// What differs from the edition before; empty for the first.
    pub errata: Vec<Erratum>,
    /// The last number of each chain that the content was made from.
    pub heads: Vec<(ChainKey, u64)>,
    /// How many findings of severity 誤り stood open when it was frozen. They block publication, not freezing.
    pub open_errors: u32,
    pub frozen_by: Id<Party>,
    pub post: String,
    pub at: Hlc,
}

/// 版のファイル — one file that was made when the edition was frozen; its bytes are kept as a blob of the journal.
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
}

/// The content of a document as it is hashed: compact JSON without ids, sources and spans, fields in the order of the types.
pub fn canonical(document: &Document) -> String {
    // Each map key of a document is a field name, so writing to memory cannot fail.
    serde_json::to_string(&content(document)).unwrap_or_default()
}

/// Whether two documents have the same content.
pub fn same_content(one: &Document, other: &Document) -> bool {
    content(one) == content(other)
}

fn content(document: &Document) -> Document {
    let mut content = document.clone();
    for plan in &mut content.plans {
        plan.id = None;
        for chapter in &mut plan.chapters {
            chapter.source = None;
            for section in &mut chapter.sections {
                (section.id, section.source) = (None, None);
                section.initiatives.iter_mut().for_each(bare_row);
            }
        }
    }
    content.figures.iter_mut().for_each(bare_figure);
    content.headings.iter_mut().for_each(|heading| heading.source = Source::none());
    content.front_matter.contents.iter_mut().for_each(|entry| entry.source = Source::none());
    content
}

fn bare_row(row: &mut Initiative) {
    row.id = None;
    row.lines.clear();
    row.figures.iter_mut().for_each(bare_figure);
}

fn bare_figure(figure: &mut Figure) {
    (figure.observation, figure.span, figure.source) = (None, None, Source::none());
}
