//! 計画の比較 — compares plans: tables are paired by year and kind, chapters and sections by title.

use super::difference::{DifferenceKind, Part};
use super::found::{Found, Standing};
use super::in_table::InTable;
use super::pairing::{alone, pairs};
use super::{order, rows};
use crate::document::{Chapter, PlanTable};
use crate::finding::Place;
use crate::likeness::likeness;
use crate::same_text::same_text;

pub(super) fn compare(found: &mut Found<'_>, left: &[PlanTable], right: &[PlanTable]) {
    let score = |one: usize, other: usize| {
        let (one, other) = (&left[one], &right[other]);
        let same_year = if one.fiscal_year == other.fiscal_year { 0.5 } else { 0.0 };
        same_year + if one.kind == other.kind { 0.6 } else { 0.0 }
    };
    let pairs = pairs(left.len(), right.len(), 0.5, score);
    for (one, other) in &pairs {
        compare_tables(found, &left[*one], &right[*other]);
    }
    order::compare(found, Part::Plan, &pairs, (&|n| name(&left[n]), &|n| name(&right[n])), WHOLE);
    let (only_left, only_right) = alone(&pairs, left.len(), right.len());
    let standing = |table: &PlanTable| Some(Standing::new(name(table), &place_of(table)));
    for one in only_left {
        found.tell(DifferenceKind::Missing, Part::Plan, standing(&left[one]), None);
    }
    for other in only_right {
        found.tell(DifferenceKind::Missing, Part::Plan, None, standing(&right[other]));
    }
}

const WHOLE: (&Place, &Place) =
    (&Place { line: None, row: None, at: None }, &Place { line: None, row: None, at: None });

fn compare_tables(found: &mut Found<'_>, left: &PlanTable, right: &PlanTable) {
    let places = (&place_of(left), &place_of(right));
    found.text(Part::Plan, Some(&kind_of(left)), Some(&kind_of(right)), places);
    found.text(Part::Plan, Some(&left.title), Some(&right.title), places);
    let chapters = compare_chapters(found, left, right);
    let (one, other) = (sections(left), sections(right));
    let score = |a: usize, b: usize| {
        let (a, b) = (&one[a], &other[b]);
        let chapter = if chapters.contains(&(a.chapter_place, b.chapter_place)) { 0.2 } else { 0.0 };
        let number = if a.section.number == b.section.number { 0.1 } else { 0.0 };
        title_score(&a.section.title, &b.section.title) + chapter + number
    };
    let pairs = pairs(one.len(), other.len(), 0.3, score);
    for (a, b) in &pairs {
        compare_sections(found, &one[*a], &other[*b]);
    }
    let title = |section: &InTable<'_>| format!("{} {}", section.name(), section.section.title);
    order::compare(found, Part::Section, &pairs, (&|n| title(&one[n]), &|n| title(&other[n])), places);
    let (only_left, only_right) = alone(&pairs, one.len(), other.len());
    let standing = |section: &InTable<'_>| Some(Standing::new(&section.section.title, &section.place()));
    for a in only_left {
        found.tell(DifferenceKind::Missing, Part::Section, standing(&one[a]), None);
    }
    for b in only_right {
        found.tell(DifferenceKind::Missing, Part::Section, None, standing(&other[b]));
    }
    rows::compare(found, (&one, &other), &pairs);
}

fn compare_chapters(found: &mut Found<'_>, left: &PlanTable, right: &PlanTable) -> Vec<(usize, usize)> {
    let (one, other) = (&left.chapters, &right.chapters);
    let score = |a: usize, b: usize| {
        let number = if one[a].number == other[b].number { 0.3 } else { 0.0 };
        title_score(&one[a].title, &other[b].title) + number
    };
    let pairs = pairs(one.len(), other.len(), 0.3, score);
    for (a, b) in &pairs {
        let places = (&place_of_chapter(left, &one[*a]), &place_of_chapter(right, &other[*b]));
        found.text(Part::Chapter, Some(&one[*a].title), Some(&other[*b].title), places);
    }
    let places = (&place_of(left), &place_of(right));
    order::compare(found, Part::Chapter, &pairs, (&|n| one[n].title.clone(), &|n| other[n].title.clone()), places);
    let (only_left, only_right) = alone(&pairs, one.len(), other.len());
    for a in only_left {
        let standing = Standing::new(&one[a].title, &place_of_chapter(left, &one[a]));
        found.tell(DifferenceKind::Missing, Part::Chapter, Some(standing), None);
    }
    for b in only_right {
        let standing = Standing::new(&other[b].title, &place_of_chapter(right, &other[b]));
        found.tell(DifferenceKind::Missing, Part::Chapter, None, Some(standing));
    }
    pairs
}

fn compare_sections(found: &mut Found<'_>, left: &InTable<'_>, right: &InTable<'_>) {
    let places = (&left.place(), &right.place());
    let (one, other) = (left.section, right.section);
    found.text(Part::Section, Some(&one.title), Some(&other.title), places);
    found.text(Part::Lead, one.lead.as_deref(), other.lead.as_deref(), places);
}

/// Returns the score of two titles; equal titles score more than any similar ones.
fn title_score(one: &str, other: &str) -> f64 {
    if same_text(one, other) { 1.5 } else { 0.7 * likeness(one, other) }
}

fn sections(table: &PlanTable) -> Vec<InTable<'_>> {
    let mut sections = Vec::new();
    for (chapter_place, chapter) in table.chapters.iter().enumerate() {
        sections.extend(chapter.sections.iter().map(|section| InTable { table, chapter_place, chapter, section }));
    }
    sections
}

fn kind_of(table: &PlanTable) -> String {
    format!("{}{}", table.fiscal_year, table.kind.name())
}

fn name(table: &PlanTable) -> String {
    if table.title.is_empty() { kind_of(table) } else { table.title.clone() }
}

fn place_of(table: &PlanTable) -> Place {
    Place { line: None, row: Some(kind_of(table)), at: None }
}

fn place_of_chapter(table: &PlanTable, chapter: &Chapter) -> Place {
    let source = chapter.source.as_ref();
    let at = source.and_then(|source| source.at.clone());
    let row = Some(format!("{} {}", table.fiscal_year, chapter.number));
    Place { line: source.and_then(|source| source.line), row, at }
}
