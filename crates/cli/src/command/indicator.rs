//! `renkei indicator` — lists the parties' indicators, shows their definitions, and makes the 引継書 of a division.

use std::process::ExitCode;

use renkei_app::{AppError, Context, Press, access, day_of, handover_pdf, read_state};
use renkei_document::figure::Stated;
use renkei_document::figure_words::{measured, stated};
use renkei_document::handover::HandoverSheet;
use renkei_document::language::Language;
use renkei_domain::handover::sheet_of;
use renkei_domain::indicator::view::IndicatorView;
use renkei_domain::view::{AgreementView, ObservationView};
use serde_json::{Value, json};

use super::input_output::print_json;
use crate::arguments::{HandOver, Indicator, ListIndicators, Shape, ShowIndicator};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn indicator(task: Indicator, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    match task {
        Indicator::List(task) => list(task, surroundings),
        Indicator::Show(task) => show(&task, surroundings),
        Indicator::Handover(task) => hand_over(task, surroundings),
    }
}

fn list(task: ListIndicators, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let state = read_state(&surroundings.data(task.counted.data.data)?)?;
    let viewer = access::local_viewer();
    let agreement = state.choose_agreement(viewer, task.counted.agreement.as_deref())?;
    if let Some(division) = &task.division {
        // If the division has no indicators, its name is probably mistyped. The error lists the divisions that have
        // some.
        state.handover(viewer, task.counted.agreement.as_deref(), division)?;
    }
    let indicators = agreement.indicators();
    let kept = |view: &&IndicatorView<'_>| {
        task.division.as_deref().is_none_or(|division| view.keepers(agreement).contains(&division))
    };
    let kept: Vec<&IndicatorView<'_>> = indicators.iter().filter(kept).collect();
    match task.format {
        Shape::Json => {
            let all: Vec<Value> = kept.iter().map(|view| as_json(agreement, view)).collect();
            print_json(&json!({ "indicators": all }));
        }
        Shape::Text if kept.is_empty() => {
            println!("指標はまだありません。文書を取り込み、行を引き継ぐと、指標ができます。");
        }
        Shape::Text => kept.iter().for_each(|view| tell(agreement, view)),
    }
    Ok(ExitCode::SUCCESS)
}

fn show(task: &ShowIndicator, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let state = read_state(&surroundings.data(task.counted.data.data.clone())?)?;
    let viewer = access::local_viewer();
    let agreement = state.choose_agreement(viewer, task.counted.agreement.as_deref())?;
    let indicators = agreement.indicators();
    let found = task.id.parse().ok().and_then(|id| indicators.of(id));
    let view = found.ok_or_else(|| AppError::NoIndicator { id: task.id.clone() })?;
    let sheet = sheet_of(agreement, &indicators, view, Language::Japanese);
    match task.format {
        Shape::Json => {
            let mut told = as_json(agreement, view);
            told["definition"] = json!(view.definition());
            told["targets"] = view.targets.iter().map(|known| json!(known.target)).collect();
            told["values"] = view.observations.iter().rev().map(value_json).collect();
            print_json(&told);
        }
        Shape::Text => tell_sheet(agreement, view, &sheet),
    }
    Ok(ExitCode::SUCCESS)
}

fn hand_over(task: HandOver, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    if task.out.extension().and_then(|ending| ending.to_str()) != Some("pdf") {
        return Err(Failure::NoPdf { file: task.out.display().to_string() });
    }
    let state = read_state(&surroundings.data(task.counted.data.data)?)?;
    let viewer = access::local_viewer();
    let handover = state.handover(viewer, task.counted.agreement.as_deref(), &task.division)?;
    let today = day_of((Context::of_this_machine().clock)());
    let bytes = handover_pdf(&handover, today, &Press::find().map_err(AppError::from)?)?;
    std::fs::write(&task.out, bytes).map_err(Failure::file(&task.out))?;
    println!("{} を作りました（指標{}件）。", task.out.display(), handover.sheets.len());
    if handover.undescribed() > 0 {
        println!("定義のない指標が{}件あります。指標のページで書くと、引継書に載ります。", handover.undescribed());
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(agreement: AgreementView<'_>, view: &IndicatorView<'_>) {
    let keepers = view.keepers(agreement).join("、");
    let newest = view.newest().map_or_else(|| "値なし".to_owned(), in_words);
    let party = agreement.party_short_name(view.party);
    println!("{}\t{party}\t{keepers}\t{}\t{newest}", view.id, view.printed.label);
}

fn tell_sheet(agreement: AgreementView<'_>, view: &IndicatorView<'_>, sheet: &HandoverSheet) {
    let keepers = view.keepers(agreement).join("、");
    println!("{}（{} {keepers}）", sheet.name, agreement.party_short_name(view.party));
    for (term, lines) in &sheet.pairs {
        println!("  {term}：{}", lines.join("\n      "));
    }
    println!("  最近の値");
    for known in &sheet.values {
        println!("    {}\t{}\t{}", known.measured, known.value, known.kind);
    }
    if sheet.older > 0 {
        println!("    （これより前の値が{}個あります。`--format json` ですべてを見られます。）", sheet.older);
    }
}

/// Returns the value with its unit and date as text: 1,304人（令和8年1月末）.
fn in_words(seen: &ObservationView<'_>) -> String {
    let current = seen.observation.current();
    let unit = matches!(current, Stated::Value { .. }).then(|| seen.indicator.unit.clone()).flatten();
    let at = &seen.observation.measured;
    let when = measured(at.as_of, at.period, &at.event_dates);
    let when = if when.is_empty() { String::new() } else { format!("（{when}）") };
    format!("{}{}{when}", stated(&current), unit.unwrap_or_default())
}

fn as_json(agreement: AgreementView<'_>, view: &IndicatorView<'_>) -> Value {
    let terms = view.terms();
    json!({
        "id": view.id, "party": agreement.party_name(view.party), "divisions": view.keepers(agreement),
        "label": view.printed.label, "qualifier": view.printed.qualifier, "unit": terms.unit, "scope": terms.scope,
        "adds_up": terms.adds_up, "counting": terms.counting, "is_described": view.definition().is_some(),
        "newest": view.newest().map(value_json),
    })
}

fn value_json(seen: &ObservationView<'_>) -> Value {
    json!({
        "id": seen.id, "kind": seen.observation.kind, "measured": seen.observation.measured,
        "stated": seen.observation.current(), "post": seen.observation.reported.post,
    })
}
