//! 番号 — finds duplicate and missing marks in a section.

use crate::document::{Document, Initiative, Section};
use crate::finding::{Finding, Notice, Place};
use crate::numbering::circled;
use crate::search::folded;

use super::row::{Row, rows};

pub(super) fn check(document: &Document) -> Vec<Finding> {
    let all = rows(document);
    let sections = document.plans.iter().flat_map(|table| &table.chapters).flat_map(|chapter| &chapter.sections);
    sections.flat_map(|section| in_section(section, &all)).collect()
}

fn in_section(section: &Section, all: &[Row<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let place = |initiative: &Initiative| -> Place {
        let row = all.iter().find(|row| std::ptr::eq(row.initiative, initiative));
        row.map_or(Place::whole(), Row::place)
    };
    let marked: Vec<(u32, &Initiative)> =
        section.initiatives.iter().filter_map(|row| Some((number_of(row.mark.as_deref()?)?, row))).collect();
    for (i, (number, row)) in marked.iter().enumerate() {
        if let Some((_, first)) = marked[..i].iter().find(|(earlier, _)| earlier == number) {
            let notice = Notice::NumberingDuplicate { mark: circled(*number) };
            findings.push(Finding::new(notice, place(row)).also([place(first)]));
        }
        let before = marked[..i].iter().map(|(earlier, _)| *earlier).max().unwrap_or(0);
        let known = |wanted: &u32| marked.iter().any(|(number, _)| number == wanted);
        for missing in (before + 1..*number).filter(|wanted| !known(wanted)) {
            findings.push(Finding::new(Notice::NumberingGap { missing: circled(missing) }, place(row)));
        }
    }
    findings
}

/// Returns the number of a mark: 3 for ③, (3) and 3.
fn number_of(mark: &str) -> Option<u32> {
    folded(mark).trim_matches(['(', ')', '.']).parse().ok().filter(|number| (1..=99).contains(number))
}
