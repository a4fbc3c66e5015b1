//! 比較 — the differences between two documents: texts, figures, order, the layout of a cell, and parts that only one of
//! them has.
//!
//! White space and the width of characters make no difference. Page numbers in a table of contents are ignored, because
//! they depend on the file format. If the same words are divided into other paragraphs or bullets, the difference is
//! one of layout. Rows are paired by section, party and words and not by number, so one extra row causes only one
//! difference. If the two documents are swapped, only the two sides of each difference are swapped.

mod agreement;
mod blocks;
mod difference;
mod figures;
mod found;
mod front;
mod in_table;
mod order;
mod pairing;
mod plans;
mod rows;
#[cfg(test)]
mod tests;
mod wording;

use crate::document::Document;
use crate::locus::SourceLine;

pub use difference::{Aspect, Difference, DifferenceKind, Part, Side};

use found::Found;

/// 比べる文書 — a document with the lines of the file it was read from; no lines for a stored document.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    pub document: &'a Document,
    pub lines: &'a [SourceLine],
}

/// Returns the differences between two documents, from front to end.
pub fn compare(left: Compared<'_>, right: Compared<'_>) -> Vec<Difference> {
    let mut found = Found { left: left.lines, right: right.lines, differences: Vec::new() };
    front::compare(&mut found, left.document, right.document);
    agreement::compare(&mut found, left.document.agreement.as_ref(), right.document.agreement.as_ref());
    plans::compare(&mut found, &left.document.plans, &right.document.plans);
    front::compare_rest(&mut found, left.document, right.document);
    found.differences
}
