//! 報告書のWord文書 — writes the report as a Word file with styles, lists and a table of contents, so that staff can edit it
//! in Word.
//!
//! A template is a Word file with placeholders ([`placeholders`]) and named styles ([`looks`]). Our template consists
//! of the parts in `templates/docx`; an office's template is a file saved by Word or LibreOffice. Both are opened and
//! checked in the same way ([`layout`]), then filled ([`fill`]) with the content of the [sheet](crate::sheet) in the
//! template's styles.

mod agreement;
mod breaks;
mod contents;
mod fill;
pub(crate) mod layout;
mod lists;
mod looks;
mod package;
pub(crate) mod placeholders;
mod properties;
mod tables;
mod tree;
mod writing;

use renkei_document::document::Document;

use crate::error::PressError;
use crate::page_numbers::PageNumbers;
use crate::sheet::Sheet;

pub use layout::WordLayout;

/// Writes the report as a Word file; the same report, layout and page numbers give the same bytes. The contents show
/// the given page numbers until Word updates them.
pub fn docx(report: &Document, layout: &WordLayout, pages: &PageNumbers) -> Result<Vec<u8>, PressError> {
    let sheet = Sheet::of(report);
    fill::filled(report, &sheet, layout, pages).map_err(|reason| PressError::Refused(vec![reason]))
}
