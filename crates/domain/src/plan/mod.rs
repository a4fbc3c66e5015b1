//! 事業計画 — a year's plan or progress as stored: its outline and its rows.

pub mod command;
pub(crate) mod decide;
pub mod event;
mod fold;
pub mod joining;
pub(crate) mod limits;
pub mod lineage;
pub mod needs;
pub(crate) mod owners;
pub mod refusal;
pub mod renamed_divisions;
pub mod suggestion;
pub mod three_way;
pub mod view;
mod wording;

use std::collections::HashSet;
use std::sync::Arc;

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::plan::suggestion::Suggestion;

pub use wording::{Item, Wording};

/// 事業計画 — the outline of a year's plan, progress or result. Chapters, sections and rows are numbered by position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub fiscal_year: FiscalYear,
    pub kind: PlanKind,
    pub title: String,
    pub state: PlanState,
    pub chapters: Vec<Chapter>,
}

/// 計画の状態 — the state of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// 既決: the plan was read from an imported document.
    Recorded { evidence: Id<id::Evidence> },
    /// 作成中: the plan is being written.
    Draft,
}

/// 柱 — a chapter of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    pub title: String,
    pub sections: Vec<Section>,
}

/// 項目 — a section and the order of its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub id: Id<id::Section>,
    pub title: String,
    pub lead: Option<String>,
    /// All rows, including private rows of each party. A view returns only the rows that its viewer may see.
    pub(crate) rows: Vec<Id<id::Initiative>>,
}

/// 取組 — one row: the divisions that act, and what they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiative {
    pub plan: Id<id::Plan>,
    pub party: Id<id::Party>,
    pub standing: Standing,
    /// The mark as printed; only imported rows have one.
    pub mark: Option<String>,
    pub wording: Wording,
    /// Read only through the view: [`crate::view::AgreementView::wordings`] returns the wordings that a viewer may
    /// know.
    pub(crate) worded: Worded,
    /// Earlier wordings, oldest first. They never change, so successive states share them in memory.
    pub(crate) earlier: Vec<Arc<Former>>,
    /// `None` until the party shows the row.
    #[serde(default)]
    pub(crate) shown: Option<Shown>,
    /// The line numbers in the document from which the row was read.
    pub(crate) lines: Vec<u32>,
    /// The row of the year before from which this row was carried over.
    pub(crate) follows: Option<Id<id::Initiative>>,
    /// 再掲: the other sections that list the row. The row is counted only in its home section.
    pub repeated_in: Vec<Id<id::Section>>,
}

/// 起草の記録 — the author and the time of a wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worded {
    pub post: String,
    pub at: Hlc,
    /// The other side's suggestion that was accepted with this wording.
    pub suggestion: Option<Id<Suggestion>>,
}

/// 提示の記録 — the data of a shown row that everybody except its own party sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The post that showed the row, and the time. Other parties see this instead of the author and time of the shown
    /// wording.
    pub(crate) as_worded: Worded,
    /// Number of wordings before the one that was shown.
    pub(crate) before: usize,
    pub(crate) follows: Option<Id<id::Initiative>>,
}

/// 前の文言 — an earlier wording of a row, with its author and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    pub wording: Wording,
    pub worded: Worded,
}

/// 取組の立場 — the origin of a row, and who may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Read from an imported document; not taken over by its party yet.
    Evidence { evidence: Id<id::Evidence> },
    /// 引継ぎ: the party has made the imported row its own.
    TakenOver { evidence: Id<id::Evidence>, at: Hlc },
    /// Drafted by the party; nobody else may read it yet.
    Private,
    /// Drafted by the party and shown to the others.
    Shared { at: Hlc },
}

impl Standing {
    /// Whether the row comes unchanged from this document, taken over or not.
    pub fn is_from(&self, document: Id<id::Evidence>) -> bool {
        matches!(self, Standing::Evidence { evidence } | Standing::TakenOver { evidence, .. } if *evidence == document)
    }
}

impl Initiative {
    /// Whether the row is its party's own: drafted by the party, or taken over from a document.
    pub fn is_own(&self) -> bool {
        !matches!(self.standing, Standing::Evidence { .. })
    }

    /// Returns the row with the mark and the line numbers of `other`.
    pub(crate) fn printed_like(&self, other: &Initiative) -> Arc<Initiative> {
        Arc::new(Initiative { mark: other.mark.clone(), lines: other.lines.clone(), ..self.clone() })
    }

    /// Whether the row is repeated in this section.
    pub fn is_repeated_in(&self, section: Id<id::Section>) -> bool {
        self.repeated_in.contains(&section)
    }

    /// Returns a wording with its record, by index from 0; the last one is current.
    pub(crate) fn wording_at(&self, place: usize) -> (&Worded, &Wording) {
        match self.earlier.get(place) {
            Some(former) => (&former.worded, &former.wording),
            None => (&self.worded, &self.wording),
        }
    }

    /// Translates the time that identifies a wording for its owner into the time that identifies it for everybody else:
    /// for the shown wording, the time at which the row was shown. `None` if the row was not shown. Suggestions that
    /// earlier releases stored use the owner's time.
    pub(crate) fn known_as(&self, at: Hlc) -> Option<Hlc> {
        let shown = self.shown.as_ref().filter(|_| matches!(self.standing, Standing::Shared { .. }))?;
        let is_first = self.wording_at(shown.before).0.at == at;
        Some(if is_first { shown.as_worded.at } else { at })
    }
}

impl Section {
    /// Creates a section without rows.
    pub fn new(id: Id<id::Section>, title: String, lead: Option<String>) -> Self {
        Self { id, title, lead, rows: Vec::new() }
    }

    /// Returns every row, without checking who may see it. Only for tests and repairs, not for answering requests.
    pub fn rows_of_all_parties(&self) -> &[Id<id::Initiative>] {
        &self.rows
    }
}

impl Plan {
    /// Whether both plans are the same except for the rows of their sections.
    pub fn has_the_outline_of(&self, other: &Self) -> bool {
        let Self { fiscal_year, kind, title, state, chapters } = self;
        let same_section = |one: &Section, two: &Section| {
            let Section { id, title, lead, rows: _ } = one;
            (id, title, lead) == (&two.id, &two.title, &two.lead)
        };
        let same_chapter = |one: &Chapter, two: &Chapter| {
            let Chapter { title, sections } = one;
            *title == two.title
                && sections.len() == two.sections.len()
                && sections.iter().zip(&two.sections).all(|(one, two)| same_section(one, two))
        };
        (fiscal_year, kind, title, state) == (&other.fiscal_year, &other.kind, &other.title, &other.state)
            && chapters.len() == other.chapters.len()
            && chapters.iter().zip(&other.chapters).all(|(one, two)| same_chapter(one, two))
    }

    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.chapters.iter().flat_map(|chapter| &chapter.sections)
    }

    /// Removes rows from all sections.
    pub(crate) fn unlist(&mut self, gone: &HashSet<Id<id::Initiative>>) {
        for section in self.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
            section.rows.retain(|row| !gone.contains(row));
        }
    }

    pub fn section_mut(&mut self, id: Id<id::Section>) -> Option<&mut Section> {
        self.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections).find(|section| section.id == id)
    }
}
