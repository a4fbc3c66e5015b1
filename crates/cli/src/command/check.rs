//! `renkei check` — checks the report of a year, or a file that is not recorded.

use std::process::ExitCode;

use renkei_app::{Press, access, missing_glyphs, read_document, read_state};
use renkei_document::finding::Severity;
use renkei_document::fiscal_year::FiscalYear;

use super::input_output::{print_json, read};
use super::{findings, machine_readable};
use crate::arguments::{Check, Shape};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

/// Prints the findings. The exit code is 1 if one of them is an error, which prevents publication.
pub fn check(task: Check, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    if let (true, Some(file)) = (task.machine_readable, &task.file) {
        return machine_readable::check(file, task.format, surroundings);
    }
    // Without fonts, it is not checked whether each character can be printed. `report` names the font that must be
    // installed.
    let press = Press::find().ok();
    let (name, found) = match &task.file {
        Some(file) => {
            let read = read_document(&file.to_string_lossy(), &read(file)?)?;
            let glyphs = press.iter().flat_map(|press| missing_glyphs(&read.value, press));
            (file.display().to_string(), read.findings.into_iter().chain(glyphs).collect::<Vec<_>>())
        }
        None => {
            let state = read_state(&surroundings.data(task.which.data.data)?)?;
            let viewer = access::local_viewer();
            let year = task.which.fiscal_year.map(FiscalYear);
            let (report, found) = state.check(viewer, task.which.agreement.as_deref(), year)?;
            let name = report.document.fiscal_year.map(|year| year.to_string()).unwrap_or_default();
            let glyphs = press.iter().flat_map(|press| report.missing_glyphs(press)).collect::<Vec<_>>();
            (name, found.into_iter().chain(glyphs).collect())
        }
    };
    match task.format {
        Shape::Json => print_json(&serde_json::json!({ "findings": found })),
        Shape::Text => findings::print(&name, &found, surroundings.language),
    }
    let errors = found.iter().any(|finding| finding.notice.severity() == Severity::Error);
    Ok(if errors { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
