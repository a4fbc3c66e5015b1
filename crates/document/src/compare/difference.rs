//! 相違 — one difference between two documents: its kind, its part, and its two sides.

use serde::Serialize;
use serde_json::json;

use crate::finding::Place;
use crate::same_text::TextRange;

/// 相違の種類 — the kind of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// 文言: the words differ.
    Text,
    /// 数値: a figure differs.
    Figure,
    /// 順序・番号: the order or the numbers differ.
    Order,
    /// 体裁: the words are the same but divided differently.
    Layout,
    /// 一方のみ: only one document has the part.
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
