//! `renkei export` — what is stored, in the shape that import prints.

use std::process::ExitCode;

use renkei_app::{access, read_state};
use renkei_domain::fiscal_year::FiscalYear;

use super::print_json;
use crate::arguments::{Export, ExportShape};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn export(task: Export, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let state = read_state(&surroundings.data(task.which.data.data)?)?;
    let viewer = access::viewer(access::Role::LocalOperator);
    let year = task.which.fiscal_year.map(FiscalYear);
    let report = state.report(viewer, task.which.agreement.as_deref(), year)?;
    match task.format {
        ExportShape::Json => print_json(&report.document),
    }
    Ok(ExitCode::SUCCESS)
}
