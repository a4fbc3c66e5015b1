//! Converts files of other formats to documents, with findings on problems and questions.
//!
//! The import has three separate steps. A reader of one format (`text_reader`, `html_reader`, `csv_reader`, `docx`,
//! `xlsx_reader`, `pdf`; [`readers`] chooses it) converts a file to a [`reading`]: blocks (lines of text and rows of
//! cells), and the numbered lines of the file with their places. The rules of structure (`document` and its modules)
//! convert blocks to a [`Document`] and do not depend on the file format. Finally `placing` adds the places in the
//! file. Reading fails only for files that cannot be read as a document at all.

mod agreement;
mod blocks;
mod columns;
mod contents;
mod csv_reader;
mod decode;
mod divisions;
mod document;
mod docx;
mod drafts;
pub mod figures;
mod front;
pub mod general;
mod grid;
mod html_reader;
mod items;
pub mod machine_readable;
mod marks;
mod markup;
mod ownership;
mod package;
mod parties;
mod pdf;
mod placing;
mod plain_rows;
mod plans;
mod proofreading;
mod raw_row;
mod readers;
mod reading;
mod rows;
mod tables;
mod text_reader;
mod unread;
mod workbook;
mod xlsx_reader;
mod years;

use renkei_document::document::{Document, Imported};
use renkei_document::locus::SourceLine;

use crate::reading::Reading;

pub use decode::{MAX_BYTES, MAX_LINES, Unreadable};
pub use placing::place;
pub use plain_rows::{PlainRow, plain_rows};
pub use years::written_day;

/// 読んだファイル — the document read from a file, and the lines of the file, which pages show next to the document.
#[derive(Debug)]
pub struct ReadFile {
    pub imported: Imported<Document>,
    pub lines: Vec<SourceLine>,
}

/// Reads a file: plain text with tab tables, Markdown, HTML or CSV (UTF-8 or Shift_JIS), Word, Excel, or a PDF with
/// text. The file name identifies CSV, the first bytes every other format.
pub fn read_file(name: &str, bytes: &[u8]) -> Result<ReadFile, Unreadable> {
    let reading = readers::read(name, bytes)?;
    let mut imported = understood(&reading);
    imported.findings.extend(reading.findings);
    place(&mut imported, &reading.lines);
    Ok(ReadFile { imported, lines: reading.lines })
}

/// Returns the file as lines and cells with their places, without interpreting them.
pub fn lines_of(name: &str, bytes: &[u8]) -> Result<Vec<SourceLine>, Unreadable> {
    Ok(readers::read(name, bytes)?.lines)
}

/// Reads a file that has no name.
pub fn read(bytes: &[u8]) -> Result<Imported<Document>, Unreadable> {
    Ok(read_file("", bytes)?.imported)
}

fn understood(reading: &Reading) -> Imported<Document> {
    let mut imported = document::read(&reading.blocks);
    let has_rows = imported.value.plans.iter().flat_map(|plan| &plan.chapters).flat_map(|chapter| &chapter.sections);
    let is_report = has_rows.flat_map(|section| &section.initiatives).next().is_some();
    let is_agreement = imported.value.agreement.as_ref().is_some_and(|agreement| !agreement.articles.is_empty());
    if is_report {
        figures::fill(&mut imported, &reading.lines);
    }
    if is_report || is_agreement {
        return imported;
    }
    match &reading.plain {
        Some(text) => general::read_general(text),
        None => general::read_blocks(&reading.blocks),
    }
}
