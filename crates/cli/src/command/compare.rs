//! `renkei compare` — lists the differences between two documents, or between a document and the stored report.

use std::path::Path;
use std::process::ExitCode;

use renkei_app::{access, compare_files, read_state};
use renkei_document::compare::Difference;
use renkei_document::fiscal_year::FiscalYear;

use super::differences;
use super::input_output::{print_json, read};
use crate::arguments::{Compare, Shape};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

/// Prints the differences. The exit code is 1 if there are any.
pub fn compare(task: Compare, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let found = between(&task, surroundings)?;
    match task.format {
        Shape::Json => print_json(&serde_json::json!({ "differences": found })),
        Shape::Text => differences::print(&found, surroundings.language),
    }
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn between(task: &Compare, surroundings: &Surroundings) -> Result<Vec<Difference>, Failure> {
    let one = read(&task.one)?;
    let one_name = name(&task.one);
    if let Some(other) = &task.other {
        return Ok(compare_files((&one_name, &one), (&name(other), &read(other)?))?);
    }
    let state = read_state(&surroundings.data(task.which.data.data.clone())?)?;
    let viewer = access::local_viewer();
    let year = task.which.fiscal_year.map(FiscalYear);
    Ok(state.compare_with_report(viewer, task.which.agreement.as_deref(), year, (&one_name, &one))?)
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
