//! `renkei import` — reads documents, oldest year first, and records them unless `--dry-run` is set.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use renkei_app::{AppError, Context, ImportOutcome, MergedTable, Node, access, evidence, read_document};
use renkei_document::document::{Document, Imported};
use renkei_domain::evidence::command::Merge;

use super::input_output::{print_json, read};
use super::{differences, findings};
use crate::arguments::{Import, Shape};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::surroundings::Surroundings;

/// Imports the files. If a file cannot be opened (its name is probably mistyped), no file is recorded. Otherwise each
/// file is recorded as a whole or not at all. Each failure is printed when it happens and again at the end. The exit
/// code is 3 if the content of a file could not be read, and 2 for other failures.
pub fn import(task: Import, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for file in &task.files {
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        files.push((name, read(file)?));
    }
    let mut summary = Summary { files: &task.files, failed: Vec::new() };
    if task.dry_run {
        for (place, (name, bytes)) in files.iter().enumerate() {
            let progress = Progress::of(name);
            let document = read_document(name, bytes);
            drop(progress);
            match document {
                Ok(document) => show(&task, place, &document, surroundings),
                Err(fault) => summary.failed(place, fault.into()),
            }
        }
        return Ok(summary.tell(&task));
    }
    let node = Node::open(&surroundings.data(task.data.data.clone())?, Context::of_this_machine())?;
    let merge = task.merge.then(|| Merge { gone: task.gone, ..Merge::default() });
    let mut progress = Some(Progress::of(&files[0].0));
    evidence::import_many(&node, &access::local_operator(), &files, merge.as_ref(), |imported| {
        progress = None;
        let place = imported.file;
        let told = imported.outcome.map_err(Failure::from).and_then(|outcome| {
            show(&task, place, &outcome.document, surroundings);
            recorded(&task, &node, (place, &files[place]), &outcome, surroundings)
        });
        if let Err(fault) = told {
            summary.failed(place, fault);
        }
    });
    drop(progress);
    if task.format == Shape::Text {
        tell_renamed_divisions(&node);
    }
    Ok(summary.tell(&task))
}

/// The files that failed, each with its index and its failure.
struct Summary<'a> {
    files: &'a [PathBuf],
    failed: Vec<(usize, Failure)>,
}

impl Summary<'_> {
    fn failed(&mut self, place: usize, fault: Failure) {
        if self.files.len() > 1 {
            eprintln!("{}：{fault}", self.files[place].display());
        }
        self.failed.push((place, fault));
    }

    /// Prints how many files were imported and which ones failed. Returns the exit code.
    fn tell(mut self, task: &Import) -> ExitCode {
        self.failed.sort_by_key(|(place, _)| *place);
        if let ([_], [(_, fault)]) = (self.files, &self.failed[..]) {
            return fault.tell();
        }
        let done = if task.dry_run { "読み取りました" } else { "取り込みました" };
        let counted = format!("{}件のうち{}件を{done}。", self.files.len(), self.files.len() - self.failed.len());
        match (self.files.len(), task.format) {
            (1, _) => {}
            (_, Shape::Text) => println!("{counted}"),
            (_, Shape::Json) => eprintln!("{counted}"),
        }
        if self.failed.is_empty() {
            return ExitCode::SUCCESS;
        }
        let names: Vec<String> =
            self.failed.iter().map(|(place, _)| self.files[*place].display().to_string()).collect();
        eprintln!(
            "取り込めなかったもの：{}（理由は上にあります。直してから、その文書だけを取り込んでください）",
            names.join("、")
        );
        let unreadable = self.failed.iter().any(|(_, fault)| matches!(fault, Failure::App(AppError::Unreadable(_))));
        ExitCode::from(if unreadable { 3 } else { 2 })
    }
}

fn show(task: &Import, place: usize, document: &Imported<Document>, surroundings: &Surroundings) {
    match task.format {
        Shape::Json => print_json(document),
        Shape::Text => tell(&task.files[place], document, surroundings),
    }
}

/// Prints the result for one recorded file: merged tables, rows taken over, and differences from the file.
fn recorded(
    task: &Import,
    node: &Node,
    (place, (name, bytes)): (usize, &(String, Vec<u8>)),
    outcome: &ImportOutcome,
    surroundings: &Surroundings,
) -> Result<(), Failure> {
    if task.format == Shape::Json {
        return Ok(());
    }
    for table in &outcome.merged {
        let MergedTable { new, changed, gone, same, .. } = table;
        let name = format!("{}{}", table.fiscal_year, table.kind.name());
        println!("{name}を統合しました：新規{new}行、変更{changed}行、なくなった行{gone}行、同じ{same}行。");
    }
    for (party, rows) in &outcome.taken_over {
        println!("{party}：{rows}行を引き継ぎました。");
    }
    tell_what_did_not_come_through(node, &task.files[place], (name, bytes), surroundings)
}

fn tell_renamed_divisions(node: &Node) {
    let questions = node.state().renamed_divisions(access::local_viewer());
    if questions.is_empty() {
        return;
    }
    println!("改称したと思われる組織が{}組あります。", questions.len());
    for question in &questions {
        println!("    {} → {}（{}から）", question.former, question.latter, question.since);
    }
    println!("    → `renkei serve` で開き、「組織の改称」のページで答えてください。");
}

/// Compares the file with a report that is made from the recorded data. The differences are the things that somebody
/// has to correct.
fn tell_what_did_not_come_through(
    node: &Node,
    file: &Path,
    read: (&str, &[u8]),
    surroundings: &Surroundings,
) -> Result<(), Failure> {
    let viewer = access::local_viewer();
    let found = match node.state().compare_with_report(viewer, None, None, read) {
        Ok(found) => found,
        // The document has no plans and therefore no report; or several agreements are known and the user named none.
        Err(AppError::NoPlan { .. } | AppError::NothingStored | AppError::WhichAgreement { .. }) => return Ok(()),
        Err(fault) => return Err(fault.into()),
    };
    println!("取込み後の比較：{}", differences::counted(&found, surroundings.language));
    if !found.is_empty() {
        println!("    → `renkei compare {}` で一つずつ確かめてください。", file.display());
    }
    Ok(())
}

fn tell(file: &Path, document: &Imported<Document>, surroundings: &Surroundings) {
    println!("{}", summary(&document.value));
    findings::print(&file.display().to_string(), &document.findings, surroundings.language);
}

/// Returns a summary of a document, a few lines long.
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
            plan.kind.name(),
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
