//! 紙面 — the printed content in order: agreement, cover, contents, purpose, progress, plan. PDF and page print the same
//! content.
//!
//! This module converts a document's data to printed text: numbers such as 第1, (1), ①; the names of parties in their
//! cells; bullets of a cell to lists. The typesetter gets the text as data and never interprets it as markup.

use jiff::civil::{Date, date};
use renkei_document::document::{Chapter, Document, FrontMatter, Initiative, PlanKind, PlanTable, Section};
use renkei_document::numbering::circled;
use renkei_document::party::{Party, PartyKey, PartyKind};
use renkei_document::wareki::AsOf;
use serde::Serialize;

use crate::agreement_sheet::{AgreementSheet, agreement_sheet, has_text};
use crate::edition::paper::ImprintSheet;
use crate::printed_text::{clean, half_widths, paragraphs, printed_date};

/// A row longer than this many lines (about a third of a page) may break across pages.
const TALL_ROW_LINES: usize = 14;
/// Full-width characters per line of the column 取組内容.
const CHARACTERS_IN_CELL: usize = 28;

/// Minimum and maximum width of the column 担当課, in full-width characters. A name that fits into the maximum width is
/// printed on one line.
const CHARACTERS_OF_DIVISION: std::ops::RangeInclusive<usize> = 6..=10;

/// The whole report.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sheet {
    pub title: String,
    /// Width of the column 担当課 in full-width characters.
    pub division_width: usize,
    pub authors: Vec<String>,
    pub year: i16,
    pub month: i8,
    pub day: i8,
    pub agreement: Option<AgreementSheet>,
    pub cover: Option<Cover>,
    pub parts: Vec<Part>,
    /// The edition's statements about itself; `None` for a report that is not an edition.
    pub imprint: Option<ImprintSheet>,
}

/// 表紙 — the cover.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Cover {
    pub lines: Vec<String>,
    pub issuers: Vec<String>,
    pub date: Option<String>,
}

/// A part of the report (第1, 第2 …): the purpose, or one table of a year.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Part {
    /// Kind of its tables; `None` for the purpose.
    pub kind: Option<PlanKind>,
    pub number: String,
    pub title: String,
    /// Name of the part in messages about its rows: 令和7年度.
    pub year: String,
    /// Short name of the part, for its sheets in a workbook: 令和7進捗.
    pub short: String,
    pub paragraphs: Vec<String>,
    pub chapters: Vec<ChapterSheet>,
}

/// 柱 — a chapter.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChapterSheet {
    pub number: String,
    pub title: String,
    pub sections: Vec<SectionSheet>,
}

/// 項目 — a section, with its rows grouped by party.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SectionSheet {
    /// Part, chapter and section, such as 2-1-3; identifies the section's rows in the typeset file.
    pub key: String,
    pub number: String,
    pub title: String,
    pub lead: Vec<String>,
    pub runs: Vec<Run>,
}

/// Consecutive rows of one party, which share one cell for its name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Run {
    pub party: String,
    pub rows: Vec<Row>,
}

/// 取組の行 — a row.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub number: String,
    /// One division per line; each except the last ends with 、.
    pub divisions: Vec<String>,
    pub blocks: Vec<Block>,
    /// Whether the row may break across pages.
    pub tall: bool,
}

/// Paragraphs (without a mark), or the items of one list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Block {
    pub mark: String,
    pub lines: Vec<String>,
}

impl Sheet {
    pub(crate) fn of(report: &Document) -> Self {
        let parties = report.agreement.as_ref().map_or(&[][..], |agreement| &agreement.parties);
        let day = day_of(report);
        let parts = parts(report, parties);
        Self {
            title: title_of(report),
            division_width: division_width(&parts),
            authors: report.front_matter.issuers.iter().map(|issuer| clean(issuer)).collect(),
            year: day.year(),
            month: day.month(),
            day: day.day(),
            agreement: report.agreement.as_ref().filter(|agreement| has_text(agreement)).map(agreement_sheet),
            cover: cover(report),
            parts,
            imprint: None,
        }
    }
}

impl Part {
    /// Returns every row, section by section.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row> {
        let sections = self.chapters.iter().flat_map(|chapter| &chapter.sections);
        sections.flat_map(|section| &section.runs).flat_map(|run| &run.rows)
    }
}

/// Returns the creation day of the PDF. It is derived from the document, because printing again must give the same
/// bytes.
pub(crate) fn day_of(report: &Document) -> Date {
    let issued = report.issued_on.map(AsOf::last_day);
    let of_year = || report.fiscal_year.or_else(|| Some(report.plans.last()?.fiscal_year)).map(|year| year.first_day());
    let concluded = || report.agreement.as_ref()?.concluded_on.map(AsOf::last_day);
    issued.or_else(of_year).or_else(concluded).unwrap_or(date(2000, 1, 1))
}

pub(crate) fn title_of(report: &Document) -> String {
    let lines = report.front_matter.title_lines.concat();
    let agreement = report.agreement.as_ref().and_then(|agreement| agreement.title.clone());
    let plan = report.plans.first().map(|plan| plan.title.clone());
    let named = [report.title.clone(), Some(lines), plan, agreement].into_iter().flatten();
    let title = named.map(|title| clean(&title)).find(|title| !title.trim().is_empty());
    title.unwrap_or_else(|| "雇用対策協定に基づく報告".to_owned())
}

fn cover(report: &Document) -> Option<Cover> {
    let FrontMatter { title_lines, issuers, .. } = &report.front_matter;
    let mut lines: Vec<String> = title_lines.iter().map(|line| clean(line)).collect();
    if lines.is_empty() {
        lines.extend(report.title.as_deref().filter(|_| !report.plans.is_empty()).map(clean));
    }
    let date = report.issued_on.map(printed_date);
    let issuers = issuers.iter().map(|issuer| clean(issuer)).collect();
    (!lines.is_empty()).then_some(Cover { lines, issuers, date })
}

fn parts(report: &Document, parties: &[Party]) -> Vec<Part> {
    let purpose: Vec<String> = report.front_matter.purpose.iter().flat_map(|text| paragraphs(text)).collect();
    let mut parts = Vec::new();
    if !purpose.is_empty() {
        let [title, short] = ["趣旨", "趣旨"].map(str::to_owned);
        let (number, year) = ("第1".to_owned(), String::new());
        parts.push(Part { kind: None, number, title, year, short, paragraphs: purpose, chapters: Vec::new() });
    }
    for plan in &report.plans {
        parts.push(part(parts.len() + 1, plan, parties));
    }
    parts
}

fn part(place: usize, plan: &PlanTable, parties: &[Party]) -> Part {
    Part {
        kind: Some(plan.kind),
        number: format!("第{place}"),
        title: clean(&plan.title),
        year: plan.fiscal_year.to_string(),
        short: short_name(plan),
        paragraphs: Vec::new(),
        chapters: plan.chapters.iter().map(|chapter| chapter_sheet(place, chapter, parties)).collect(),
    }
}

/// Returns the short name of a table, for example 令和7進捗.
fn short_name(plan: &PlanTable) -> String {
    let kind = match plan.kind {
        PlanKind::Progress => "進捗",
        PlanKind::Result => "報告",
        PlanKind::Plan => "計画",
    };
    plan.fiscal_year.to_string().replace("年度", kind)
}

fn chapter_sheet(part: usize, chapter: &Chapter, parties: &[Party]) -> ChapterSheet {
    let key = |section: &Section| format!("{part}-{}-{}", chapter.number, section.number);
    ChapterSheet {
        number: chapter.number.to_string(),
        title: clean(&chapter.title),
        sections: chapter.sections.iter().map(|section| section_sheet(key(section), section, parties)).collect(),
    }
}

fn section_sheet(key: String, section: &Section, parties: &[Party]) -> SectionSheet {
    let runs = section.initiatives.chunk_by(|one, next| one.party == next.party).map(|initiatives| Run {
        party: party_name(&initiatives[0].party, parties),
        rows: initiatives.iter().map(row).collect(),
    });
    SectionSheet {
        key,
        number: format!("({})", section.number),
        title: clean(&section.title),
        lead: section.lead.as_deref().map(paragraphs).unwrap_or_default(),
        runs: runs.collect(),
    }
}

/// Returns the text of the cell 区分: the full name of a local government, or the short name that the report uses for a
/// bureau.
pub(crate) fn party_name(key: &PartyKey, parties: &[Party]) -> String {
    let Some(party) = parties.iter().find(|party| party.key == *key) else {
        return name_without_agreement(key).to_owned();
    };
    let short = party.short_name.as_deref().filter(|_| key.kind() != PartyKind::LocalGovernment);
    clean(short.unwrap_or(&party.name))
}

pub(crate) fn name_without_agreement(key: &PartyKey) -> &str {
    match key.as_str().split('-').next() {
        Some("labour_bureau") => "労働局",
        Some("city") => "市",
        Some("prefecture") => "都道府県",
        Some("town") => "町",
        Some("village") => "村",
        Some("ward") => "区",
        _ => key.as_str(),
    }
}

fn row(initiative: &Initiative) -> Row {
    let blocks = blocks(initiative);
    let lines: usize = blocks.iter().flat_map(|block| &block.lines).map(|line| lines_in_cell(line)).sum();
    let printed = initiative.divisions_printed.clone().unwrap_or_else(|| initiative.divisions.join("、"));
    Row {
        number: circled(initiative.number),
        divisions: division_lines(&printed),
        blocks,
        tall: lines > TALL_ROW_LINES,
    }
}

/// Splits divisions into lines, one for each division. If names joined by ・ are wider than the column (みなと区保護課・福祉課),
/// they are split between the names.
fn division_lines(printed: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for name in printed.split_inclusive(['、', '\n']).map(|name| clean(name).trim().to_owned()) {
        if half_widths(&name) <= 2 * CHARACTERS_OF_DIVISION.end() {
            lines.push(name);
            continue;
        }
        let mut line = String::new();
        for joined in name.split_inclusive(['・', ' ', '　']) {
            if !line.is_empty() && half_widths(&line) + half_widths(joined) > 2 * CHARACTERS_OF_DIVISION.end() {
                lines.push(std::mem::take(&mut line).trim_start().to_owned());
            }
            line.push_str(joined);
        }
        lines.push(line);
    }
    lines
}

/// Returns the text of a row: its paragraphs, then its items. Consecutive items with the same bullet form one list.
fn blocks(initiative: &Initiative) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let text = paragraphs(&initiative.text).into_iter().map(|line| (String::new(), line));
    let items = initiative.items.iter().enumerate();
    let items = items.map(|(place, item)| (clean(initiative.mark_of_item(place)).trim().to_owned(), clean(item)));
    for (mark, line) in text.chain(items) {
        match blocks.last_mut() {
            Some(block) if block.mark == mark => block.lines.push(line),
            _ => blocks.push(Block { mark, lines: vec![line] }),
        }
    }
    blocks
}

/// Returns the width of the longest name that fits on one line, because a name on two lines is harder to read and to
/// extract.
fn division_width(parts: &[Part]) -> usize {
    let names = parts.iter().flat_map(Part::rows).flat_map(|row| &row.divisions);
    let widths = names.map(|name| half_widths(name).div_ceil(2));
    let longest = widths.filter(|width| CHARACTERS_OF_DIVISION.contains(width)).max();
    longest.unwrap_or(*CHARACTERS_OF_DIVISION.start())
}

/// Estimates the number of lines of a text. This decides whether the row is tall.
fn lines_in_cell(text: &str) -> usize {
    half_widths(text).div_ceil(2 * CHARACTERS_IN_CELL).max(1)
}
