//! 報告書 — the combined report of a year, as PDF, HTML or JSON.

use std::collections::BTreeSet;

use renkei_document::document::Document;
use renkei_document::finding::{Finding, Notice, Place};
use renkei_document::fiscal_year::FiscalYear;
use renkei_domain::view::{AgreementView, View, Viewer};
use renkei_publish::{PageNumbers, Press, Templates};

use crate::node::error::AppError;
use crate::node::state::State;

/// 報告書 — a document that is ready to be printed, with the findings of its checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub fiscal_year: FiscalYear,
    pub document: Document,
    /// The same document with each party's rows in that party's house style.
    pub(crate) printed: Document,
}

/// Each format is deterministic: the same content gives the same bytes.
impl Report {
    pub fn pdf(&self, press: &Press) -> Result<Vec<u8>, AppError> {
        Ok(renkei_publish::pdf(&self.printed, press)?)
    }

    /// Returns the report as a Word file. The table of contents has page numbers if this machine has the fonts to lay
    /// out the PDF, from which the numbers are taken.
    pub fn docx(&self, templates: &Templates, press: Option<&Press>) -> Result<Vec<u8>, AppError> {
        let pages = press.map(|press| PageNumbers::of(&self.printed, press)).unwrap_or_default();
        Ok(renkei_publish::docx(&self.printed, &templates.word, &pages)?)
    }

    pub fn html(&self) -> String {
        renkei_publish::html(&self.printed)
    }

    /// Returns a finding for each character that the installed fonts lack. Because of any of them, the PDF is refused.
    pub fn missing_glyphs(&self, press: &Press) -> Vec<Finding> {
        missing_glyphs(&self.printed, press)
    }

    pub fn json(&self) -> String {
        renkei_publish::json(&self.document)
    }
}

/// Returns the characters of a document that the installed fonts lack, with their places.
pub fn missing_glyphs(document: &Document, press: &Press) -> Vec<Finding> {
    let missing = renkei_publish::missing_glyphs(document, press);
    let finding = |glyph: renkei_publish::MissingGlyph| {
        let notice = Notice::GlyphMissing { character: glyph.written(), code_points: glyph.code_points() };
        Finding::new(notice, Place { row: Some(glyph.place), ..Place::whole() })
    };
    missing.into_iter().map(finding).collect()
}

impl State {
    /// Returns the agreement with this title, else the only agreement whose title contains these words. If no title is
    /// given, returns the only agreement.
    pub fn choose_agreement(&self, viewer: Viewer, title: Option<&str>) -> Result<AgreementView<'_>, AppError> {
        let mut known: Vec<AgreementView<'_>> = self.seen_by(viewer).agreements().collect();
        if let Some(title) = title {
            let name = |known: &AgreementView<'_>| known.agreement.text.title.clone().unwrap_or_default();
            let is_exact = known.iter().any(|known| name(known) == title);
            known.retain(|known| if is_exact { name(known) == title } else { name(known).contains(title) });
        }
        match (known.len(), known.pop()) {
            (1, Some(only)) => Ok(only),
            (0, _) => Err(AppError::NothingStored),
            _ => Err(AppError::WhichAgreement { known: titles(self.seen_by(viewer)) }),
        }
    }

    /// Returns the report of a year. If no year is given, returns the newest report with rows of the viewer's side,
    /// else the newest.
    pub fn report(
        &self,
        viewer: Viewer,
        agreement: Option<&str>,
        fiscal_year: Option<FiscalYear>,
    ) -> Result<Report, AppError> {
        report_of(self.choose_agreement(viewer, agreement)?, fiscal_year)
    }
}

/// Returns the report of an agreement in a year; by default, in the year of [`AgreementView::present_report`].
pub fn report_of(agreement: AgreementView<'_>, fiscal_year: Option<FiscalYear>) -> Result<Report, AppError> {
    let year = fiscal_year.or_else(|| agreement.present_report()).ok_or(AppError::NothingStored)?;
    let document = agreement.report(year).ok_or_else(|| AppError::NoPlan {
        fiscal_year: year.to_string(),
        known: agreement.report_years().iter().map(ToString::to_string).collect(),
    })?;
    let printed = agreement.printed(document.clone());
    Ok(Report { fiscal_year: year, document, printed })
}

/// Returns the years of reports that show a recorded table of the document's years and have more rows than a PDF may
/// have, each with its number of rows.
pub(crate) fn too_long_for_pdf(agreement: AgreementView<'_>, document: &Document) -> Vec<(FiscalYear, usize)> {
    let plans = document.plans.iter().filter_map(|table| agreement.plan_of(table.fiscal_year, table.kind));
    let years: BTreeSet<FiscalYear> = plans.map(|(_, plan)| plan.report_year()).collect();
    years.into_iter().filter_map(|year| Some((year, agreement.too_long_for_pdf(year)?))).collect()
}

/// Returns the titles of the agreements that a viewer knows.
pub(crate) fn titles(view: View<'_>) -> Vec<String> {
    view.agreements().map(|known| known.agreement.text.title.clone().unwrap_or_default()).collect()
}
