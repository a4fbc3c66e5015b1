//! 報告書のWord文書 — the report as a careful clerk would have made it, so that staff can go on in Word.
//!
//! A template is a Word file with placeholders ([`placeholders`]) and named styles ([`looks`]). Ours is made of the parts in
//! `templates/docx`; an office's is whatever Word or LibreOffice saved. Both take the same way: opened and checked ([`layout`]),
//! then filled ([`fill`]) with what the [sheet](crate::sheet) says, set in the template's styles.

mod agreement;
mod breaks;
mod contents;
mod fill;
mod layout;
mod lists;
mod looks;
mod package;
mod placeholders;
mod properties;
mod tables;
mod tree;
mod writing;

use renkei_document::document::Document;

use crate::error::PressError;
use crate::page_numbers::PageNumbers;
use crate::sheet::Sheet;

pub use layout::WordLayout;
pub(crate) use layout::our_file;
pub(crate) use placeholders::PLACEHOLDERS;

/// The report as a Word file: the same report, layout and page numbers give the same bytes. The contents carry the page numbers
/// that are given, as last known, and ask Word for its own.
pub fn docx(report: &Document, layout: &WordLayout, pages: &PageNumbers) -> Result<Vec<u8>, PressError> {
    let sheet = Sheet::of(report);
    fill::filled(report, &sheet, layout, pages).map_err(|reason| PressError::Refused(vec![reason]))
}
