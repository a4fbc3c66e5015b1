//! 比較 — the differences between two documents: texts, figures, order, the layout of a cell, and parts that only one of
//! them has.
//!
//! White space and the width of characters make no difference. Neither do the page numbers in a table of contents,
//! because two formats cannot agree on them. The same words divided into other paragraphs or bullets are a difference
//! of layout. Rows are paired by section, party and words, so one extra row makes one difference and not a hundred. If
//! the two documents are swapped, only the two sides of each difference are swapped.

mod agreement;
mod blocks;
mod figures;
mod front;
mod order;
mod pairing;
mod plans;
mod rows;
#[cfg(test)]
mod tests;
mod wording;

use serde::Serialize;
use serde_json::json;

use crate::document::Document;
use crate::finding::Place;
use crate::locus::SourceLine;
use crate::same_text::{TextRange, differing, same_text};

/// 比べる文書 — a document with the lines of the file it was read from; no lines if it comes from the store.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    pub document: &'a Document,
    pub lines: &'a [SourceLine],
}

/// 相違の種類 — the kind of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// 文言.
    Text,
    /// 数値.
    Figure,
    /// 順序・番号.
    Order,
    /// 体裁: the same words, divided differently.
    Layout,
    /// 一方のみ.
    Missing,
}

/// 部分 — the part of a document that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Title,
    IssuedOn,
    FiscalYear,
    Cover,
    Issuers,
    Purpose,
    Contents,
    DefinedTerm,
    Agreement,
    AgreementTitle,
    AgreementDates,
    Preamble,
    Article,
    Supplementary,
    Attestation,
    Party,
    Signatory,
    Plan,
    Chapter,
    Section,
    Lead,
    Row,
    RowPlace,
    RowNumber,
    RowParty,
    Divisions,
    RowText,
    Figure,
    Heading,
}

/// 数値の相違点 — the aspect in which two figures differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    Value,
    State,
    Unit,
    Label,
    AsOf,
    Period,
    EventDates,
    Scope,
    Kind,
    Qualifier,
    Provisional,
}

/// 相違の片側 — the text of one of the two documents, and its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Side {
    pub text: String,
    /// The ranges of `text` that the other side does not have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<TextRange>,
    pub place: Place,
}

/// 相違 — one difference with both sides; a side is `None` if that document has no such part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    pub kind: DifferenceKind,
    pub part: Part,
    /// For a figure, the aspects that differ.
    pub aspects: Vec<Aspect>,
    pub left: Option<Side>,
    pub right: Option<Side>,
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

/// The differences found so far, and the lines of both files for the place of each side.
struct Found<'a> {
    left: &'a [SourceLine],
    right: &'a [SourceLine],
    differences: Vec<Difference>,
}

/// A text with its place, before it becomes a side.
#[derive(Clone)]
struct Standing {
    text: String,
    place: Place,
}

impl Standing {
    fn new(text: impl Into<String>, place: &Place) -> Self {
        Self { text: text.into(), place: place.clone() }
    }
}

impl Found<'_> {
    fn tell(&mut self, kind: DifferenceKind, part: Part, left: Option<Standing>, right: Option<Standing>) {
        self.tell_aspects(kind, part, Vec::new(), (left, right));
    }

    fn tell_aspects(
        &mut self,
        kind: DifferenceKind,
        part: Part,
        aspects: Vec<Aspect>,
        (left, right): (Option<Standing>, Option<Standing>),
    ) {
        let (mut in_left, mut in_right) = (Vec::new(), Vec::new());
        if let (Some(one), Some(other), DifferenceKind::Text | DifferenceKind::Figure) = (&left, &right, kind) {
            (in_left, in_right) = differing(&one.text, &other.text);
        }
        let left = left.map(|standing| side(standing, in_left, self.left));
        let right = right.map(|standing| side(standing, in_right, self.right));
        self.differences.push(Difference { kind, part, aspects, left, right });
    }

    /// Compares a short text that both, one or neither of the documents have.
    fn text(&mut self, part: Part, left: Option<&str>, right: Option<&str>, places: (&Place, &Place)) {
        let said = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
        let (left, right) = (said(left), said(right));
        let kind = match (&left, &right) {
            (Some(one), Some(other)) if same_text(one, other) => return,
            (Some(_), Some(_)) => DifferenceKind::Text,
            (None, None) => return,
            _ => DifferenceKind::Missing,
        };
        let standing = |text: Option<String>, place| text.map(|text| Standing::new(text, place));
        self.tell(kind, part, standing(left, places.0), standing(right, places.1));
    }
}

fn side(standing: Standing, differs: Vec<TextRange>, lines: &[SourceLine]) -> Side {
    let Standing { text, mut place } = standing;
    if place.at.is_none()
        && let Some(line) = place.line.and_then(|number| lines.get((number as usize).checked_sub(1)?))
    {
        let phrase = text.lines().next().unwrap_or_default();
        place.at = line.locate(phrase).cloned();
    }
    Side { text, differs, place }
}

impl Difference {
    /// Returns the left side, or the right one if the left is `None`.
    pub fn either(&self) -> Option<&Side> {
        self.left.as_ref().or(self.right.as_ref())
    }

    /// Returns the same difference with the sides swapped.
    pub fn mirrored(&self) -> Self {
        Self { left: self.right.clone(), right: self.left.clone(), ..self.clone() }
    }
}

impl Serialize for Difference {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut told = json!({
            "kind": self.kind, "part": self.part, "left": self.left, "right": self.right,
            "message": self.message_in(crate::language::Language::Japanese),
        });
        if !self.aspects.is_empty() {
            told["aspects"] = json!(self.aspects);
        }
        told.serialize(serializer)
    }
}
