//! 公表 — prints a [`Document`](renkei_document::document::Document): the official report as PDF, as one accessible page,
//! as JSON.
//!
//! [`pdf`] and [`html`] print the same [`sheet`]; only this module decides the order of the content. The PDF is
//! PDF/UA-1 and PDF/A-2a in one file. Typst typesets it in this process with the fonts of a [`Press`]. No code here
//! reads the clock: the same document gives the same bytes. Only this crate uses typst.

mod agreement_sheet;
mod csv_file;
mod data_workbook;
mod dataset;
mod edition;
mod error;
mod fonts;
mod glyphs;
mod handover;
mod html;
mod json;
mod line_breaks;
mod missing_glyph;
mod page_numbers;
mod pdf;
mod press;
mod printed_text;
mod schema;
mod sheet;
mod summary;
mod template_fault;
mod templates;
mod trial;
mod typst_faults;
mod typst_file;
mod word;
mod workbook;
mod workbook_error;

pub use csv_file::{Csv, CsvEncoding, LostCharacter, csv};
pub use data_workbook::data_workbook;
pub use dataset::{Column, ColumnKind, Dataset, Datum, TABLES, Table};
pub use edition::{Imprint, ReferenceLine, edition_html, edition_json, errata_csv, errata_html, errata_json};
pub use error::PressError;
pub use glyphs::missing_glyphs;
pub use handover::handover_pdf;
pub use html::html;
pub use json::json;
pub use missing_glyph::MissingGlyph;
pub use page_numbers::PageNumbers;
pub use pdf::{edition_pdf, pdf};
pub use press::Press;
pub use schema::document_schema;
pub use summary::{summary_html, summary_pdf};
pub use template_fault::{Fault, FaultPlace, TemplateFault};
pub use templates::{Templates, template_files};
pub use word::{WordLayout, docx};
pub use workbook::workbook;
pub use workbook_error::WorkbookError;
