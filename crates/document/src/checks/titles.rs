//! 題名 — finds titles that differ between the contents and the body, or between last year's table and this year's, and
//! section leads whose words differ from the section's title.

use std::collections::HashSet;

use crate::document::{ContentsEntry, Document, PlanKind, PlanTable, Section};
use crate::finding::{Finding, Notice, Place};
use crate::likeness::{CharacterPairs, likeness};
use crate::locus::Source;
use crate::search::folded;

use super::row::place_of_heading;

/// Minimum likeness of two titles that belong to one section.
const SAME_SECTION: f64 = 0.5;

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let mut findings = contents(document);
    findings.extend(between_years(document));
    findings
}

/// A title and its source.
struct Title<'a> {
    text: &'a str,
    source: Option<&'a Source>,
}

/// Compares each entry of the contents with the title at the same position in the body, if both have the same number of
/// entries.
fn contents(document: &Document) -> Vec<Finding> {
    let sections: Vec<&Section> = document.plans.iter().flat_map(sections).collect();
    let titles: Vec<Title<'_>> =
        sections.iter().map(|section| Title { text: &section.title, source: section.source.as_ref() }).collect();
    let chapters: Vec<Title<'_>> = document
        .plans
        .iter()
        .flat_map(|table| &table.chapters)
        .map(|chapter| Title { text: &chapter.title, source: chapter.source.as_ref() })
        .collect();
    let of_level = |bracketed: bool| {
        let entries = document.front_matter.contents.iter();
        entries.filter(|entry| level(entry) == Some(bracketed)).collect::<Vec<_>>()
    };
    let mut findings = against(&of_level(true), &titles);
    findings.extend(against(&of_level(false), &chapters));
    findings
}

/// Whether an entry is a section: `true` for (1), `false` for the chapter 1, `None` for 第1, which is neither.
fn level(entry: &ContentsEntry) -> Option<bool> {
    let number = folded(&entry.number);
    if number.starts_with('(') { Some(true) } else { number.parse::<u32>().is_ok().then_some(false) }
}

fn against(entries: &[&ContentsEntry], titles: &[Title<'_>]) -> Vec<Finding> {
    if entries.len() != titles.len() {
        return Vec::new();
    }
    let pairs = entries.iter().zip(titles).filter(|(entry, title)| folded(&entry.title) != folded(title.text));
    pairs
        .filter(|(entry, title)| likeness(&entry.title, title.text) >= SAME_SECTION)
        .map(|(entry, title)| {
            let notice = Notice::TermVaries { one: entry.title.clone(), other: title.text.to_owned() };
            Finding::new(notice, place_of_heading(Some(&entry.source))).also([place_of_heading(title.source)])
        })
        .collect()
}

/// Compares the sections of one year's progress with those of the next year's plan.
fn between_years(document: &Document) -> Vec<Finding> {
    let (Some(result), Some(plan)) = (
        document.plans.iter().find(|table| table.kind != PlanKind::Plan),
        document.plans.iter().find(|table| table.kind == PlanKind::Plan),
    ) else {
        return Vec::new();
    };
    let [old, new] = [result, plan].map(|table| sections(table).map(Named::of).collect::<Vec<_>>());
    let [in_old, in_new] =
        [&old, &new].map(|named| named.iter().map(|known| known.folded.as_str()).collect::<HashSet<_>>());
    let begun: Vec<&Named<'_>> = new.iter().filter(|known| !in_old.contains(known.folded.as_str())).collect();
    let mut findings = Vec::new();
    for ended in old.iter().filter(|known| !in_new.contains(known.folded.as_str())) {
        let renamed = begun
            .iter()
            .map(|new| (ended.pairs.likeness(&new.pairs), new.section))
            .filter(|(alike, _)| *alike >= SAME_SECTION)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, new)) = renamed {
            let old = ended.section;
            let notice = Notice::TermVaries { one: old.title.clone(), other: new.title.clone() };
            let mut also = vec![place_of_heading(new.source.as_ref())];
            also.extend(in_contents(document, [&old.title, &new.title]));
            findings.push(Finding::new(notice, place_of_heading(old.source.as_ref())).also(also));
        }
    }
    findings
}

/// A section with the forms used to compare its title.
struct Named<'a> {
    section: &'a Section,
    folded: String,
    pairs: CharacterPairs,
}

impl<'a> Named<'a> {
    fn of(section: &'a Section) -> Self {
        let folded = folded(&section.title);
        let pairs = CharacterPairs::of(&folded);
        Self { section, folded, pairs }
    }
}

fn sections(table: &PlanTable) -> impl Iterator<Item = &Section> {
    table.chapters.iter().flat_map(|chapter| &chapter.sections)
}

fn in_contents<'a>(document: &'a Document, titles: [&'a String; 2]) -> impl Iterator<Item = Place> + 'a {
    let entries = document.front_matter.contents.iter();
    entries
        .filter(move |entry| titles.iter().any(|title| folded(title) == folded(&entry.title)))
        .map(|entry| place_of_heading(Some(&entry.source)))
}
