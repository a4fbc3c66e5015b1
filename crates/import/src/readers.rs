//! Chooses the reader for a file.

use renkei_document::locus::SourceLine;

use crate::decode::{self, Unreadable};
use crate::package::{self, Kind};
use crate::reading::Reading;
use crate::{csv_reader, docx, html_reader, pdf, text_reader, xlsx_reader};

/// Reads a file with the reader that fits its first bytes.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading, Unreadable> {
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
