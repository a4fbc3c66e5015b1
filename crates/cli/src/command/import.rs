//! `renkei import` — reads documents, and records them unless told not to.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use renkei_app::{AppError, Context, Renkei, access, read_document};
use renkei_domain::document::{Document, Imported};
use renkei_domain::refusal::plan_kind;

use super::{differences, findings, print_json, read};
use crate::arguments::{Import, Shape};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::surroundings::Surroundings;

pub fn import(task: Import, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    // First the files: where one cannot be read, nothing is made and nothing is recorded.
    let files: Vec<(&PathBuf, Vec<u8>)> =
        task.files.iter().map(|file| Ok((file, read(file)?))).collect::<Result<_, Failure>>()?;
    let mut renkei = None;
    if !task.dry_run {
        renkei = Some(Renkei::open(&surroundings.data(task.data.data)?, Context::of_this_machine())?);
    }
    for (file, bytes) in files {
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        let progress = Progress::of(&name);
        let (document, taken_over) = match &renkei {
            None => (read_document(&name, &bytes)?, Vec::new()),
            Some(renkei) => {
                let outcome = renkei.import(access::local_operator(), &name, &bytes)?;
                (outcome.document, outcome.taken_over)
            }
        };
        drop(progress);
        match task.format {
            Shape::Json => print_json(&document),
            Shape::Text => tell(file, &document, &taken_over, surroundings),
        }
        if let (Some(renkei), Shape::Text) = (&renkei, task.format) {
            tell_what_did_not_come_through(renkei, file, (&name, &bytes), surroundings)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The report is generated again from what was recorded, and compared with the file: what differs is the work list.
fn tell_what_did_not_come_through(
    renkei: &Renkei,
    file: &Path,
    read: (&str, &[u8]),
    surroundings: &Surroundings,
) -> Result<(), Failure> {
    let viewer = access::viewer(access::Role::LocalOperator);
    let found = match renkei.state().compare_with_report(viewer, None, None, read) {
        Ok(found) => found,
        // A document without plans has no report, and of several agreements none was named.
        Err(AppError::NoPlan { .. } | AppError::NothingStored | AppError::WhichAgreement { .. }) => return Ok(()),
        Err(fault) => return Err(fault.into()),
    };
    println!("取込み後の比較：{}", differences::counted(&found, surroundings.language));
    if !found.is_empty() {
        println!("    → `renkei compare {}` で一つずつ確かめてください。", file.display());
    }
    Ok(())
}

fn tell(file: &Path, document: &Imported<Document>, taken_over: &[(String, usize)], surroundings: &Surroundings) {
    println!("{}", summary(&document.value));
    findings::print(&file.display().to_string(), &document.findings, surroundings.language);
    for (party, rows) in taken_over {
        println!("{party}：{rows}行を引き継ぎました。");
    }
}

/// What was read, in a few lines.
fn summary(document: &Document) -> String {
    let mut lines = vec![document.title.clone().unwrap_or_else(|| "（標題なし）".to_owned())];
    if let Some(agreement) = document.agreement.as_ref().filter(|agreement| !agreement.articles.is_empty()) {
        lines.push(format!(
            "  協定：{}（{}条）",
            agreement.title.clone().unwrap_or_default(),
            agreement.articles.len()
        ));
    }
    for plan in &document.plans {
        let sections: Vec<_> = plan.chapters.iter().flat_map(|chapter| &chapter.sections).collect();
        let rows: Vec<_> = sections.iter().flat_map(|section| &section.initiatives).collect();
        let figures: usize = rows.iter().map(|row| row.figures.len()).sum();
        lines.push(format!(
            "  {}{}：{}柱、{}項目、{}取組、{figures}数値",
            plan.fiscal_year,
            plan_kind(plan.kind),
            plan.chapters.len(),
            sections.len(),
            rows.len()
        ));
    }
    if !document.figures.is_empty() || !document.headings.is_empty() {
        lines.push(format!("  見出し{}、数値{}", document.headings.len(), document.figures.len()));
    }
    lines.join("\n")
}
