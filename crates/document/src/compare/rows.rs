//! 取組の比較 — pairs rows by section, party and words, and then compares each pair.

use std::collections::HashMap;

use super::blocks::{self, Blocks};
use super::difference::{DifferenceKind, Part};
use super::found::{Found, Standing};
use super::in_table::InTable;
use super::pairing::{alone, pairs};
use super::{figures, order};
use crate::document::Initiative;
use crate::finding::Place;
use crate::house_style::for_comparing;
use crate::likeness::CharacterPairs;
use crate::numbering::circled;
use crate::same_text::{key, same_text};
use crate::search::folded;

/// Minimum likeness of the words of two rows that are paired within one section and party.
const LEAST_IN_PLACE: f64 = 0.3;
/// Minimum likeness of the words of two rows that are paired across sections or parties.
const LEAST_MOVED: f64 = 0.6;

/// A row with the forms used to pair it.
struct Row<'a> {
    section: usize,
    in_table: InTable<'a>,
    initiative: &'a Initiative,
    words: String,
    pairs: CharacterPairs,
}

impl Row<'_> {
    fn mark(&self) -> String {
        self.initiative.mark.clone().unwrap_or_else(|| circled(self.initiative.number))
    }

    /// Returns the place of the row, with its name: 令和7年度 1(5) ④.
    fn place(&self) -> Place {
        let row = format!("{} {}", self.in_table.name(), self.mark());
        Place { line: self.initiative.lines.first().copied(), row: Some(row), at: None }
    }

    fn standing(&self) -> Standing {
        Standing::new(blocks_of(self.initiative).printed(), &self.place())
    }
}

/// Compares the rows of two tables whose sections are already paired.
pub(super) fn compare(
    found: &mut Found<'_>,
    (left, right): (&[InTable<'_>], &[InTable<'_>]),
    sections: &[(usize, usize)],
) {
    let other_section: HashMap<usize, usize> = sections.iter().map(|(one, other)| (*other, *one)).collect();
    // A section on the right gets the index of the paired section on the left; sections without a pair come last.
    let (one, other) = (rows(left, |n| n), rows(right, |n| other_section.get(&n).copied().unwrap_or(left.len() + n)));
    let paired = paired(&one, &other);
    for (a, b) in &paired {
        compare_rows(found, &one[*a], &other[*b]);
    }
    for (a, b) in sections {
        let here: Vec<(usize, usize)> =
            paired.iter().copied().filter(|(x, y)| one[*x].section == *a && other[*y].section == *a).collect();
        let name = |row: &Row<'_>| format!("{}「{}」", row.mark(), first_words(&row.initiative.text));
        let place = |section: &InTable<'_>| Place { line: None, row: Some(section.name()), at: None };
        let places = (&place(&left[*a]), &place(&right[*b]));
        order::compare(found, Part::Row, &here, (&|n| name(&one[n]), &|n| name(&other[n])), places);
    }
    let (only_left, only_right) = alone(&paired, one.len(), other.len());
    for a in only_left {
        found.tell(DifferenceKind::Missing, Part::Row, Some(one[a].standing()), None);
    }
    for b in only_right {
        found.tell(DifferenceKind::Missing, Part::Row, None, Some(other[b].standing()));
    }
}

fn rows<'a>(sections: &[InTable<'a>], numbered: impl Fn(usize) -> usize) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (place, in_table) in sections.iter().enumerate() {
        rows.extend(in_table.section.initiatives.iter().map(|initiative| {
            let words = key(&blocks_of(initiative).printed());
            let pairs = CharacterPairs::of(&folded(&words));
            Row { section: numbered(place), in_table: *in_table, initiative, words, pairs }
        }));
    }
    rows
}

/// Pairs rows in three rounds: rows of one section and party with the same words; similar rows of one section and
/// party; the same or similar rows elsewhere.
fn paired(one: &[Row<'_>], other: &[Row<'_>]) -> Vec<(usize, usize)> {
    let in_place = |a: &Row<'_>, b: &Row<'_>| a.section == b.section && a.initiative.party == b.initiative.party;
    let same_words = |a: &Row<'_>, b: &Row<'_>| a.words == b.words;
    let mut known = Vec::new();
    take(&mut known, one, other, |a, b| if in_place(a, b) && same_words(a, b) { 1.0 } else { -1.0 });
    take(&mut known, one, other, |a, b| {
        let likeness = a.pairs.likeness(&b.pairs);
        // If the words are too different, rows of one section and party with the same mark and divisions are paired.
        let desk = a.mark() == b.mark() && a.initiative.divisions == b.initiative.divisions;
        if in_place(a, b) && (likeness >= LEAST_IN_PLACE || desk) { likeness } else { -1.0 }
    });
    take(&mut known, one, other, |a, b| {
        let near = if a.section == b.section { 0.2 } else { 0.0 };
        let likeness = if same_words(a, b) { 2.0 } else { a.pairs.likeness(&b.pairs) };
        if likeness >= LEAST_MOVED { likeness + near } else { -1.0 }
    });
    known.sort_unstable();
    known
}

/// Adds pairs of rows that are not paired yet; rows with a score below 0 are not paired.
fn take(
    known: &mut Vec<(usize, usize)>,
    one: &[Row<'_>],
    other: &[Row<'_>],
    score: impl Fn(&Row<'_>, &Row<'_>) -> f64,
) {
    let (left, right) = alone(known, one.len(), other.len());
    let found = pairs(left.len(), right.len(), 0.0, |a, b| score(&one[left[a]], &other[right[b]]));
    known.extend(found.into_iter().map(|(a, b)| (left[a], right[b])));
}

fn compare_rows(found: &mut Found<'_>, left: &Row<'_>, right: &Row<'_>) {
    let (one, other) = (left.initiative, right.initiative);
    let places = (&left.place(), &right.place());
    if left.section != right.section {
        found.tell(DifferenceKind::Order, Part::RowPlace, Some(left.standing()), Some(right.standing()));
    } else if !same_text(&left.mark(), &right.mark()) {
        let mark = |row: &Row<'_>| Some(Standing::new(row.mark(), &row.place()));
        found.tell(DifferenceKind::Order, Part::RowNumber, mark(left), mark(right));
    }
    found.text(Part::RowParty, Some(one.party.as_str()), Some(other.party.as_str()), places);
    compare_divisions(found, one, other, places);
    let before = found.differences.len();
    figures::compare(found, &one.figures, &other.figures, places);
    let figures = found.differences.split_off(before);
    let explained = !figures.is_empty() && same_but_for_figures(one, other);
    let texts = (&blocks_of(one), &blocks_of(other));
    let restyled = !texts.0.same_words(texts.1) && styled(one).same_words(&styled(other));
    if restyled {
        // The party's style decides widths, blanks, counters and dates, so they are ignored. Paragraphs and bullets are
        // part of the document, so they are compared.
        if !styled(one).same_division(&styled(other)) {
            blocks::tell_layout(found, Part::RowText, texts.0, texts.1, places);
        }
    } else if !explained {
        blocks::compare(found, Part::RowText, texts.0, texts.1, places);
    } else if !without_figures(one).same_division(&without_figures(other)) {
        blocks::tell_layout(found, Part::RowText, texts.0, texts.1, places);
    }
    found.differences.extend(figures);
}

/// Compares the names of the divisions; if they are the same, compares how they are printed.
fn compare_divisions(found: &mut Found<'_>, one: &Initiative, other: &Initiative, places: (&Place, &Place)) {
    let names = |row: &Initiative| row.divisions.join("、");
    let printed = |row: &Initiative| row.divisions_printed.clone().unwrap_or_else(|| names(row));
    if !same_text(&names(one), &names(other)) {
        found.text(Part::Divisions, Some(&names(one)), Some(&names(other)), places);
    } else if !same_text(&printed(one), &printed(other)) {
        let (left, right) = (Standing::new(printed(one), places.0), Standing::new(printed(other), places.1));
        found.tell(DifferenceKind::Layout, Part::Divisions, Some(left), Some(right));
    }
}

/// Returns the row's text in the style used for comparing.
fn styled(row: &Initiative) -> Blocks {
    blocks_of(&for_comparing(row))
}

/// Whether the words around the figures are the same, so that two rows differ only in figures.
fn same_but_for_figures(one: &Initiative, other: &Initiative) -> bool {
    one.figures.len() == other.figures.len()
        && one.figures.iter().zip(&other.figures).all(|(a, b)| a.span.is_some() && b.span.is_some())
        && without_figures(one).same_words(&without_figures(other))
}

/// Returns the row's text with a mark in place of each figure.
fn without_figures(row: &Initiative) -> Blocks {
    let mut masked = row.clone();
    let mut spans: Vec<_> = row.figures.iter().filter_map(|figure| figure.span).collect();
    spans.sort_unstable();
    spans.dedup();
    for span in spans.into_iter().rev() {
        let text = match span.item {
            None => Some(&mut masked.text),
            Some(item) => masked.items.get_mut(item as usize),
        };
        let range = span.start as usize..span.end as usize;
        if let Some(text) = text.filter(|text| text.get(range.clone()).is_some()) {
            text.replace_range(range, "※");
        }
    }
    blocks_of(&masked)
}

fn blocks_of(row: &Initiative) -> Blocks {
    let mut blocks = Blocks::of([row.text.as_str()]);
    for (place, item) in row.items.iter().enumerate() {
        blocks.add(row.mark_of_item(place), item);
    }
    blocks
}

fn first_words(text: &str) -> String {
    const LONGEST: usize = 16;
    let words: String = text.split_whitespace().collect();
    if words.chars().count() <= LONGEST { words } else { words.chars().take(LONGEST).chain(['…']).collect() }
}
