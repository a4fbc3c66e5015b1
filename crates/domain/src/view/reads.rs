//! 読んだもの — a view that records the data read through it: each part (such as one row) with its value.
//!
//! A result computed from a view (a page, a table, a finding) stays valid as long as every part read for it has the
//! same value. No timestamps or counters are used: the values themselves are stored. In a later state, a part that is
//! the same object in memory is unchanged; any other part is compared by value. A change that the viewer may not see
//! does not invalidate the result.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::{Debug, Formatter};
use std::sync::Arc;

use renkei_document::figure::Indicator;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};

use super::viewer::Viewer;
use crate::agreement::Agreement;
use crate::organisation::division_names::DivisionNames;
use crate::plan::suggestion::Suggestion;
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::dossiers::Dossiers;

/// 閲覧 — the dossiers as one viewer may see them.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub(crate) dossiers: &'a Dossiers,
    pub(crate) viewer: Viewer,
    /// Records each part that is read through the view; `None` if reads are not recorded.
    pub(crate) reads: Option<&'a Reads>,
}

/// 協定の閲覧 — one agreement as one viewer may see it.
#[derive(Debug, Clone, Copy)]
pub struct AgreementView<'a> {
    pub id: Id<Agreement>,
    pub agreement: &'a Arc<Agreement>,
    pub(crate) dossier: &'a AgreementDossier,
    pub(crate) view: View<'a>,
}

/// 読んだもの — the parts that were read during a computation, each with its value.
#[derive(Default)]
pub struct Reads {
    parts: RefCell<HashMap<Part, Box<Holding>>>,
    /// Whether something was read that no part describes.
    untold: Cell<bool>,
}

/// 読んだものの控え — the recorded reads, to be compared with later states.
pub struct ReadBefore {
    parts: Vec<Box<Holding>>,
    untold: bool,
}

/// A function that tests whether a part still has the recorded value.
type Holding = dyn Fn(View<'_>) -> bool + Send + Sync;

/// 読んだ部分 — the name of a part. Each part is stored once, however often it is read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    Agreements,
    Agreement(Id<Agreement>),
    Name(Id<id::Party>),
    Organisation(Id<id::Party>),
    DecidedMeanwhile(Id<id::Party>),
    Of(Id<Agreement>, PartOfAgreement),
}

/// 協定の読んだ部分 — the name of a part of one agreement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum PartOfAgreement {
    /// The existing plans with their outlines, without their rows.
    Plans,
    Rows(Id<id::Section>),
    Count(Id<id::Plan>),
    RowsOfViewer(Id<id::Plan>),
    /// Whether the result of the year replaces this progress.
    ResultOf(Id<id::Plan>),
    /// The document whose cover the report of a year uses.
    CoverOf(FiscalYear),
    TooLongForPdf(FiscalYear),
    EditionTooLongForPdf(FiscalYear),
    Row(Id<id::Initiative>),
    Place(Id<id::Initiative>),
    CarriedOver(Id<id::Plan>),
    AllEvidence,
    Evidence(Id<id::Evidence>),
    WaitingRows,
    MayUndo(Id<id::Evidence>),
    Editions,
    Follows(Id<id::Initiative>),
    Suggestions(Id<id::Initiative>),
    Suggestion(Id<Suggestion>),
    OpenSuggestions,
    Facts,
    Value(Id<id::Party>, Id<id::Observation>),
    History(Id<id::Party>, Id<Indicator>),
    Style(Id<id::Party>),
    Answers,
    SameDivisions(DivisionNames),
    AnswersAbout(DivisionNames),
    Indicators,
    Indicator(Id<Indicator>),
    Counting(Id<id::Observation>),
}

impl Reads {
    /// Stores the value of a part in this view.
    pub(crate) fn note<T: PartialEq + Send + Sync + 'static>(
        &self,
        part: Part,
        view: View<'_>,
        ask: impl Fn(View<'_>) -> T + Send + Sync + 'static,
    ) {
        if self.parts.borrow().contains_key(&part) {
            return;
        }
        let told = ask(view.unnoted());
        self.parts.borrow_mut().insert(part, Box::new(move |view| ask(view) == told));
    }

    /// Records that something was read that no part describes: the result is valid only at this moment.
    pub fn note_untold(&self) {
        self.untold.set(true);
    }

    /// Returns the recorded reads in a form that can be compared with later states; the names of the parts are dropped.
    pub fn before(self) -> ReadBefore {
        ReadBefore { parts: self.parts.into_inner().into_values().collect(), untold: self.untold.get() }
    }
}

impl ReadBefore {
    /// Whether every recorded part has the same value in this view.
    pub fn holds_in(&self, view: View<'_>) -> bool {
        let view = view.unnoted();
        !self.untold && self.parts.iter().all(|part| part(view))
    }

    /// Whether something was read that no part describes.
    pub fn is_untold(&self) -> bool {
        self.untold
    }

    pub fn len(&self) -> usize {
        self.parts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

impl Debug for Reads {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.parts.borrow().keys()).finish()
    }
}

impl Debug for ReadBefore {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} parts", self.parts.len())
    }
}

impl<'a> View<'a> {
    /// Returns the same view; it records in `reads` every part that is read.
    pub fn noting(self, reads: &'a Reads) -> Self {
        Self { reads: Some(reads), ..self }
    }

    /// Returns the same view without recording of reads.
    pub(crate) fn unnoted(self) -> Self {
        Self { reads: None, ..self }
    }

    /// Records that a part is read.
    pub(crate) fn read<T: PartialEq + Send + Sync + 'static>(
        self,
        part: Part,
        ask: impl Fn(View<'_>) -> T + Send + Sync + 'static,
    ) {
        if let Some(reads) = self.reads {
            reads.note(part, self, ask);
        }
    }
}

impl AgreementView<'_> {
    /// Returns the same view without recording of reads.
    pub(crate) fn unnoted(self) -> Self {
        Self { view: self.view.unnoted(), ..self }
    }

    /// Records that a part of the agreement is read.
    pub(crate) fn read<T: PartialEq + Send + Sync + 'static>(
        self,
        part: PartOfAgreement,
        ask: impl Fn(AgreementView<'_>) -> T + Send + Sync + 'static,
    ) {
        let id = self.id;
        self.view.read(Part::Of(id, part), move |view| view.agreement(id).map(&ask));
    }
}
