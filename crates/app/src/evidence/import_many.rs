//! 一括取込み — imports documents of many years together. Each document is recorded as a whole or not at all, whatever
//! happens to the others.
//!
//! The result does not depend on the order of the files. The oldest document that contains the agreement concludes it,
//! later years follow, and documents that do not contain the agreement come last.

use renkei_document::document::Document;
use renkei_document::fiscal_year::FiscalYear;
use renkei_domain::authority::actor::Actor;
use renkei_domain::evidence::command::Merge;
use renkei_import::ReadFile;

use crate::evidence::import::{ImportOutcome, import_read};
use crate::node::error::AppError;
use crate::node::open::Node;

/// 一括取込みの結果 — the result for one file.
#[derive(Debug)]
pub struct ImportedFile {
    /// Index of the file in the given list, from 0.
    pub file: usize,
    pub outcome: Result<ImportOutcome, AppError>,
}

/// Imports files, oldest year first. Calls `imported` after each file is recorded or refused.
pub fn import_many(
    node: &Node,
    actor: &Actor,
    files: &[(String, Vec<u8>)],
    merge: Option<&Merge>,
    mut imported: impl FnMut(ImportedFile),
) {
    let mut read: Vec<(usize, ReadFile)> = Vec::new();
    for (file, (name, bytes)) in files.iter().enumerate() {
        match renkei_import::read_file(name, bytes) {
            Ok(known) => read.push((file, known)),
            Err(fault) => imported(ImportedFile { file, outcome: Err(fault.into()) }),
        }
    }
    read.sort_by_key(|(file, known)| (place_in_history(&known.imported.value), *file));
    for (file, known) in read {
        let (name, bytes) = &files[file];
        imported(ImportedFile {
            file,
            outcome: import_read(node, actor.clone(), (name, bytes), known, merge.cloned()),
        });
    }
}
/// Returns the sort key of a document. Documents that contain the agreement come first; then both groups are sorted by
/// fiscal year.
fn place_in_history(document: &Document) -> (bool, Option<FiscalYear>, Option<FiscalYear>) {
    let shows_agreement = document.agreement.as_ref().is_some_and(|text| text.parties.len() > 1);
    let oldest = document.plans.iter().map(|table| table.fiscal_year).min();
    (!shows_agreement, document.fiscal_year.or(oldest), oldest)
}
