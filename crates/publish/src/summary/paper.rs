//! 概要の紙 — the summary as one sheet of A4: PDF/UA-1 and PDF/A-2a like the report, each chart with its description.

use renkei_document::document::Document;
use serde::Serialize;

use super::content::Summary;
use crate::error::PressError;
use crate::glyphs::missing_among;
use crate::pdf::print;
use crate::press::{Desk, Press};

/// The data that the template prints.
#[derive(Serialize)]
struct Printed<'summary> {
    gothic: &'summary [String],
    summary: &'summary Summary,
}

/// Prints the summary of a year's report as a PDF of one page; the same reports and fonts give the same bytes.
pub fn summary_pdf(report: &Document, earlier: &[Document], press: &Press) -> Result<Vec<u8>, PressError> {
    let summary = Summary::of(report, earlier);
    let missing = missing_among(texts(&summary), press);
    if !missing.is_empty() {
        return Err(PressError::MissingGlyphs(missing));
    }
    let printed = Printed { gothic: &press.fonts().gothic, summary: &summary };
    let data = serde_json::to_string(&printed).map_err(|error| PressError::Refused(vec![error.to_string()]))?;
    print(&Desk::summary(press, data))
}

/// Returns every text of the page with its place.
fn texts(summary: &Summary) -> Vec<(String, &str)> {
    let place = || "概要".to_owned();
    let heads = [&summary.title, &summary.agreement, &summary.rule].into_iter();
    let lines = heads.chain(&summary.parties).chain(&summary.lead).chain(&summary.notes);
    let mut texts: Vec<(String, &str)> = lines.map(|text| (place(), text.as_str())).collect();
    for chapter in &summary.chapters {
        texts.push((place(), &chapter.title));
        for figure in &chapter.figures {
            let words =
                [&figure.section, &figure.label, &figure.qualifier, &figure.value, &figure.unit, &figure.beside];
            texts.extend(words.map(|word| (place(), word.as_str())));
        }
    }
    for chart in summary.counts.iter().chain(&summary.trends) {
        let words =
            [&chart.title, &chart.description].into_iter().chain(&chart.head).chain(chart.rows.iter().flatten());
        texts.extend(words.map(|word| (place(), word.as_str())));
    }
    texts
}
