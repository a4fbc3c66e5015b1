//! 読んだもの — what somebody was told through a view: each part that was asked for, and what it was.
//!
//! What was worked out from a view (a page, a table, a finding) is right as long as everything that was read for it is what it
//! was. Nothing is stamped or counted: what was read is held. Asked again in a later state, a part that is the same in memory is
//! the same, and one that is not is compared. A change that the viewer may not see changes nothing that they are told.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt::{Debug, Formatter};

use renkei_document::figure::Indicator;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};

use super::{AgreementView, View};
use crate::agreement::Agreement;
use crate::evidence::Evidence;
use crate::organisation::renamed_divisions::DivisionNames;
use crate::plan::suggestion::Suggestion;

/// 読んだもの — the parts that were asked for while something was worked out, each with what it was.
#[derive(Default)]
pub struct Reads {
    parts: RefCell<HashMap<Part, Box<Holding>>>,
    /// Something was read that no part tells.
    untold: Cell<bool>,
}

/// 読んだものの控え — what was read, to be compared with later states.
pub struct ReadBefore {
    parts: Vec<Box<Holding>>,
    untold: bool,
}

/// Whether a part is what it was.
type Holding = dyn Fn(View<'_>) -> bool + Send + Sync;

/// 読んだ部分 — the name of a part: each is held once, however often it is asked for.
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
    /// Which plans there are, with their outlines; not their rows.
    Plans,
    Rows(Id<id::Section>),
    Count(Id<id::Plan>),
    RowsOfViewer(Id<id::Plan>),
    /// Whether the result of the year takes the place of this progress.
    ResultOf(Id<id::Plan>),
    /// Which document gives the report of a year its cover.
    CoverOf(FiscalYear),
    TooLongForPdf(FiscalYear),
    EditionTooLongForPdf(FiscalYear),
    Row(Id<id::Initiative>),
    Place(Id<id::Initiative>),
    CarriedOver(Id<id::Plan>),
    AllEvidence,
    Evidence(Id<Evidence>),
    WaitingRows,
    MayUndo(Id<Evidence>),
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
    /// Holds a part as it is in this view.
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

    /// Notes that something was read that no part tells: what is made from it is right at this moment alone.
    pub fn note_untold(&self) {
        self.untold.set(true);
    }

    /// What was read, without the names.
    pub fn before(self) -> ReadBefore {
        ReadBefore { parts: self.parts.into_inner().into_values().collect(), untold: self.untold.get() }
    }
}

impl ReadBefore {
    /// Whether somebody who looks through this view is told the same.
    pub fn holds_in(&self, view: View<'_>) -> bool {
        let view = view.unnoted();
        !self.untold && self.parts.iter().all(|part| part(view))
    }

    /// Whether something was read that no part tells.
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
    /// The same view, which notes in `reads` what it is asked for.
    pub fn noting(self, reads: &'a Reads) -> Self {
        Self { reads: Some(reads), ..self }
    }

    /// The same view, which notes nothing.
    pub(crate) fn unnoted(self) -> Self {
        Self { reads: None, ..self }
    }

    /// Notes that a part is asked for.
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
    /// The same view, which notes nothing.
    pub(crate) fn unnoted(self) -> Self {
        Self { view: self.view.unnoted(), ..self }
    }

    /// Notes that a part of the agreement is asked for.
    pub(crate) fn read<T: PartialEq + Send + Sync + 'static>(
        self,
        part: PartOfAgreement,
        ask: impl Fn(AgreementView<'_>) -> T + Send + Sync + 'static,
    ) {
        let id = self.id;
        self.view.read(Part::Of(id, part), move |view| view.agreement(id).map(&ask));
    }
}
