//! `renkei report` — writes the official report of a year to a file.

use std::process::ExitCode;

use renkei_app::{AppError, Press, Report as Made, Summary, Templates, access, read_state};
use renkei_document::fiscal_year::FiscalYear;

use crate::arguments::Report;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::surroundings::Surroundings;

pub fn report(task: Report, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let ending = task.out.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_owned();
    let endings: &[&str] = if task.summary { &["pdf", "html"] } else { &["pdf", "docx", "xlsx", "html", "json"] };
    if !endings.contains(&ending.as_str()) {
        return Err(Failure::UnknownEnding { file: task.out.display().to_string() });
    }
    let templates = task.template.map_or_else(Templates::ours, |folder| Templates::in_folder(&folder));
    let templates = templates.map_err(AppError::from)?;
    let state = read_state(&surroundings.data(task.which.data.data)?)?;
    let viewer = access::local_viewer();
    let progress = Progress::of("報告書を作っています");
    let (agreement, year) = (task.which.agreement.as_deref(), task.which.fiscal_year.map(FiscalYear));
    let bytes = match task.summary {
        true => summary(&state.summary(viewer, agreement, year)?, &ending)?,
        false => whole(&state.report(viewer, agreement, year)?, &ending, &templates)?,
    };
    drop(progress);
    std::fs::write(&task.out, bytes).map_err(Failure::file(&task.out))?;
    println!("{} を作りました。", task.out.display());
    Ok(ExitCode::SUCCESS)
}

fn whole(report: &Made, ending: &str, templates: &Templates) -> Result<Vec<u8>, Failure> {
    Ok(match ending {
        "pdf" => report.pdf(&Press::with_templates(templates).map_err(AppError::from)?)?,
        "docx" => report.docx(templates, Press::with_templates(templates).ok().as_ref())?,
        "html" => report.html().into_bytes(),
        "xlsx" => report.workbook()?,
        _ => report.json().into_bytes(),
    })
}

fn summary(summary: &Summary, ending: &str) -> Result<Vec<u8>, Failure> {
    Ok(match ending {
        "pdf" => summary.pdf(&Press::find().map_err(AppError::from)?)?,
        _ => summary.html().into_bytes(),
    })
}
