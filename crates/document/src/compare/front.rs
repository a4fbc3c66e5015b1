//! 前付の比較 — compares title, cover, purpose and contents, and the headings and figures outside of plans.

use super::blocks::{self, Blocks};
use super::difference::{DifferenceKind, Part};
use super::figures;
use super::found::{Found, Standing};
use super::order;
use super::pairing::{alone, pairs};
use crate::document::Document;
use crate::finding::Place;
use crate::likeness::likeness;
use crate::locus::Source;
use crate::same_text::same_text;

pub(super) fn compare(found: &mut Found<'_>, left: &Document, right: &Document) {
    let (one, other) = (&left.front_matter, &right.front_matter);
    let nowhere = (&Place::whole(), &Place::whole());
    let day = |document: &Document| document.issued_on.map(|day| day.to_string());
    let year = |document: &Document| document.fiscal_year.map(|year| year.to_string());
    found.text(Part::Title, left.title.as_deref(), right.title.as_deref(), nowhere);
    found.text(Part::IssuedOn, day(left).as_deref(), day(right).as_deref(), nowhere);
    found.text(Part::FiscalYear, year(left).as_deref(), year(right).as_deref(), nowhere);
    paragraphs(found, Part::Cover, &one.title_lines, &other.title_lines);
    paragraphs(found, Part::Issuers, &one.issuers, &other.issuers);
    paragraphs(found, Part::Purpose, &one.purpose, &other.purpose);
    let contents = |document: &Document| {
        let entries = &document.front_matter.contents;
        let told = entries.iter().map(|entry| (format!("{} {}", entry.number, entry.title), place_of(&entry.source)));
        told.collect::<Vec<_>>()
    };
    list(found, Part::Contents, &contents(left), &contents(right));
    let terms = |document: &Document| {
        let terms = &document.front_matter.defined_terms;
        let told = terms.iter().map(|term| (format!("{}：{}", term.term, term.meaning), Place::whole()));
        told.collect::<Vec<_>>()
    };
    list(found, Part::DefinedTerm, &terms(left), &terms(right));
}

/// Compares figures and headings outside of plans.
pub(super) fn compare_rest(found: &mut Found<'_>, left: &Document, right: &Document) {
    let headings = |document: &Document| {
        document.headings.iter().map(|heading| (heading.text.clone(), place_of(&heading.source))).collect::<Vec<_>>()
    };
    list(found, Part::Heading, &headings(left), &headings(right));
    let nowhere = (&Place::whole(), &Place::whole());
    figures::compare(found, &left.figures, &right.figures, nowhere);
}

fn paragraphs(found: &mut Found<'_>, part: Part, left: &[String], right: &[String]) {
    let blocks = |texts: &[String]| Blocks::of(texts.iter().map(String::as_str));
    let (left, right) = (blocks(left), blocks(right));
    blocks::compare(found, part, &left, &right, (&Place::whole(), &Place::whole()));
}

/// Compares two lists of short texts. Reports texts that were changed or moved, and texts in only one of the lists.
pub(super) fn list(found: &mut Found<'_>, part: Part, left: &[(String, Place)], right: &[(String, Place)]) {
    let score = |one: usize, other: usize| {
        let (one, other) = (&left[one].0, &right[other].0);
        if same_text(one, other) { 2.0 } else { likeness(one, other) }
    };
    let pairs = pairs(left.len(), right.len(), 0.5, score);
    for (one, other) in &pairs {
        let ((one, at), (other, other_at)) = (&left[*one], &right[*other]);
        found.text(part, Some(one), Some(other), (at, other_at));
    }
    let nowhere = (&Place::whole(), &Place::whole());
    order::compare(found, part, &pairs, (&|n| left[n].0.clone(), &|n| right[n].0.clone()), nowhere);
    let (only_left, only_right) = alone(&pairs, left.len(), right.len());
    let standing = |(text, place): &(String, Place)| Some(Standing::new(text, place));
    for one in only_left {
        found.tell(DifferenceKind::Missing, part, standing(&left[one]), None);
    }
    for other in only_right {
        found.tell(DifferenceKind::Missing, part, None, standing(&right[other]));
    }
}

pub(super) fn place_of(source: &Source) -> Place {
    Place { line: source.line, row: None, at: source.at.clone() }
}
