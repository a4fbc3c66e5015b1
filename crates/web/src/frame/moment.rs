//! A moment: the state at one position of the journal as one viewer sees it, with the data that is derived from it.
//!
//! A moment can record which data is read from it ([`Moment::noting`]). A page made from that data is valid as long as
//! the data stays the same ([`WhatWasRead`]).

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use renkei_app::{AppError, EntryLine, Hit, Report, State, plan, report_of};
use renkei_document::document::{PlanKind, PlanTable};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::agreement::Agreement;
use renkei_domain::plan::Plan;
use renkei_domain::plan::lineage::{Lineage, suggest_knowing};
use renkei_domain::plan::renamed_divisions::Renaming;
use renkei_domain::view::{AgreementView, ReadBefore, Reads, View, Viewer};

use crate::frame::kept_values::KeptValues;
use crate::frame::memory::{Memory, Same};
use crate::frame::placed::{Placed, place_all};
use crate::frame::problem::Problem;
use crate::frame::row_alone::{Neighbours, RowAlone, RowIndex, alone, row_index_of};

/// A state at its position in the journal, a viewer, and the data that is kept for this viewer.
pub struct Moment {
    state: Arc<State>,
    pub viewer: Viewer,
    /// The agreement that the address names; `None` if it names none.
    named: Option<Id<Agreement>>,
    pub(super) values: Arc<KeptValues<WhatWasRead>>,
    /// Record of what is read from this moment; `None` if nothing is recorded.
    notes: Option<Notes>,
}

#[derive(Default)]
struct Notes {
    parts: Reads,
    derived: RefCell<HashMap<Derived, Box<Holding>>>,
}

/// A check whether a value at a given moment is still the same as when it was read.
type Holding = dyn Fn(&Moment) -> bool + Send + Sync;

/// The name of a value that is derived from what a viewer may see.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Derived {
    Table(Id<id::Plan>),
    Row(Id<id::Initiative>),
    Lineage(Id<id::Plan>, Id<id::Plan>),
    Path(Id<id::Initiative>, Language),
    Findings(FiscalYear),
    About(Id<id::Initiative>),
    Renamed,
    Search(String),
    Journal(u64),
}

/// The record of the data that was read while a page or a value was made.
pub struct WhatWasRead {
    parts: ReadBefore,
    derived: Vec<Box<Holding>>,
}

impl WhatWasRead {
    /// Whether a reader at this moment would read the same data.
    pub fn holds_at(&self, moment: &Moment) -> bool {
        let moment = moment.without_notes();
        self.parts.holds_in(moment.view()) && self.derived.iter().all(|holds| holds(&moment))
    }

    /// Whether something was read that cannot be compared with another moment.
    pub fn is_untold(&self) -> bool {
        self.parts.is_untold()
    }

    pub fn len(&self) -> usize {
        self.parts.len() + self.derived.len()
    }
}

impl Moment {
    pub fn new(
        state: Arc<State>,
        viewer: Viewer,
        named: Option<Id<Agreement>>,
        values: Arc<KeptValues<WhatWasRead>>,
    ) -> Self {
        Self { state, viewer, named, values, notes: None }
    }

    /// Returns the same moment with an empty record, into which it writes what is read from now on.
    pub fn noting(&self) -> Self {
        Self { notes: Some(Notes::default()), ..self.without_notes() }
    }

    fn without_notes(&self) -> Self {
        let (state, values) = (Arc::clone(&self.state), Arc::clone(&self.values));
        Self { state, viewer: self.viewer, named: self.named, values, notes: None }
    }

    /// Returns the record of what was read so far.
    pub fn reads(self) -> WhatWasRead {
        let notes = self.notes.unwrap_or_default();
        let derived = notes.derived.into_inner().into_values().collect();
        WhatWasRead { parts: notes.parts.before(), derived }
    }

    /// Returns the position of the journal as this viewer may know it. Hidden changes of others do not change it. While
    /// it is unchanged, a kept page is valid without a comparison of what was read for it.
    pub fn position(&self) -> u64 {
        self.state.position_for(self.viewer)
    }

    /// Returns the whole state. Anything that is made from it is valid at this moment only, and is never kept.
    pub fn unkept_state(&self) -> &State {
        self.notes.as_ref().inspect(|notes| notes.parts.note_untold());
        &self.state
    }

    pub fn view(&self) -> View<'_> {
        let view = self.state.seen_by(self.viewer);
        match &self.notes {
            Some(notes) => view.noting(&notes.parts),
            None => view,
        }
    }

    /// Returns the agreement that the address names; if it names none, the viewer's oldest agreement.
    pub fn agreement(&self) -> Result<AgreementView<'_>, Problem> {
        let view = self.view();
        match self.named {
            Some(named) => view.agreement(named).ok_or(Problem::NoSuchPage),
            None => view.agreements().next().ok_or(Problem::NothingStored),
        }
    }

    /// Returns a plan as a table of what the viewer may see.
    pub fn table(&self, plan: Id<id::Plan>) -> Option<Arc<PlanTable>> {
        let make = |moment: &Self| moment.agreement().ok().and_then(|agreement| agreement.table(plan)).map(Arc::new);
        let table = self.kept(&self.values.tables, &plan, counted(&self.values.made().tables, make));
        self.note(Derived::Table(plan), &table, move |moment| moment.table(plan));
        table
    }

    /// Returns a row as its table prints it.
    pub fn row(&self, id: Id<id::Initiative>) -> Option<Arc<RowAlone>> {
        let row = self.kept(&self.values.rows, &id, |moment| moment.row_alone(id).map(Arc::new));
        self.note(Derived::Row(id), &row, move |moment| moment.row(id));
        row
    }

    fn row_alone(&self, id: Id<id::Initiative>) -> Option<RowAlone> {
        let plan = self.agreement().ok()?.initiative(id)?.initiative.plan;
        let (table, index) = (self.table(plan)?, self.row_index(plan)?);
        let Neighbours { place, previous, next } = *index.get(&id)?;
        Some(RowAlone { table: alone(&table, place.within(&table)?), previous, next })
    }

    /// Returns the position of each row of a table, so that a row is found without searching the others.
    fn row_index(&self, plan: Id<id::Plan>) -> Option<Arc<RowIndex>> {
        self.kept(&self.values.row_indexes, &plan, |moment| {
            moment.table(plan).map(|table| Arc::new(row_index_of(&table)))
        })
    }

    /// Returns how the rows of a table came from the rows of an earlier table.
    pub fn lineage(&self, old: Id<id::Plan>, new: Id<id::Plan>) -> Option<Arc<Lineage>> {
        let make = |moment: &Self| {
            let (agreement, before, after) = (moment.agreement().ok()?, moment.table(old)?, moment.table(new)?);
            let (same, carried) = (agreement.same_divisions([&before, &after]), agreement.carried_over(new));
            Some(Arc::new(suggest_knowing(&before, &after, &same, &carried)))
        };
        let lineage = self.kept(&self.values.lineages, &(old, new), counted(&self.values.made().lineages, make));
        self.note(Derived::Lineage(old, new), &lineage, move |moment| moment.lineage(old, new));
        lineage
    }

    /// Returns the findings of a year's report, each with the rows that it is about. A report that is too long for a
    /// PDF is not checked, because each page with findings would wait seconds for the check after every save.
    pub fn findings(&self, report_year: FiscalYear) -> Arc<Vec<Placed>> {
        let make = |moment: &Self| Arc::new(moment.placed(report_year));
        let findings = self.kept(&self.values.findings, &report_year, counted(&self.values.made().findings, make));
        self.note(Derived::Findings(report_year), &findings, move |moment| moment.findings(report_year));
        findings
    }

    fn placed(&self, report_year: FiscalYear) -> Vec<Placed> {
        let Ok(agreement) = self.agreement() else { return Vec::new() };
        let plans = agreement.report_plans(report_year);
        let tables: Vec<_> = plans.iter().filter_map(|(id, _)| self.table(*id)).collect();
        let findings = match agreement.too_long_for_pdf(report_year) {
            Some(_) => agreement.findings_of_reading(report_year),
            None => agreement.findings_among(report_year, |plan| self.table(plan)),
        };
        place_all(findings, &tables)
    }

    /// Returns the findings that are about a row.
    pub fn about(&self, id: Id<id::Initiative>) -> Arc<Vec<Placed>> {
        let make = |moment: &Self| {
            let seen = moment.agreement().ok().and_then(|agreement| agreement.initiative(id));
            let all = seen.map(|seen| moment.findings(seen.plan.report_year())).unwrap_or_default();
            Arc::new(all.iter().filter(|placed| placed.concerns(id)).cloned().collect())
        };
        let about = self.kept(&self.values.about, &id, make);
        self.note(Derived::About(id), &about, move |moment| moment.about(id));
        about
    }

    /// Returns the divisions that seem to be renamed and about which nobody has answered yet.
    pub fn renamed_divisions(&self) -> Arc<Vec<Renaming>> {
        let make = |moment: &Self| Arc::new(moment.renamings());
        let renamed = self.kept(&self.values.renamed, &(), make);
        self.note(Derived::Renamed, &renamed, Self::renamed_divisions);
        renamed
    }

    fn renamings(&self) -> Vec<Renaming> {
        let Ok(agreement) = self.agreement() else { return Vec::new() };
        let tables: Vec<_> = agreement.plans().into_iter().filter_map(|(id, _)| self.table(id)).collect();
        let tables: Vec<&PlanTable> = tables.iter().map(|table| &**table).collect();
        agreement.renamed_divisions(&tables, |old, new| self.lineage(old.id?, new.id?))
    }

    /// Returns the rows that contain all words of a query.
    pub fn search(&self, query: &str) -> Arc<Vec<Hit>> {
        let is_here = |hit: &Hit| self.named.is_none_or(|named| hit.agreement == named);
        let hits = plan::search(&self.state, self.viewer, query).into_iter().filter(is_here);
        let hits = Arc::new(hits.collect::<Vec<_>>());
        let asked = query.to_owned();
        self.note(Derived::Search(asked.clone()), &hits, move |moment| moment.search(&asked));
        hits
    }

    /// Returns the events before a number, newest first. Only events that the viewer may know of are counted and
    /// returned, each with its number.
    pub fn journal(&self, before: u64) -> impl Iterator<Item = (u64, &EntryLine)> {
        let newest = move |moment: &Self| Arc::new(moment.lines_before(before).next().map(|(place, _)| place));
        // Lines are never removed or changed: if the newest number is the same, all lines are the same.
        self.note(Derived::Journal(before), &newest(self), newest);
        self.lines_before(before)
    }

    fn lines_before(&self, before: u64) -> impl Iterator<Item = (u64, &EntryLine)> {
        self.state.journal(self.viewer).filter(move |(place, _)| *place < before)
    }

    /// Returns the report of a year.
    pub fn report(&self, year: FiscalYear) -> Result<Report, Problem> {
        let report: Result<Report, AppError> = report_of(self.agreement()?, Some(year));
        Ok(report?)
    }

    /// Returns the table of the year before a plan: the result or progress of that year if it is known, else the plan.
    pub fn year_before(&self, plan: &Plan) -> Option<Id<id::Plan>> {
        self.of_last_year(plan, [PlanKind::Result, PlanKind::Progress, PlanKind::Plan])
    }

    /// Returns the table whose rows a draft can carry over: the plan of the year before, else that year's result or
    /// progress.
    pub fn plan_before(&self, plan: &Plan) -> Option<Id<id::Plan>> {
        self.of_last_year(plan, [PlanKind::Plan, PlanKind::Result, PlanKind::Progress])
    }

    fn of_last_year(&self, plan: &Plan, kinds: [PlanKind; 3]) -> Option<Id<id::Plan>> {
        let last = plan.fiscal_year.previous();
        let plans = self.agreement().ok()?.plans();
        let of = |kind| plans.iter().find(|(_, known)| known.fiscal_year == last && known.kind == kind);
        kinds.into_iter().find_map(of).map(|(id, _)| *id)
    }

    /// Returns a kept value if it is valid at this moment; else makes the value, and keeps it with a record of what was
    /// read.
    pub(super) fn kept<K: Eq + Hash + Clone, V: Clone + Same>(
        &self,
        memory: &Memory<K, V, WhatWasRead>,
        key: &K,
        make: impl FnOnce(&Self) -> V,
    ) -> V {
        let made = || {
            let noting = self.noting();
            (make(&noting), noting.reads())
        };
        memory.get(key, self.position(), |read| read.holds_at(self), made)
    }

    /// Records that a value was read, so that it can be compared with its value at another moment.
    pub(super) fn note<T: Same + Clone + Send + Sync + 'static>(
        &self,
        name: Derived,
        told: &T,
        ask: impl Fn(&Self) -> T + Send + Sync + 'static,
    ) {
        if let Some(notes) = &self.notes {
            let told = told.clone();
            let mut derived = notes.derived.borrow_mut();
            derived.entry(name).or_insert_with(|| Box::new(move |moment| ask(moment).is_same(&told)));
        }
    }
}

/// Returns a function that calls `make` and counts the call.
fn counted<V>(counter: &AtomicU64, make: impl FnOnce(&Moment) -> V) -> impl FnOnce(&Moment) -> V {
    move |moment| {
        counter.fetch_add(1, Ordering::Relaxed);
        make(moment)
    }
}
