//! 概要 — one page about a year for residents and employers. It includes earlier years, to show the changes.

use renkei_document::document::Document;
use renkei_document::fiscal_year::FiscalYear;
use renkei_domain::view::Viewer;
use renkei_publish::Press;

use crate::node::error::AppError;
use crate::node::state::State;

/// 概要 — the report of a year and those of earlier years, ready to be printed on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub report: Document,
    /// The reports of earlier years, oldest first.
    pub earlier: Vec<Document>,
}

/// Each format is deterministic: the same content gives the same bytes.
impl Summary {
    pub fn html(&self) -> String {
        renkei_publish::summary_html(&self.report, &self.earlier)
    }

    pub fn pdf(&self, press: &Press) -> Result<Vec<u8>, AppError> {
        Ok(renkei_publish::summary_pdf(&self.report, &self.earlier, press)?)
    }
}

impl State {
    /// Returns the summary of a year. If no year is given, takes the newest report with rows of the viewer's side, else
    /// the newest.
    pub fn summary(
        &self,
        viewer: Viewer,
        agreement: Option<&str>,
        fiscal_year: Option<FiscalYear>,
    ) -> Result<Summary, AppError> {
        let report = self.report(viewer, agreement, fiscal_year)?.document;
        let agreement = self.choose_agreement(viewer, agreement)?;
        let before = |year: &FiscalYear| report.fiscal_year.is_some_and(|shown| *year < shown);
        let years = agreement.report_years().into_iter().rev().filter(before);
        let earlier = years.filter_map(|year| agreement.report(year)).collect();
        Ok(Summary { report, earlier })
    }
}
