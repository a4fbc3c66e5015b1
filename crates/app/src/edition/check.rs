//! 確認 — the findings of the checks in the report of a year.

use renkei_document::finding::Finding;
use renkei_document::fiscal_year::FiscalYear;
use renkei_domain::view::Viewer;
use renkei_import::machine_readable::{self, RuleNotice};

use crate::edition::report::{Report, report_of};
use crate::node::error::AppError;
use crate::node::state::State;

/// Checks a workbook or a CSV file by the thirty rules for machine-readable data, and returns the findings. The file is
/// not stored.
pub fn machine_readable(file_name: &str, bytes: &[u8]) -> Result<Vec<RuleNotice>, AppError> {
    Ok(machine_readable::machine_readable(file_name, bytes)?)
}

impl State {
    /// Returns the report of a year with the findings of its checks. If no year is given, takes the newest report with
    /// rows of the viewer's side, else the newest.
    pub fn check(
        &self,
        viewer: Viewer,
        agreement: Option<&str>,
        fiscal_year: Option<FiscalYear>,
    ) -> Result<(Report, Vec<Finding>), AppError> {
        let agreement = self.choose_agreement(viewer, agreement)?;
        let report = report_of(agreement, fiscal_year)?;
        let findings = agreement.findings(report.fiscal_year);
        Ok((report, findings))
    }
}
