//! `renkei edition` — makes, lists and compares editions, shows the sources of their figures, and writes their stored
//! files.

use std::process::ExitCode;

use renkei_app::{AppError, Context, Node, Press, State, access, edition, read_edition_file, read_state, why_no_pdf};
use renkei_document::edition::{EditionName, Erratum, Reference};
use renkei_document::figure_words::{in_one_line, japan_time, stated};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;
use renkei_domain::edition::Edition as Frozen;
use renkei_domain::edition::view::Provenance;
use renkei_domain::view::AgreementView;
use serde_json::{Value, json};

use super::input_output::print_json;
use crate::arguments::{DiffEditions, Edition, ExportEdition, Freeze, Kept, ListEditions, Shape, ShowEdition};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::surroundings::Surroundings;

pub fn edition(task: Edition, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    match task {
        Edition::Freeze(task) => freeze(task, surroundings),
        Edition::List(task) => list(task, surroundings),
        Edition::Show(task) => show(task, surroundings),
        Edition::Diff(task) => diff(task, surroundings),
        Edition::Export(task) => export(task, surroundings),
    }
}

fn freeze(task: Freeze, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let node = Node::open(&surroundings.data(task.which.data.data)?, Context::of_this_machine())?;
    let press = Press::find();
    let progress = Progress::of("版を作っています");
    let year = task.which.fiscal_year.map(FiscalYear);
    let agreement = task.which.agreement.as_deref();
    let made = edition::freeze_edition(
        &node,
        access::local_operator(),
        agreement,
        year,
        press.as_ref().map_err(Clone::clone),
        task.without_pdf,
    )
    .map_err(Failure::of_edition)?;
    drop(progress);
    println!("{}（{}）を作りました。", made.name().in_words(), made.name());
    tell(&made);
    if made.open_errors > 0 {
        println!("注意：誤りの確認事項が{}件残っています。公表の前に直すか、説明を付けてください。", made.open_errors);
    }
    Ok(ExitCode::SUCCESS)
}

fn list(task: ListEditions, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let state = read_state(&surroundings.data(task.which.data.data)?)?;
    let view = state.choose_agreement(access::local_viewer(), task.which.agreement.as_deref())?;
    let asked = task.which.fiscal_year.map(FiscalYear);
    let years = view.edition_years().into_iter().filter(|year| asked.is_none_or(|asked| asked == *year));
    let editions: Vec<&Frozen> = years.flat_map(|year| view.editions_of(year)).collect();
    if matches!(task.format, Shape::Json) {
        print_json(&json!({ "editions": editions.iter().map(|edition| as_json(edition)).collect::<Vec<_>>() }));
        return Ok(ExitCode::SUCCESS);
    }
    if editions.is_empty() {
        println!("版はまだありません。`renkei edition freeze` で作れます。");
    }
    for edition in editions {
        let short: String = edition.digest.chars().take(12).collect();
        let (name, title) = (edition.name(), edition.name().in_words());
        println!("{name}\t{title}\t{}\t{}\t{short}", japan_time(edition.at), edition.post);
    }
    Ok(ExitCode::SUCCESS)
}

fn show(task: ShowEdition, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let state = read_state(&surroundings.data(task.kept.data.data.clone())?)?;
    let view = agreement(&state, &task.kept)?;
    if let Ok(reference) = task.name.parse::<Reference>() {
        let found = view.provenance(reference).ok_or_else(|| unknown(view, &task.name))?;
        match task.format {
            Shape::Json => print_json(&provenance_json(view, &found)),
            Shape::Text => tell_provenance(view, &found),
        }
        return Ok(ExitCode::SUCCESS);
    }
    let edition = named(view, &task.name)?;
    match task.format {
        Shape::Json => print_json(&as_json(edition)),
        Shape::Text => {
            println!("{}（{}）", edition.name().in_words(), edition.name());
            tell(edition);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn diff(task: DiffEditions, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let state = read_state(&surroundings.data(task.kept.data.data.clone())?)?;
    let view = agreement(&state, &task.kept)?;
    let (earlier, later) = (named(view, &task.earlier)?, named(view, &task.later)?);
    let errata = view.errata_between(earlier, later);
    match task.format {
        Shape::Json => print_json(&json!({ "errata": errata })),
        Shape::Text => {
            errata.iter().for_each(tell_erratum);
            println!("正誤 {}件", errata.len());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn export(task: ExportEdition, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = surroundings.data(task.kept.data.data.clone())?;
    let state = read_state(&data)?;
    let edition = named(agreement(&state, &task.kept)?, &task.name)?;
    std::fs::create_dir_all(&task.folder).map_err(Failure::file(&task.folder))?;
    for file in &edition.files {
        let path = task.folder.join(&file.name);
        std::fs::write(&path, read_edition_file(&data, file)?).map_err(Failure::file(&path))?;
        println!("{} を書き出しました。", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn agreement<'a>(state: &'a State, kept: &Kept) -> Result<AgreementView<'a>, Failure> {
    Ok(state.choose_agreement(access::local_viewer(), kept.agreement.as_deref())?)
}

fn named<'a>(view: AgreementView<'a>, name: &str) -> Result<&'a Frozen, Failure> {
    let known = name.parse::<EditionName>().ok().and_then(|name| view.edition(name));
    known.ok_or_else(|| unknown(view, name).into())
}

fn unknown(view: AgreementView<'_>, name: &str) -> AppError {
    let editions = view.edition_years().into_iter().flat_map(|year| view.editions_of(year));
    AppError::NoEdition { name: name.to_owned(), known: editions.map(|edition| edition.name().to_string()).collect() }
}

fn tell(edition: &Frozen) {
    println!("  作成：{} {}", japan_time(edition.at), edition.post);
    println!("  内容のハッシュ値（SHA-256）：{}", edition.digest);
    for file in &edition.files {
        println!("  {}\t{}バイト\t{}", file.name, file.bytes, file.digest);
    }
    if let Some(why) = why_no_pdf(edition, Language::Japanese) {
        println!("  {why}");
    }
    if !edition.errata.is_empty() {
        println!("  正誤 {}件", edition.errata.len());
        edition.errata.iter().for_each(tell_erratum);
    }
}

fn tell_erratum(erratum: &Erratum) {
    println!("{} {}", erratum.place.as_deref().unwrap_or("—"), erratum.part);
    println!("    誤 {}", erratum.wrong.replace('\n', " "));
    println!("    正 {}", erratum.right.replace('\n', " "));
    for cause in &erratum.causes {
        println!("    {} {}：{}（{}）", japan_time(cause.at), cause.post, cause.reason, stated(&cause.stated));
    }
}

fn tell_provenance(view: AgreementView<'_>, found: &Provenance<'_>) {
    let place = found.printed.row.as_deref().unwrap_or("—");
    println!("{} {} {place}", found.reference, found.edition.name().in_words());
    println!("  {}", in_one_line(found.printed.figure));
    match found.observation {
        None => println!("  報告：まだどの当事者も引き継いでいません。"),
        Some(kept) => {
            let reported = &kept.observation.reported;
            let party = view.party_name(kept.party);
            println!("  報告：{party} {} {}（{}）", reported.post, japan_time(reported.at), stated(&reported.stated));
            for correction in &kept.observation.corrections {
                let after = if correction.report.at > found.edition.at { "版の後の訂正" } else { "訂正" };
                let (at, post) = (japan_time(correction.report.at), &correction.report.post);
                println!("  {after}：{at} {post}：{}（{}）", correction.reason, stated(&correction.report.stated));
            }
            println!("  今の値：{}", stated(&kept.observation.current()));
        }
    }
    if let Some((evidence, read)) = found.evidence {
        let line = read.and_then(|figure| figure.source.line).map(|line| format!(" {line}行")).unwrap_or_default();
        println!("  資料：{}{line}（{} {}）", evidence.file_name, japan_time(evidence.at), evidence.post);
    }
}

fn as_json(edition: &Frozen) -> Value {
    json!({
        "name": edition.name().to_string(), "title": edition.name().in_words(),
        "fiscal_year": edition.fiscal_year, "number": edition.number, "digest": edition.digest,
        "frozen_at": japan_time(edition.at), "post": edition.post, "open_errors": edition.open_errors,
        "files": edition.files, "errata": edition.errata,
    })
}

fn provenance_json(view: AgreementView<'_>, found: &Provenance<'_>) -> Value {
    let reported = found.observation.map(|kept| {
        json!({
            "party": view.party_name(kept.party), "post": kept.observation.reported.post,
            "at": japan_time(kept.observation.reported.at), "stated": kept.observation.reported.stated,
            "corrections": kept.observation.corrections, "current": kept.observation.current(),
        })
    });
    let evidence = found.evidence.map(
        |(evidence, read)| json!({ "file_name": evidence.file_name, "source": read.map(|figure| &figure.source) }),
    );
    json!({
        "reference": found.reference.to_string(), "edition": found.edition.name().to_string(),
        "row": found.printed.row, "figure": found.printed.figure, "reported": reported, "evidence": evidence,
    })
}
