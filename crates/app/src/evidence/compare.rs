//! 比較 — compares a file with another file, or with the report that is made from the journal.

use renkei_document::compare::{Compared, Difference, compare};
use renkei_document::document::{Document, FORMAT};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::locus::SourceLine;
use renkei_domain::view::Viewer;

use crate::node::error::AppError;
use crate::node::state::State;

/// 比べる文書 — a document that was read from a file, with the lines of the file.
struct Readable {
    document: Document,
    lines: Vec<SourceLine>,
}

impl Readable {
    /// Reads any file that can be imported, and the JSON that an export writes.
    fn of(file_name: &str, bytes: &[u8]) -> Result<Self, AppError> {
        if let Ok(document) = serde_json::from_slice::<Document>(bytes)
            && document.format == FORMAT
        {
            return Ok(Self { document, lines: Vec::new() });
        }
        let read = renkei_import::read_file(file_name, bytes)?;
        Ok(Self { document: read.imported.value, lines: read.lines })
    }

    fn compared(&self) -> Compared<'_> {
        Compared { document: &self.document, lines: &self.lines }
    }
}

/// Returns the differences between two files, which may have different formats.
pub fn compare_files(left: (&str, &[u8]), right: (&str, &[u8])) -> Result<Vec<Difference>, AppError> {
    let (left, right) = (Readable::of(left.0, left.1)?, Readable::of(right.0, right.1)?);
    Ok(compare(left.compared(), right.compared()))
}

impl State {
    /// Returns the differences between a file and the stored report of a year (by default, the year of the file). If
    /// the file was just imported, they show what the import lost.
    pub fn compare_with_report(
        &self,
        viewer: Viewer,
        agreement: Option<&str>,
        fiscal_year: Option<FiscalYear>,
        (file_name, bytes): (&str, &[u8]),
    ) -> Result<Vec<Difference>, AppError> {
        let file = Readable::of(file_name, bytes)?;
        let report = self.report(viewer, agreement, fiscal_year.or(file.document.fiscal_year))?;
        let generated = Compared { document: &report.document, lines: &[] };
        Ok(compare(file.compared(), generated))
    }
}
