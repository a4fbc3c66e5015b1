//! 報告書のPDF — prints the report as a PDF that is tagged for screen readers and suitable for archives.

use std::collections::BTreeMap;

use renkei_document::document::Document;
use renkei_document::limits;
use renkei_document::party::PartyKey;
use serde::Serialize;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::edition::Imprint;
use crate::edition::paper::ImprintSheet;
use crate::error::PressError;
use crate::glyphs::missing_in;
use crate::line_breaks::allow_breaks;
use crate::press::{Desk, Press};
use crate::sheet::Sheet;

/// An entry of the typesetter's cache is dropped if this many later prints have not used it.
const KEPT_PRINTINGS: usize = 2;

/// The data that the template prints.
#[derive(Serialize)]
struct Printed<'sheet> {
    gothic: &'sheet [String],
    mincho: &'sheet [String],
    sheet: &'sheet Sheet,
}

/// Prints the report as PDF/UA-1 and PDF/A-2a in one file; the same report and fonts give the same bytes. Fails if the
/// fonts lack a glyph, because an official document must not show an empty box.
pub fn pdf(report: &Document, press: &Press) -> Result<Vec<u8>, PressError> {
    not_too_long(report)?;
    printed(Sheet::of(report), press)
}

/// Fails if a report is too long to print, because the typesetter needs all its pages in memory at once.
pub(crate) fn not_too_long(report: &Document) -> Result<(), PressError> {
    let rows = report.plans.iter().map(|table| table.rows().count()).sum();
    if rows <= limits::ROWS_OF_PDF {
        return Ok(());
    }
    let mut counted: BTreeMap<&PartyKey, usize> = BTreeMap::new();
    let of_all = report.plans.iter().flat_map(|table| table.rows());
    of_all.for_each(|row| *counted.entry(&row.party).or_default() += 1);
    let named = report.agreement.iter().flat_map(|text| &text.parties);
    let mut parties: Vec<(String, usize)> = Vec::new();
    for party in named {
        let name = party.short_name.as_ref().unwrap_or(&party.name);
        parties.extend(counted.remove(&party.key).map(|rows| (name.clone(), rows)));
    }
    parties.extend(counted.into_iter().map(|(key, rows)| (key.to_string(), rows)));
    Err(PressError::TooManyRows { rows, parties })
}

/// Prints the report as an edition, followed by the edition's name and hash, and its 正誤表.
pub fn edition_pdf(report: &Document, imprint: &Imprint<'_>, press: &Press) -> Result<Vec<u8>, PressError> {
    not_too_long(report)?;
    printed(Sheet { imprint: Some(ImprintSheet::of(imprint)), ..Sheet::of(report) }, press)
}

fn printed(mut sheet: Sheet, press: &Press) -> Result<Vec<u8>, PressError> {
    let missing = missing_in(&sheet, press);
    if !missing.is_empty() {
        return Err(PressError::MissingGlyphs(missing));
    }
    print(&desk_of(&mut sheet, press)?)
}

/// Lays out the pages of a report.
pub(crate) fn laid_out(sheet: &mut Sheet, press: &Press) -> Result<PagedDocument, PressError> {
    composed(&desk_of(sheet, press)?)
}

/// Prints a report, a 引継書 or a summary.
pub(crate) fn print(desk: &Desk) -> Result<Vec<u8>, PressError> {
    let laid_out = composed(desk)?;
    typst_pdf::pdf(&laid_out, &options()?).map_err(|reasons| desk.refused(&reasons))
}

/// Lays out the pages, and drops old entries of the typesetter's cache, which would otherwise grow without limit.
fn composed(desk: &Desk) -> Result<PagedDocument, PressError> {
    let composed = typst::compile(desk).output.map_err(|reasons| desk.refused(&reasons));
    typst::comemo::evict(KEPT_PRINTINGS);
    composed
}

fn desk_of<'press>(sheet: &mut Sheet, press: &'press Press) -> Result<Desk<'press>, PressError> {
    allow_breaks(sheet);
    let fonts = press.fonts();
    let printed = Printed { gothic: &fonts.gothic, mincho: &fonts.mincho, sheet };
    let data = serde_json::to_string(&printed).map_err(|error| PressError::Refused(vec![error.to_string()]))?;
    Ok(Desk::report(press, data))
}

fn options() -> Result<PdfOptions, PressError> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]);
    let standards = standards.map_err(|reason| PressError::Refused(vec![reason.message().to_string()]))?;
    let creator = Smart::Custom(Some(concat!("renkei ", env!("CARGO_PKG_VERSION")).to_owned()));
    Ok(PdfOptions { creator, standards, ..PdfOptions::default() })
}
