//! 版のファイル — the files of an edition. They are made once, when the edition is frozen, and served unchanged afterwards.

use std::path::Path;

use renkei_document::language::Language;
use renkei_document::limits;
use renkei_domain::edition::{Edition, EditionFile};
use renkei_domain::phrases::{say, tell};
use renkei_journal::{BlobDigest, Reader};

use crate::node::error::AppError;
use crate::node::open::Node;

/// Returns the stored bytes of an edition's file.
pub fn edition_file(node: &Node, file: &EditionFile) -> Result<Vec<u8>, AppError> {
    kept(&node.journal, file)
}
/// Returns the same as [`edition_file`] from a data directory that another process may be writing.
pub fn read_edition_file(directory: &Path, file: &EditionFile) -> Result<Vec<u8>, AppError> {
    kept(&Reader::open(directory)?, file)
}

/// Returns the stored bytes; `Err` if their digest differs from the one that the edition recorded.
fn kept(reader: &Reader, file: &EditionFile) -> Result<Vec<u8>, AppError> {
    let gone = || AppError::FileGone { name: file.name.clone() };
    let digest = digest_of(&file.digest).ok_or_else(gone)?;
    let bytes = reader.get_blob(digest)?.ok_or_else(gone)?;
    if BlobDigest::of(&bytes) == digest { Ok(bytes) } else { Err(gone()) }
}

/// Returns why an edition has no PDF, and which file to use instead; `None` if it has a PDF.
pub fn why_no_pdf(edition: &Edition, language: Language) -> Option<String> {
    if edition.has_pdf() {
        return None;
    }
    let rows: usize = edition.document.plans.iter().map(|table| table.rows().count()).sum();
    if rows <= limits::ROWS_OF_PDF {
        let chosen =
            "この版は、PDFを付けずに作られました。紙にするときは、WordかHTMLのファイルを開いて印刷してください。";
        return Some(say(language, chosen).to_owned());
    }
    Some(tell(
        language,
        "この版にPDFはありません。取組が{}件あり、PDFにできる{}件を超えるためです。紙にするときは、WordかHTMLのファイルを開いて印刷してください。",
        [rows.to_string(), limits::ROWS_OF_PDF.to_string()],
    ))
}

fn digest_of(text: &str) -> Option<BlobDigest> {
    let mut digest = [0_u8; 32];
    for (place, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    (text.len() == 64).then_some(BlobDigest(digest))
}
