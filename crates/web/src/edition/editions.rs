//! 公表・版: the page of all editions with their files, and the page of one edition with its 正誤表 and references.

use askama::Template;
use axum::http::{HeaderValue, header};
use renkei_app::{AppError, access::Right, edition, why_no_pdf};
use renkei_document::edition::{EditionName, Erratum, Reference, figures};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;
use renkei_document::limits;
use renkei_domain::edition::{Edition, EditionFile};
use renkei_domain::view::AgreementView;

use crate::edition::report::policy_of;
use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words::{in_one_line_in, japan_time_in, stated_in};
use crate::frame::page::html;
use crate::frame::phrases::{InBoth, phrase, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};

#[derive(Template)]
#[template(path = "edition/editions.html")]
struct EditionsPage {
    frame: Frame,
    years: Vec<Year>,
    may_publish: bool,
    /// Years whose report can be frozen as an edition: first calendar year, name, and whether it is the present year.
    reports: Vec<(i16, String, bool)>,
    /// One sentence for each year whose report is too long for a PDF.
    without_pdf: Vec<String>,
}

struct Year {
    name: String,
    editions: Vec<EditionBlock>,
}

/// One edition as the pages show it.
struct EditionBlock {
    name: String,
    title: String,
    href: String,
    at: String,
    by: String,
    digest: String,
    open_errors: u32,
    errata: usize,
    files: Vec<FileLink>,
    /// Why the edition has no PDF; `None` if it has one.
    no_pdf: Option<String>,
}

struct FileLink {
    name: String,
    href: String,
    size: String,
}

#[derive(Template)]
#[template(path = "edition/edition.html")]
struct EditionPage {
    frame: Frame,
    edition: EditionBlock,
    errata: Vec<ErratumLine>,
    references: Vec<ReferenceLine>,
}

struct ErratumLine {
    place: String,
    part: String,
    wrong: String,
    right: String,
    causes: Vec<String>,
}

struct ReferenceLine {
    name: String,
    href: String,
    row: String,
    figure: String,
}

pub fn editions(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
    let blocks =
        |year| agreement.editions_of(year).into_iter().rev().map(|edition| block(language, agreement, edition));
    let year = |year: FiscalYear| Year { name: year.in_language(language), editions: blocks(year).collect() };
    let without_pdf = |year: FiscalYear| {
        let (rows, most) = (agreement.edition_too_long_for_pdf(year)?, limits::ROWS_OF_PDF);
        let parts = [year.in_language(language), rows.to_string(), most.to_string()];
        Some(tell(
            language,
            "{}の報告書は取組が{}件あり、PDFにできる{}件を超えるため、版はPDFを除くファイル（Word・HTML・Excel など）で作ります。",
            parts,
        ))
    };
    let present = agreement.present_report();
    let report = |year: FiscalYear| (year.0, year.in_language(language), Some(year) == present);
    html(&EditionsPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "公表・版"), Place::Editions, "/editions"),
        years: agreement.edition_years().into_iter().map(year).collect(),
        may_publish: ask.visitor.may(Right::Publish),
        without_pdf: agreement.report_years().into_iter().filter_map(without_pdf).collect(),
        reports: agreement.report_years().into_iter().map(report).collect(),
    })
}

/// 版を作る: freezes the report of a year as an edition, together with its files.
pub fn freeze(deed: &Deed<'_>) -> Result<Done, Problem> {
    let site = deed.ask.site;
    let actor = deed.ask.actor(Right::Publish)?;
    let asked = deed.form.get("year");
    let unreadable = || Problem::UnreadableForm {
        sentences: phrase("画面を開き直して、もう一度送ってください。").into(),
    };
    let year = address::canonical(&asked).map(FiscalYear).ok_or_else(unreadable)?;
    let agreement = deed.ask.moment.agreement()?;
    let title = agreement.agreement.text.title.as_deref();
    let without_pdf = deed.form.get("without-pdf") == "1";
    let edition = edition::freeze_edition(&site.node, actor, title, Some(year), site.press(), without_pdf);
    Ok(Done::See(address::edition(agreement.id, edition.map_err(not_frozen)?.name())))
}

/// Returns the problem to show if no edition was made. If only the PDF failed, the text says how to make an edition
/// without PDF.
fn not_frozen(fault: AppError) -> Problem {
    if !fault.is_of_pdf_alone() {
        return fault.into();
    }
    let sentences = |language| {
        let way = say(language, "PDFなしの版は作れます。「公表・版」のページで、PDFなしで作ることを選んでください。");
        format!("{}\n{way}", fault.message_in(language).trim_end())
    };
    Problem::Refused { sentences: InBoth::of(sentences), page: None }
}

pub fn edition(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
    let edition = asked(ask, agreement)?;
    let reference = |found: renkei_document::edition::FigureInEdition<'_>| {
        let reference = Reference { edition: edition.name(), figure: found.place };
        ReferenceLine {
            name: reference.to_string(),
            href: address::reference(agreement.id, reference),
            row: found.row.unwrap_or_default(),
            figure: in_one_line_in(language, found.figure),
        }
    };
    html(&EditionPage {
        frame: Frame::of(ask.visitor, ask.moment, &edition.name().in_words_in(language), Place::Editions, "/editions"),
        errata: edition.errata.iter().map(|line| erratum(language, line)).collect(),
        references: figures(&edition.document).into_iter().map(reference).collect(),
        edition: block(language, agreement, edition),
    })
}

/// Returns a stored file of an edition, byte for byte. The address contains the hash of the file.
pub fn edition_file(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let edition = asked(ask, ask.moment.agreement()?)?;
    let file = edition.files.iter().find(|file| file.digest == ask.part("digest")).ok_or(Problem::NoSuchPage)?;
    let bytes = ask.site.edition_file(file)?;
    let kind = HeaderValue::from_str(&file.media_type).map_err(|_| Problem::Broken)?;
    let is_page = file.media_type.starts_with("text/html");
    let policy = if is_page { Some(policy_of(&String::from_utf8_lossy(&bytes))?) } else { None };
    let is_text = file.media_type.starts_with("text/") || file.media_type == "application/json";
    let answer = if is_text { Answer::text(kind, bytes) } else { Answer::packed(kind, bytes) };
    let answer = answer.with_header(header::CONTENT_DISPOSITION, disposition(edition, file)?);
    Ok(match policy {
        Some(policy) => answer.with_header(header::CONTENT_SECURITY_POLICY, policy),
        None => answer,
    })
}

fn asked<'a>(ask: &Ask<'_>, agreement: AgreementView<'a>) -> Result<&'a Edition, Problem> {
    let name: EditionName = ask.part("name").parse().map_err(|()| Problem::NoSuchEdition)?;
    agreement.edition(name).ok_or(Problem::NoSuchEdition)
}

fn block(language: Language, agreement: AgreementView<'_>, edition: &Edition) -> EditionBlock {
    let file = |file: &EditionFile| FileLink {
        name: file.name.clone(),
        href: address::edition_file(agreement.id, edition.name(), &file.digest),
        size: size(language, file.bytes),
    };
    EditionBlock {
        name: edition.name().to_string(),
        title: edition.name().in_words_in(language),
        href: address::edition(agreement.id, edition.name()),
        at: japan_time_in(language, edition.at),
        by: format!("{} {}", agreement.party_short_name(edition.frozen_by), edition.post),
        digest: edition.digest.clone(),
        open_errors: edition.open_errors,
        errata: edition.errata.len(),
        files: edition.files.iter().map(file).collect(),
        no_pdf: why_no_pdf(edition, language),
    }
}

fn erratum(language: Language, erratum: &Erratum) -> ErratumLine {
    let causes = erratum.causes.iter();
    let told = causes.map(|cause| {
        let (at, stated) = (japan_time_in(language, cause.at), stated_in(language, &cause.stated));
        tell(language, "{} {}：{}（{}）", [at.as_str(), &cause.post, &cause.reason, &stated])
    });
    ErratumLine {
        place: erratum.place.clone().unwrap_or_default(),
        part: erratum.part.clone(),
        wrong: erratum.wrong.clone(),
        right: erratum.right.clone(),
        causes: told.collect(),
    }
}

/// Formats a file size: in bytes below 10,000 bytes (1024バイト), else in whole kilobytes.
fn size(language: Language, bytes: u64) -> String {
    if bytes < 10_000 { tell(language, "{}バイト", [bytes.to_string()]) } else { format!("{}KB", bytes / 1000) }
}

/// Returns the Content-Disposition header. It has the file name twice: in ASCII for old programs, and in full (RFC
/// 6266, RFC 8187). The browser shows HTML and PDF files, and saves all others.
fn disposition(edition: &Edition, file: &EditionFile) -> Result<HeaderValue, Problem> {
    let ending = file.name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let part = match &file.name {
        name if name.contains("正誤表") => "-errata",
        name if name.contains("データ") => "-data",
        name if name.contains("参照番号") => "-references",
        _ => "",
    };
    let shown = ["text/html", "application/pdf"].iter().any(|kind| file.media_type.starts_with(kind));
    let how = if shown { "inline" } else { "attachment" };
    let encoded: String = file.name.bytes().map(encoded).collect();
    let name = edition.name();
    let value = format!("{how}; filename=\"{name}{part}.{ending}\"; filename*=UTF-8''{encoded}");
    HeaderValue::from_str(&value).map_err(|_| Problem::Broken)
}

/// Returns the byte itself if RFC 8187 allows it unencoded (`attr-char`), else its percent-encoding.
fn encoded(byte: u8) -> String {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
