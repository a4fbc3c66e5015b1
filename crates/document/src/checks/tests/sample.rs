//! Documents of an invented town for the tests of this folder, in a short notation.
//!
//! A row is `party|division|text|item|item`. `{就職者数=405人}` prints 405人 and adds a figure with that label. A suffix
//! after the unit sets the kind of the figure: `{目標=480人!target}`.

use rust_decimal::Decimal;

use crate::document::{Chapter, ContentsEntry, Document, Initiative, PlanKind, PlanTable, Section};
use crate::figure::{Figure, FigureKind, Span, State};
use crate::finding::Finding;
use crate::fiscal_year::FiscalYear;
use crate::locus::Source;
use crate::party::PartyKey;

/// Returns the progress of 2025 with one section.
pub fn progress(rows: &[&str]) -> Document {
    document(&[table(PlanKind::Progress, &[("しごと支援", "", rows)])])
}

/// Returns the plan of 2026 with one section.
pub fn plan(rows: &[&str]) -> Document {
    document(&[table(PlanKind::Plan, &[("しごと支援", "", rows)])])
}

pub fn document(plans: &[PlanTable]) -> Document {
    Document { plans: plans.to_vec(), ..Document::default() }
}

/// Returns a table of one chapter. Each section is given by its title, its lead and its rows. Line numbers begin at 100
/// in the progress and at 200 in the plan.
pub fn table(kind: PlanKind, sections: &[(&str, &str, &[&str])]) -> PlanTable {
    let (year, mut line) = if kind == PlanKind::Plan { (2026, 200) } else { (2025, 100) };
    let mut next = || {
        line += 1;
        line
    };
    let mut built = Vec::new();
    for (place, (title, lead, rows)) in sections.iter().enumerate() {
        let source = Some(Source::of_line(next(), *title));
        let initiatives = rows.iter().enumerate().map(|(i, row)| initiative(i + 1, row, next())).collect();
        let lead = (!lead.is_empty()).then(|| (*lead).to_owned());
        let number = u32::try_from(place).unwrap() + 1;
        built.push(Section { id: None, number, title: (*title).to_owned(), lead, initiatives, source });
    }
    let chapter = Chapter { number: 1, title: "就業支援".to_owned(), sections: built, source: None };
    PlanTable { id: None, fiscal_year: FiscalYear(year), kind, title: String::new(), chapters: vec![chapter] }
}

pub fn contents(number: &str, title: &str, line: u32) -> ContentsEntry {
    let source = Source::of_line(line, title);
    ContentsEntry { number: number.to_owned(), title: title.to_owned(), page: None, source }
}

fn initiative(number: usize, row: &str, line: u32) -> Initiative {
    let mut cells = row.split('|');
    let party = PartyKey::new(cells.next().unwrap());
    let divisions = vec![cells.next().unwrap().to_owned()];
    let mut figures = Vec::new();
    let blocks: Vec<String> = cells.enumerate().map(|(i, cell)| block(i, cell, line, &mut figures)).collect();
    Initiative {
        id: None,
        party,
        number: u32::try_from(number).unwrap(),
        mark: None,
        divisions,
        divisions_printed: None,
        text: blocks[0].clone(),
        items: blocks[1..].to_vec(),
        item_marks: Vec::new(),
        particulars: Default::default(),
        repeated: false,
        figures,
        lines: vec![line],
    }
}

/// Returns the text of a block without the notation, and adds its figures to `figures`.
fn block(block: usize, cell: &str, line: u32, figures: &mut Vec<Figure>) -> String {
    let mut text = String::new();
    for part in cell.split('{') {
        let Some((noted, after)) = part.split_once('}') else {
            text.push_str(part);
            continue;
        };
        let (label, said) = noted.split_once('=').unwrap();
        let (said, kind) = said.split_once('!').unwrap_or((said, ""));
        let digits = said.trim_end_matches(|c: char| !c.is_ascii_digit());
        let start = u32::try_from(text.len()).unwrap();
        let item = block.checked_sub(1).map(|item| u32::try_from(item).unwrap());
        let span = Span { item, start, end: start + u32::try_from(digits.len()).unwrap() };
        figures.push(figure(label, digits, &said[digits.len()..], kind, line, span));
        text.push_str(said);
        text.push_str(after);
    }
    text
}

fn figure(label: &str, digits: &str, unit: &str, kind: &str, line: u32, span: Span) -> Figure {
    Figure {
        observation: None,
        label: label.to_owned(),
        state: State::Value,
        value: Some(digits.replace(',', "").parse::<Decimal>().unwrap()),
        unit: Some(unit.to_owned()),
        kind: match kind {
            "target" => FigureKind::Target,
            "derived" => FigureKind::Derived,
            "reference" => FigureKind::Reference,
            _ => FigureKind::Actual,
        },
        as_of: None,
        period: None,
        event_dates: Vec::new(),
        scope: None,
        qualifier: None,
        provisional: false,
        source: Source::of_line(line, ""),
        span: Some(span),
    }
}

/// Checks a document and compares the findings, each as `code line: message`.
#[track_caller]
pub fn expect(document: &Document, expected: &[&str]) {
    assert_eq!(said(&super::super::check(document)), expected);
}

pub fn said(findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| finding.place.line.map(|line| line.to_string()).unwrap_or_default();
    findings.iter().map(|f| format!("{} {}: {}", f.notice.code(), line(f), f.notice.message())).collect()
}
