//! 表紙の統合 — the cover of a report is common ground: while other parties have rows of their own in it, a document that one side
//! brings adds to it what it does not say, and changes nothing.

use renkei_document::document::{Document, FrontMatter};
use renkei_document::wareki::AsOf;

/// 表紙 — what a report says before its tables.
#[derive(Debug, PartialEq)]
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

    /// The cover that is there, with what this one says where that one says nothing.
    pub(super) fn behind(self, there: &Document) -> Self {
        fn either<T: Clone>(there: &[T], mine: Vec<T>) -> Vec<T> {
            if there.is_empty() { mine } else { there.to_vec() }
        }
        let Cover { title, issued_on, front_matter } = Self::of(there);
        let FrontMatter { title_lines, issuers, purpose, contents, defined_terms } = self.front_matter;
        Self {
            title: title.or(self.title),
            issued_on: issued_on.or(self.issued_on),
            front_matter: FrontMatter {
                title_lines: either(&front_matter.title_lines, title_lines),
                issuers: either(&front_matter.issuers, issuers),
                purpose: either(&front_matter.purpose, purpose),
                contents: either(&front_matter.contents, contents),
                defined_terms: either(&front_matter.defined_terms, defined_terms),
            },
        }
    }

    /// Puts it on a document.
    pub(super) fn put_on(self, document: &mut Document) {
        let Cover { title, issued_on, front_matter } = self;
        (document.title, document.issued_on, document.front_matter) = (title, issued_on, front_matter);
    }
}

/// Whether a document says something on its cover that is not taken over, because that of the other stays.
pub fn loses_its_cover(document: &Document, there: &Document) -> bool {
    Cover::of(document).behind(there) != Cover::of(there).behind(document)
}
