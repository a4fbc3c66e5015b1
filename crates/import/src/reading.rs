//! A file as blocks and lines: the choice of the reader, and the common result of all readers.

use renkei_document::finding::Finding;
use renkei_document::locus::SourceLine;

use crate::blocks::Block;
use crate::decode::{self, Unreadable};
use crate::package::{self, Kind};
use crate::{csv_reader, docx, html_reader, pdf, text_reader, xlsx_reader};

/// The result of reading a file.
#[derive(Debug, Default)]
pub struct Reading {
    /// Paragraphs and table rows in reading order; `Block::line` refers to `lines`.
    pub blocks: Vec<Block>,
    /// The lines of the file to show: line n is `lines[n - 1]`.
    pub lines: Vec<SourceLine>,
    /// The findings of the reader about the file itself.
    pub findings: Vec<Finding>,
    /// The original text of a plain text file.
    pub plain: Option<String>,
}

/// Reads a file with the reader that fits its first bytes.
pub fn of(name: &str, bytes: &[u8]) -> Result<Reading, Unreadable> {
    if bytes.starts_with(b"%PDF-") {
        return pdf::read(bytes);
    }
    match package::kind(bytes)? {
        Some(Kind::Word) => return docx::read(bytes),
        Some(Kind::Excel) => return xlsx_reader::read(bytes),
        None => {}
    }
    let text = decode::decode(bytes)?;
    if name.to_lowercase().ends_with(".csv") {
        return csv_reader::read(&text);
    }
    let line = |text: &str| SourceLine { text: text.to_owned(), ..SourceLine::default() };
    let lines = text.lines().map(line).collect();
    if html_reader::is_html(&text) {
        return Ok(Reading { blocks: html_reader::read(&text), lines, ..Reading::default() });
    }
    Ok(Reading { blocks: text_reader::read(&text), lines, findings: Vec::new(), plain: Some(text) })
}
