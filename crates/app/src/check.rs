//! 確認 — what the checks notice in the report of a year.

use renkei_domain::finding::Finding;
use renkei_domain::fiscal_year::FiscalYear;
use renkei_domain::view::Viewer;

use crate::error::AppError;
use crate::state::State;

impl State {
    /// The findings of a year's report, or of the newest.
    pub fn check(
        &self,
        viewer: Viewer,
        agreement: Option<&str>,
        fiscal_year: Option<FiscalYear>,
    ) -> Result<Vec<Finding>, AppError> {
        Ok(self.report(viewer, agreement, fiscal_year)?.document.findings)
    }
}
