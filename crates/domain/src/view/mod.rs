//! 閲覧 — the data that one viewer may know. Pages, search, counts, checks and exports receive only this.
//!
//! A view borrows the dossiers and filters them; it copies data only to build tables and reports. A viewer who may not
//! see a row does not learn that it exists: row numbers are positions among the rows that the viewer sees.

pub(crate) mod owners;
pub(crate) mod reads;
mod viewer;

use std::collections::HashSet;
use std::sync::Arc;

use renkei_document::document::PlanKind;
use renkei_document::figure::{Figure, Indicator, Stated};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::indicator::observation::Observation;
use crate::organisation::{DecidedMeanwhile, Organisation};
use crate::plan::{Initiative, Plan, Section, Standing};
use crate::record::dossiers::Dossiers;
use crate::record::party_dossier::PartyDossier;

use reads::{Part, PartOfAgreement};

pub use reads::{AgreementView, ReadBefore, Reads, View};
pub use viewer::{OperatorEyes, Viewer};

impl Dossiers {
    /// Returns the view of this viewer.
    pub fn seen_by(&self, viewer: Viewer) -> View<'_> {
        View { dossiers: self, viewer, reads: None }
    }
}

impl<'a> View<'a> {
    /// Returns the agreements in which the viewer takes part, oldest first.
    pub fn agreements(self) -> impl Iterator<Item = AgreementView<'a>> {
        self.read(Part::Agreements, |view| view.agreements().map(|agreement| agreement.id).collect::<Vec<_>>());
        self.dossiers.agreements.keys().filter_map(move |id| self.agreement(*id))
    }

    pub fn agreement(self, id: Id<Agreement>) -> Option<AgreementView<'a>> {
        self.read(Part::Agreement(id), move |view| view.agreement(id).map(|known| Arc::clone(known.text())));
        let dossier = self.dossiers.agreements.get(&id)?;
        let agreement = dossier.agreement.as_ref()?;
        self.viewer.has_part_in(id, agreement).then_some(AgreementView { id, agreement, dossier, view: self })
    }

    pub fn viewer(self) -> Viewer {
        self.viewer
    }

    /// Returns a party's registered name.
    pub fn party_name(self, party: Id<id::Party>) -> &'a str {
        self.read(Part::Name(party), move |view| view.party_name(party).to_owned());
        self.dossiers.parties.get(&party).map_or("", |dossier| dossier.name.as_str())
    }

    /// Returns a party's divisions and posts. Only members of the party may see them.
    pub fn organisation(self, party: Id<id::Party>) -> Option<&'a Organisation> {
        self.read(Part::Organisation(party), move |view| view.own_organisation(party).cloned());
        self.own_organisation(party).map(|organisation| &**organisation)
    }

    pub(crate) fn own_organisation(self, party: Id<id::Party>) -> Option<&'a Arc<Organisation>> {
        let own = matches!(self.viewer, Viewer::Councillor(own) if own == party) || self.reads_drafts_of(party);
        self.dossiers.parties.get(&party).filter(|_| own).map(|dossier| &dossier.organisation)
    }

    /// Returns the decisions that deputies made for a party's posts while their holders were absent.
    pub fn decided_meanwhile(self, party: Id<id::Party>) -> impl Iterator<Item = &'a DecidedMeanwhile> {
        self.read(Part::DecidedMeanwhile(party), move |view| {
            let dossier = view.dossiers.parties.get(&party).filter(|_| view.reads_drafts_of(party));
            dossier.map(|dossier| dossier.decided_meanwhile.clone())
        });
        let dossier = self.dossiers.parties.get(&party).filter(|_| self.reads_drafts_of(party));
        dossier.into_iter().flat_map(|dossier| dossier.decided_meanwhile.values())
    }

    /// Whether the viewer may see private rows and values of this party.
    pub(crate) fn reads_drafts_of(self, party: Id<id::Party>) -> bool {
        self.viewer.is_of(party)
    }
}

/// 取組の閲覧 — a row with its place, section and plan.
#[derive(Debug, Clone, Copy)]
pub struct InitiativeView<'a> {
    pub id: Id<id::Initiative>,
    /// Number of the row, from 1, among the rows that the viewer sees.
    pub number: usize,
    pub initiative: &'a Initiative,
    pub plan: &'a Plan,
    /// Number of the chapter, from 1.
    pub chapter: usize,
    /// Number of the section in its chapter, from 1.
    pub section_number: usize,
    pub section: &'a Section,
}

/// 実績値の閲覧 — an observation with its indicator and its party.
#[derive(Debug, Clone, Copy)]
pub struct ObservationView<'a> {
    pub id: Id<id::Observation>,
    pub party: Id<id::Party>,
    pub indicator_id: Id<Indicator>,
    pub indicator: &'a Arc<Indicator>,
    pub observation: &'a Arc<Observation>,
}

impl<'a> AgreementView<'a> {
    /// Returns the plans, newest year first; within a year, the plan before its progress.
    pub fn plans(self) -> Vec<(Id<id::Plan>, &'a Plan)> {
        self.read_plans();
        let mut plans: Vec<_> = self.dossier.plans.iter().map(|(id, plan)| (*id, &**plan)).collect();
        plans.sort_by_key(|(_, plan)| std::cmp::Reverse((plan.fiscal_year, plan.kind)));
        plans
    }

    /// Returns the plan, progress or result of a year.
    pub fn plan_of(self, fiscal_year: FiscalYear, kind: PlanKind) -> Option<(Id<id::Plan>, &'a Plan)> {
        self.read_plans();
        self.dossier.plan_of(fiscal_year, kind)
    }

    pub fn plan(self, id: Id<id::Plan>) -> Option<&'a Plan> {
        self.read_plans();
        self.dossier.plans.get(&id).map(|plan| &**plan)
    }

    /// Returns the rows of a section that the viewer may see, in order, numbered from 1.
    pub fn rows(self, section: &'a Section) -> impl Iterator<Item = (usize, Id<id::Initiative>, &'a Initiative)> {
        let id = section.id;
        self.read(PartOfAgreement::Rows(id), move |agreement| {
            let section =
                agreement.dossier.plans.values().flat_map(|plan| plan.sections()).find(|known| known.id == id);
            let rows = section.into_iter().flat_map(|section| agreement.seen_in(section));
            rows.map(|(id, row)| (id, Arc::clone(row))).collect::<Vec<_>>()
        });
        self.seen_in(section).enumerate().map(|(place, (id, row))| (place + 1, id, &**row))
    }

    pub(crate) fn seen_in(
        self,
        section: &'a Section,
    ) -> impl Iterator<Item = (Id<id::Initiative>, &'a Arc<Initiative>)> {
        section.rows.iter().filter_map(move |id| Some((*id, self.seen(*id)?)))
    }

    /// Returns the rows of a plan that the viewer may see, each once.
    pub fn rows_at_home(self, plan: &'a Plan) -> impl Iterator<Item = (Id<id::Initiative>, &'a Initiative)> {
        let of_section = move |section: &'a Section| {
            self.rows(section).filter(|(_, _, row)| !row.is_repeated_in(section.id)).map(|(_, id, row)| (id, row))
        };
        plan.sections().flat_map(of_section)
    }

    /// Returns the number of rows of a plan that the viewer may see.
    pub fn count_at_home(self, plan: Id<id::Plan>) -> usize {
        let count = move |agreement: AgreementView<'_>| {
            let plan = agreement.dossier.plans.get(&plan);
            plan.map_or(0, |plan| agreement.unnoted().rows_at_home(plan).count())
        };
        self.read(PartOfAgreement::Count(plan), count);
        count(self)
    }

    /// Returns a row with its place, if the viewer may see it.
    pub fn initiative(self, id: Id<id::Initiative>) -> Option<InitiativeView<'a>> {
        self.read(PartOfAgreement::Place(id), move |agreement| {
            agreement.placed(id).map(|seen| (seen.chapter, seen.section_number, seen.number))
        });
        self.visible(id)?;
        self.read_plans();
        self.placed(id)
    }

    pub(crate) fn placed(self, id: Id<id::Initiative>) -> Option<InitiativeView<'a>> {
        let initiative = self.seen(id)?;
        let plan = self.dossier.plans.get(&initiative.plan)?;
        for (chapter, of_chapter) in plan.chapters.iter().enumerate() {
            for (place, section) in of_chapter.sections.iter().enumerate() {
                if section.rows.contains(&id) && !initiative.is_repeated_in(section.id) {
                    let number = self.seen_in(section).position(|(row, _)| row == id)? + 1;
                    let (chapter, section_number) = (chapter + 1, place + 1);
                    return Some(InitiativeView { id, number, initiative, plan, chapter, section_number, section });
                }
            }
        }
        None
    }

    /// Returns a row, if the viewer may see it.
    pub fn visible(self, id: Id<id::Initiative>) -> Option<&'a Initiative> {
        self.read(PartOfAgreement::Row(id), move |agreement| agreement.seen(id).cloned());
        self.seen(id).map(|row| &**row)
    }

    pub(crate) fn seen(self, id: Id<id::Initiative>) -> Option<&'a Arc<Initiative>> {
        let row = self.dossier.initiatives.get(&id)?;
        (row.standing != Standing::Private || self.view.reads_drafts_of(row.party)).then_some(row)
    }

    /// Returns the current data of an observation in a row that the viewer may see.
    pub fn observation(self, row: &Initiative, id: Id<id::Observation>) -> Option<ObservationView<'a>> {
        self.read_value(row.party, id);
        let dossier = self.party(row.party)?;
        let observation = dossier.observations.get(&id)?;
        let indicator = dossier.indicators.get(&observation.indicator)?;
        Some(ObservationView { id, party: row.party, indicator_id: observation.indicator, indicator, observation })
    }

    /// Returns the values of an indicator in all years, oldest first. Only values of the row's party that occur in a
    /// row visible to the viewer are included.
    pub fn history(self, row: &Initiative, indicator: Id<Indicator>) -> Vec<(Id<id::Observation>, &'a Observation)> {
        let party = row.party;
        self.read(PartOfAgreement::History(party, indicator), move |agreement| {
            let shown = agreement.shown_history(party, indicator).into_iter();
            shown.map(|(id, known)| (id, Arc::clone(known))).collect::<Vec<_>>()
        });
        self.shown_history(party, indicator).into_iter().map(|(id, known)| (id, &**known)).collect()
    }

    pub(crate) fn shown_history(
        self,
        party: Id<id::Party>,
        of: Id<Indicator>,
    ) -> Vec<(Id<id::Observation>, &'a Arc<Observation>)> {
        let Some(dossier) = self.party(party) else { return Vec::new() };
        let is_shown = |id: &Id<id::Observation>| self.rows_with(*id).any(|(_, known)| known.party == party);
        dossier.history(of).into_iter().filter(|(id, _)| is_shown(id)).collect()
    }

    /// Returns the rows that contain an observation and that the viewer may see, the first recorded first.
    pub(crate) fn rows_with(
        self,
        id: Id<id::Observation>,
    ) -> impl Iterator<Item = (Id<id::Initiative>, &'a Initiative)> {
        self.dossier.initiatives.with(id).filter_map(move |row| Some((row, &**self.seen(row)?)))
    }

    /// Returns the rows that print observations of one indicator, given oldest first: the rows of the newest observation
    /// come first; rows of the same observation by year, newest first.
    pub(crate) fn rows_printing(self, observations: &[ObservationView<'a>]) -> Vec<Id<id::Initiative>> {
        let year = |row: &Initiative| self.dossier.plans.get(&row.plan).map(|plan| (plan.fiscal_year, plan.kind));
        let mut listed = HashSet::new();
        let mut all = Vec::new();
        for seen in observations.iter().rev() {
            let mut rows: Vec<_> = self.rows_with(seen.id).collect();
            rows.sort_by_key(|(_, row)| std::cmp::Reverse(year(row)));
            all.extend(rows.into_iter().map(|(id, _)| id).filter(|id| listed.insert(*id)));
        }
        all
    }

    /// Returns the figure as the imported document stated it.
    pub fn stated_in_evidence(self, row: &Initiative, id: Id<id::Observation>) -> Option<&'a Figure> {
        let (Standing::Evidence { evidence } | Standing::TakenOver { evidence, .. }) = row.standing else {
            return None;
        };
        let document = &self.evidence_named(evidence)?.document;
        let tables = document.plans.iter().filter(|table| table.id == Some(row.plan));
        let rows = tables.flat_map(|table| &table.chapters).flat_map(|c| &c.sections).flat_map(|s| &s.initiatives);
        rows.flat_map(|row| &row.figures).find(|figure| figure.observation == Some(id))
    }

    /// Returns the current value of a party's observation; `None` if the party has not taken the value over from the
    /// imported document.
    pub(crate) fn current(self, party: Id<id::Party>, id: Id<id::Observation>) -> Option<Stated> {
        self.read_value(party, id);
        Some(self.party(party)?.observations.get(&id)?.current())
    }

    pub(crate) fn read_value(self, party: Id<id::Party>, id: Id<id::Observation>) {
        self.read(PartOfAgreement::Value(party, id), move |agreement| {
            let dossier = agreement.party(party)?;
            let observation = dossier.observations.get(&id)?;
            Some((Arc::clone(observation), dossier.indicators.get(&observation.indicator).cloned()))
        });
    }

    /// Records that the plans are read, with their outlines but without rows: the rows of a section are recorded
    /// separately.
    pub(crate) fn read_plans(self) {
        self.read(PartOfAgreement::Plans, |agreement| {
            let plans = agreement.dossier.plans.iter();
            plans.map(|(id, plan)| (*id, Outline(Arc::clone(plan)))).collect::<Vec<_>>()
        });
    }

    pub(crate) fn text(self) -> &'a Arc<Agreement> {
        self.agreement
    }

    pub(crate) fn party(self, party: Id<id::Party>) -> Option<&'a PartyDossier> {
        self.view.dossiers.parties.get(&party).map(|dossier| &**dossier)
    }

    /// Returns the party's registered name.
    pub fn party_name(self, party: Id<id::Party>) -> &'a str {
        self.view.party_name(party)
    }

    /// Returns the name that the agreement's documents use for a party: 市, 労働局.
    pub fn party_short_name(self, party: Id<id::Party>) -> &'a str {
        let key = self.agreement.key_of(party);
        let named = self.agreement.text.parties.iter().find(|known| Some(&known.key) == key);
        match named {
            Some(known) => known.short_name.as_deref().unwrap_or(&known.name),
            None => self.party_name(party),
        }
    }
}

/// A plan without its rows.
struct Outline(Arc<Plan>);

impl PartialEq for Outline {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.has_the_outline_of(&other.0)
    }
}
