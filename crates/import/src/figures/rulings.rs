//! Applies date notes to figures, and reports dates and states that a person should check.

use renkei_document::finding::{Finding, Notice, Place};

use super::cell::Cell;
use super::context::Context;
use super::draft::{AsOfNote, Draft, Part};
use super::glyphs::Glyphs;
use super::source::SourceLines;

/// Sets the as-of date of each figure. A note applies to the preceding figures that have no date. If no figures precede
/// it, or if it opens a clause, it applies to the following figures.
pub(crate) fn apply(cell: &mut Cell) {
    let mut from = 0;
    for place in 0..cell.notes.len() {
        let note = cell.notes[place].clone();
        let backward = from..note.after;
        let ruled = if note.forward || backward.is_empty() {
            let next = cell.notes[place + 1..].iter().map(|next| next.after).find(|&after| after > note.after);
            let end = next.unwrap_or(cell.drafts.len());
            let part = cell.drafts.get(note.after).map(|draft| draft.part);
            let same_part = |draft: &&mut Draft| !note.forward || Some(draft.part) == part;
            cell.drafts[note.after..end].iter_mut().filter(same_part).for_each(|draft| rule(draft, &note));
            note.after
        } else {
            cell.drafts[backward].iter_mut().for_each(|draft| rule(draft, &note));
            note.after
        };
        from = ruled;
    }
}

fn rule(draft: &mut Draft, note: &AsOfNote) {
    draft.period = draft.period.or(note.period);
    if draft.as_of.is_none() {
        draft.as_of = note.as_of;
        if draft.scope.is_none() {
            draft.scope.clone_from(&note.scope);
        }
    }
}

/// Returns the findings of a row on dates and states.
pub(crate) fn findings<'a>(cell: &Cell, part: &dyn Fn(Part) -> &'a Glyphs<'a>, context: Context<'_>) -> Vec<Finding> {
    let mut lines = SourceLines::new(context.lines);
    let first = context.lines.first().map(|(line, _)| *line);
    let mut place = |text: &str| Place { line: lines.find(text).or(first), row: None, at: None };
    let mut found = Vec::new();
    for note in cell.notes.iter().filter(|note| note.malformed) {
        let notice = Notice::AsOfMalformed {
            printed: note.printed.clone(),
            understood: note.as_of.map_or_else(String::new, |as_of| as_of.to_string()),
        };
        found.push(Finding::new(notice, place(&note.printed)));
    }
    for note in cell.notes.iter().filter(|note| note.without_end) {
        found.push(Finding::new(Notice::AsOfWithoutEnd { printed: note.printed.clone() }, place(&note.printed)));
    }
    let mut dates: Vec<String> = cell.notes.iter().filter_map(|note| Some(note.as_of?.to_string())).collect();
    dates.dedup();
    if dates.len() > 1 {
        found.push(Finding::new(Notice::AsOfMixed { dates }, place(&cell.notes[0].printed)));
    }
    for (at, range) in &cell.other_years {
        let printed = part(*at).original(range.clone()).to_owned();
        let place = place(&printed);
        let year_of_report = context.fiscal_year.to_string();
        found.push(Finding::new(Notice::AsOfOtherYear { printed, year_of_report }, place));
    }
    for (at, range) in &cell.open {
        let glyphs = part(*at);
        let word = glyphs.original(range.clone()).to_owned();
        let around = range.start.saturating_sub(12)..(range.end + 8).min(glyphs.len());
        let place = place(&word);
        found.push(Finding::new(Notice::StateOpen { word, text: glyphs.original(around).trim().to_owned() }, place));
    }
    found
}
