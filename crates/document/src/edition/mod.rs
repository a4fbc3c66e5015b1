//! 版 — printed information about an edition: its name, the references of its figures and its 正誤表.
//!
//! [`canonical`] returns the content that is hashed: everything that a reader of the printed document can see. It omits
//! ids, source places, and the positions of figures in their rows, because these change when the same document is read
//! again.

mod errata;
mod reference;

use crate::document::{Document, Initiative};
use crate::figure::Figure;
use crate::locus::Source;

pub use errata::{Cause, Erratum, errata};
pub use reference::{EditionName, FigureInEdition, Reference, figures};

/// Returns the content of a document for hashing: compact JSON without ids, sources and spans, with fields in the order
/// of the types.
pub fn canonical(document: &Document) -> String {
    // All map keys of a document are field names, so serialisation to memory cannot fail.
    serde_json::to_string(&content(document)).unwrap_or_default()
}

/// Whether two documents have the same content.
pub fn same_content(one: &Document, other: &Document) -> bool {
    content(one) == content(other)
}

fn content(document: &Document) -> Document {
    let mut content = document.clone();
    for plan in &mut content.plans {
        plan.id = None;
        for chapter in &mut plan.chapters {
            chapter.source = None;
            for section in &mut chapter.sections {
                (section.id, section.source) = (None, None);
                section.initiatives.iter_mut().for_each(bare_row);
            }
        }
    }
    content.figures.iter_mut().for_each(bare_figure);
    content.headings.iter_mut().for_each(|heading| heading.source = Source::none());
    content.front_matter.contents.iter_mut().for_each(|entry| entry.source = Source::none());
    content
}

fn bare_row(row: &mut Initiative) {
    row.id = None;
    row.lines.clear();
    row.figures.iter_mut().for_each(bare_figure);
}

fn bare_figure(figure: &mut Figure) {
    (figure.observation, figure.span, figure.source) = (None, None, Source::none());
}
