//! 印刷用のブック — writes the report as a workbook for printing and editing, with one sheet for each section, as is usual in
//! offices.
//!
//! It prints the same [`Sheet`] as the PDF. The import must read the workbook as the same document, so each heading is
//! written only once, on the first sheet to which it applies. The page header of each sheet names its part and chapter.

mod book;
mod lines;
mod look;
mod names;
mod section;

use renkei_document::document::Document;
use rust_xlsxwriter::{FormatAlign, Workbook};

use self::book::Book;
use self::look::{Look, Widths};
use self::names::Names;
use crate::agreement_sheet::AgreementSheet;
use crate::data_workbook::properties;
use crate::sheet::{Cover, Part, Sheet};
use crate::workbook_error::WorkbookError;

/// The default height of a row and width of a column in a workbook with this font, in pixels.
const ROW: u32 = 18;
const COLUMN: u32 = 64;

/// Writes the report as a workbook for print; the same report gives the same bytes.
pub fn workbook(report: &Document) -> Result<Vec<u8>, WorkbookError> {
    let sheet = Sheet::of(report);
    let look = Look::new();
    let mut made = Workbook::new();
    made.set_properties(&properties(&sheet.title, crate::sheet::day_of(report))?);
    made.set_default_format(&look.normal, ROW, COLUMN)?;
    let mut book = Book { made, look, names: Names::default(), widths: Widths::with_divisions(sheet.division_width) };
    let names = book.names_of(&sheet);
    if let Some(agreement) = &sheet.agreement {
        book.agreement(agreement)?;
    }
    if let Some(cover) = &sheet.cover {
        book.cover(cover)?;
    }
    if !sheet.parts.is_empty() {
        book.contents(&sheet.parts, &names)?;
    }
    let mut names = names.into_iter();
    for part in &sheet.parts {
        book.part(part, &mut names)?;
    }
    Ok(book.made.save_to_buffer()?)
}

impl Book {
    /// Returns the names of the sheets of all parts, in order.
    fn names_of(&mut self, sheet: &Sheet) -> Vec<String> {
        for taken in ["協定", "表紙", "目次"] {
            self.names.take(taken);
        }
        sheet.parts.iter().flat_map(section::names).map(|name| self.names.take(&name)).collect()
    }

    fn agreement(&mut self, agreement: &AgreementSheet) -> Result<(), WorkbookError> {
        let (title, text) = (self.look.article_title.clone(), self.look.article.clone());
        let mut page = self.column("協定")?;
        page.text(&agreement.title, &title, 16.0)?;
        page.gap(14.0)?;
        agreement.preamble.iter().try_for_each(|paragraph| page.text(paragraph, &text, 10.5))?;
        for article in &agreement.articles {
            page.gap(10.0)?;
            article.heading.iter().try_for_each(|heading| page.text(heading, &text, 10.5))?;
            for paragraph in &article.paragraphs {
                let numbered = format!("{}　{}", paragraph.number, paragraph.text);
                page.text(numbered.trim_start_matches('　'), &text, 10.5)?;
            }
        }
        for provision in &agreement.supplementary {
            page.gap(14.0)?;
            page.text(&provision.heading, &text, 10.5)?;
            provision.paragraphs.iter().try_for_each(|paragraph| page.text(paragraph, &text, 10.5))?;
        }
        page.gap(14.0)?;
        agreement.attestation.iter().try_for_each(|paragraph| page.text(paragraph, &text, 10.5))?;
        agreement.date.iter().try_for_each(|date| page.text(date, &text, 10.5))?;
        for signatory in &agreement.signatories {
            page.gap(14.0)?;
            page.text(
                &format!("{}　{}", signatory.office, signatory.name),
                &text.clone().set_align(FormatAlign::Left).set_indent(20),
                10.5,
            )?;
        }
        Ok(())
    }

    fn cover(&mut self, cover: &Cover) -> Result<(), WorkbookError> {
        let (title, issuer) = (self.look.title.clone(), self.look.issuer.clone());
        let mut page = self.column("表紙")?;
        page.gap(150.0)?;
        cover.lines.iter().try_for_each(|line| page.text(line, &title, 22.0))?;
        page.gap(260.0)?;
        cover.issuers.iter().chain(&cover.date).try_for_each(|line| page.text(line, &issuer, 16.0))
    }

    /// Writes the contents: each heading with a link to its sheet.
    fn contents(&mut self, parts: &[Part], names: &[String]) -> Result<(), WorkbookError> {
        let (heading, formats) = (self.look.heading.clone(), self.look.entry.clone());
        let entries: Vec<section::Entry> = parts.iter().flat_map(section::entries).collect();
        let mut page = self.column("目次")?;
        page.text("目次", &heading, 14.0)?;
        let mut place = 0;
        for entry in &entries {
            let format = &formats[entry.level.min(2)];
            page.text(&entry.text, format, 10.5)?;
            if let Some(name) = names.get(place) {
                let link = format!("internal:'{name}'!A1");
                page.sheet.write_url_with_options(page.row - 1, 0, link.as_str(), &entry.text, "", Some(format))?;
            }
            place += usize::from(entry.ends_sheet);
        }
        Ok(())
    }
}
