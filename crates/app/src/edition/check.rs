//! 確認 — what the checks notice in the report of a year.

use renkei_document::finding::Finding;
use renkei_document::fiscal_year::FiscalYear;
use renkei_domain::view::Viewer;
use renkei_import::machine_readable::{self, RuleNotice};

use crate::node::error::AppError;
use crate::node::state::State;

/// What the thirty rules for machine-readable data say of a workbook or CSV, which is not kept.
pub fn machine_readable(file_name: &str, bytes: &[u8]) -> Result<Vec<RuleNotice>, AppError> {
    Ok(machine_readable::machine_readable(file_name, bytes)?)
}

impl State {
    /// The findings of a year's report; without a year, of the newest in which the viewer's side has rows, or else of the newest.
    pub fn check(
        &self,
        viewer: Viewer,
        agreement: Option<&str>,
        fiscal_year: Option<FiscalYear>,
    ) -> Result<Vec<Finding>, AppError> {
        Ok(self.report(viewer, agreement, fiscal_year)?.document.findings)
    }
}
