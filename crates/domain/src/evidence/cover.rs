//! 表紙の統合 — the cover of a report belongs to all parties. While other parties have rows of their own in the report, an
//! imported document only fills in missing parts of the cover.

use renkei_document::document::{Document, FrontMatter};
use renkei_document::same_text::same_text;
use renkei_document::wareki::AsOf;

/// 表紙 — the part of a report before its tables.
pub(super) struct Cover {
    title: Option<String>,
    issued_on: Option<AsOf>,
    front_matter: FrontMatter,
}

impl Cover {
    pub(super) fn of(document: &Document) -> Self {
        let Document { title, issued_on, front_matter, .. } = document;
        Self { title: title.clone(), issued_on: *issued_on, front_matter: front_matter.clone() }
    }

    /// Returns this cover, with empty parts filled in from another document.
    pub(super) fn filled_in_from(self, other: &Document) -> Self {
        fn either<T>(mine: Vec<T>, theirs: Vec<T>) -> Vec<T> {
            if mine.is_empty() { theirs } else { mine }
        }
        let Cover { title, issued_on, front_matter: theirs } = Self::of(other);
        let FrontMatter { title_lines, issuers, purpose, contents, defined_terms } = self.front_matter;
        Self {
            title: self.title.or(title),
            issued_on: self.issued_on.or(issued_on),
            front_matter: FrontMatter {
                title_lines: either(title_lines, theirs.title_lines),
                issuers: either(issuers, theirs.issuers),
                purpose: either(purpose, theirs.purpose),
                contents: either(contents, theirs.contents),
                defined_terms: either(defined_terms, theirs.defined_terms),
            },
        }
    }

    /// Sets this cover on a document.
    pub(super) fn put_on(self, document: &mut Document) {
        let Cover { title, issued_on, front_matter } = self;
        (document.title, document.issued_on, document.front_matter) = (title, issued_on, front_matter);
    }
}

/// Whether a document has a cover that is not used, because it differs from the recorded cover in `there`. A document
/// without issuers, purpose and terms has no cover: its first line was read as a title.
pub fn loses_its_cover(document: &Document, there: &Document) -> bool {
    let (mine, theirs) = (&document.front_matter, &there.front_matter);
    let differs = |mine: &[String], theirs: &[String]| !mine.is_empty() && !same_text(&mine.concat(), &theirs.concat());
    let terms = |front: &FrontMatter| -> Vec<String> {
        front.defined_terms.iter().flat_map(|term| [term.term.clone(), term.meaning.clone()]).collect()
    };
    let has_one = !mine.issuers.is_empty() || !mine.purpose.is_empty() || !mine.defined_terms.is_empty();
    let another_title = || match (&document.title, &there.title) {
        (Some(mine), Some(theirs)) => !same_text(mine, theirs),
        _ => false,
    };
    has_one
        && (another_title()
            || differs(&mine.issuers, &theirs.issuers)
            || differs(&mine.purpose, &theirs.purpose)
            || differs(&terms(mine), &terms(theirs)))
}
