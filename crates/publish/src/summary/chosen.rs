//! 数字で見る — selects some figures of each chapter, by one rule for all documents.

use std::collections::BTreeSet;

use renkei_document::document::{Chapter, PlanTable, Section};
use renkei_document::figure::{Figure, FigureKind, State};
use renkei_document::fiscal_year::FiscalYear;
use serde::Serialize;

use super::words;

/// The text of the rule, as the page states it.
pub(super) const RULE: &str = "数は、項目ごとに一つ、人の数、会社などの数、件数の順に探し、時点の書かれたものを先に、最も大きいものを選び、各柱から3つまで載せました。割合、金額、10に満たない数は選んでいません。数の大小は、取組や担当の良し悪しを表すものではありません。";

/// Maximum number of figures of a chapter.
const OF_A_CHAPTER: usize = 3;
/// Maximum number of figures of the page; if there are many chapters, each has fewer figures.
const OF_THE_PAGE: usize = 15;
/// Minimum number that is shown, because a smaller number could identify a person.
pub(super) const LEAST: u64 = 10;

/// 柱 — a chapter with its selected figures.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChosenChapter {
    pub number: u32,
    pub title: String,
    pub figures: Vec<ChosenFigure>,
}

/// 数値 — a figure in the form that the page shows.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChosenFigure {
    /// The section of the figure.
    pub section: String,
    pub label: String,
    /// A word before the number, such as 延べ.
    pub qualifier: String,
    pub value: String,
    pub unit: String,
    /// As-of date and scope.
    pub beside: String,
}

/// Returns the figures of each chapter that has any.
pub(super) fn chosen(plan: &PlanTable) -> Vec<ChosenChapter> {
    let each = (OF_THE_PAGE / plan.chapters.len().max(1)).clamp(1, OF_A_CHAPTER);
    let mut known = BTreeSet::new();
    let chapters = plan.chapters.iter().map(|chapter| ChosenChapter {
        number: chapter.number,
        title: chapter.title.clone(),
        figures: of_chapter(chapter, plan.fiscal_year, each, &mut known),
    });
    chapters.filter(|chapter| !chapter.figures.is_empty()).collect()
}

/// Returns up to `most` figures of a chapter, one per section, in the order of the document. A figure that several
/// sections report is returned once.
fn of_chapter(chapter: &Chapter, year: FiscalYear, most: usize, known: &mut BTreeSet<String>) -> Vec<ChosenFigure> {
    let mut found: Vec<(&Section, &Figure)> = Vec::new();
    for section in &chapter.sections {
        let Some(figure) = of_section(section, known) else { continue };
        known.insert(fact(figure));
        found.push((section, figure));
    }
    found.sort_by(|(_, one), (_, other)| first(one, other));
    found.truncate(most);
    found.sort_by_key(|(section, _)| section.number);
    found.into_iter().map(|(section, figure)| shown(section, figure, year)).collect()
}

fn of_section<'a>(section: &'a Section, known: &BTreeSet<String>) -> Option<&'a Figure> {
    let figures = section.initiatives.iter().flat_map(|row| &row.figures);
    let fit = figures.filter(|figure| is_told(figure) && !known.contains(&fact(figure)));
    fit.min_by(|one, other| first(one, other))
}

/// Compares two figures for selection: first by the rank of the counted thing, then dated before undated figures, then
/// the larger figure first.
fn first(one: &Figure, other: &Figure) -> std::cmp::Ordering {
    let undated = |figure: &Figure| figure.as_of.is_none() && figure.period.is_none() && figure.event_dates.is_empty();
    let order = rank(one).cmp(&rank(other)).then(undated(one).cmp(&undated(other)));
    order.then(other.value.cmp(&one.value))
}

fn is_told(figure: &Figure) -> bool {
    let large = figure.value.is_some_and(|value| value >= LEAST.into());
    figure.kind == FigureKind::Actual
        && figure.state == State::Value
        && large
        && rank(figure).is_some()
        && !figure.label.is_empty()
}

/// Returns the key of a fact. If two rows print the same number with the same unit, they are assumed to report one
/// fact.
fn fact(figure: &Figure) -> String {
    let value = figure.value.map(|value| value.to_string()).unwrap_or_default();
    format!("{value} {}", figure.unit.as_deref().unwrap_or_default())
}

/// Returns the rank of a figure by its unit: people first, then organisations, then cases. `None` for shares, money,
/// and numbers of meetings.
fn rank(figure: &Figure) -> Option<u8> {
    match figure.unit.as_deref()?.trim() {
        "人" | "名" | "世帯" | "組" => Some(0),
        "社" | "事業所" | "企業" | "校" | "団体" | "施設" | "事業者" => Some(1),
        "件" => Some(2),
        _ => None,
    }
}

fn shown(section: &Section, figure: &Figure, year: FiscalYear) -> ChosenFigure {
    let qualifier = figure.qualifier.as_deref().filter(|word| matches!(*word, "延べ" | "実" | "約" | "のべ"));
    ChosenFigure {
        section: section.title.clone(),
        label: figure.label.clone(),
        qualifier: qualifier.unwrap_or_default().to_owned(),
        value: figure.value.map(words::number).unwrap_or_default(),
        unit: figure.unit.clone().unwrap_or_default(),
        beside: words::beside_in(figure, year),
    }
}
