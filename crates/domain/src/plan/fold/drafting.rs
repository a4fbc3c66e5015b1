//! 起案 — the rows of drafts: their wordings, their places and their repeats.

use std::collections::HashSet;
use std::sync::Arc;

use renkei_document::id::{self, Id};

use crate::plan::{Former, Initiative, Plan, PlanState, Section, Standing, Worded, Wording};
use crate::record::agreement_dossier::AgreementDossier;

impl AgreementDossier {
    pub(super) fn withdraw(&mut self, party: Id<id::Party>, id: Id<id::Initiative>) {
        if let Some(plan) = self.own_draft(party, id) {
            self.initiatives.remove(&id);
            self.unlist(plan, id, &[]);
        }
    }

    pub(super) fn draft(&mut self, id: Id<id::Initiative>, spot: Spot, row: Initiative) {
        if self.may_begin(spot.plan, id) && self.list(spot, id) {
            self.initiatives.insert(id, Arc::new(row));
        }
    }

    /// Whether a new row with this id may be added to the plan.
    pub(super) fn may_begin(&self, plan: Id<id::Plan>, id: Id<id::Initiative>) -> bool {
        !self.initiatives.contains_key(&id) && self.plans.get(&plan).is_some_and(|plan| plan.state == PlanState::Draft)
    }

    pub(super) fn reword(&mut self, party: Id<id::Party>, id: Id<id::Initiative>, wording: &Wording, worded: Worded) {
        if self.own_draft(party, id).is_some() {
            self.initiatives.change(&id, |initiative| {
                let wording = std::mem::replace(&mut initiative.wording, wording.clone());
                let worded = std::mem::replace(&mut initiative.worded, worded);
                initiative.earlier.push(Arc::new(Former { wording, worded }));
            });
        }
    }

    pub(super) fn reorder(
        &mut self,
        party: Id<id::Party>,
        id: Id<id::Initiative>,
        section: Id<id::Section>,
        after: Option<Id<id::Initiative>>,
    ) {
        let Some(plan) = self.own_draft(party, id) else { return };
        let is_there = |plan: &Arc<Plan>| plan.sections().any(|known| known.id == section);
        if after == Some(id) || !self.plans.get(&plan).is_some_and(is_there) {
            return;
        }
        let mut kept = Vec::new();
        self.initiatives.change(&id, |initiative| {
            // A row cannot be repeated in its home section, so remove a repeat there.
            initiative.repeated_in.retain(|repeated| *repeated != section);
            kept.clone_from(&initiative.repeated_in);
        });
        self.unlist(plan, id, &kept);
        self.list(Spot { plan, section, after }, id);
    }

    pub(super) fn repeat(
        &mut self,
        party: Id<id::Party>,
        id: Id<id::Initiative>,
        section: Id<id::Section>,
        after: Option<Id<id::Initiative>>,
    ) {
        let Some(plan) = self.own_draft(party, id) else { return };
        let known = self.plans.get(&plan).and_then(|plan| plan.sections().find(|known| known.id == section));
        if known.is_none_or(|section| section.rows.contains(&id)) {
            return;
        }
        if self.list(Spot { plan, section, after }, id) {
            self.initiatives.change(&id, |initiative| initiative.repeated_in.push(section));
        }
    }

    pub(super) fn remove_repeat(&mut self, party: Id<id::Party>, id: Id<id::Initiative>, section: Id<id::Section>) {
        let Some(plan) = self.own_draft(party, id) else { return };
        if !self.initiatives.get(&id).is_some_and(|row| row.is_repeated_in(section)) {
            return;
        }
        self.initiatives.change(&id, |initiative| initiative.repeated_in.retain(|known| *known != section));
        if let Some(section) = self.section_mut(plan, section) {
            section.rows.retain(|row| *row != id);
        }
    }

    /// Returns the plan of a row that the party drafted itself.
    pub(super) fn own_draft(&self, party: Id<id::Party>, id: Id<id::Initiative>) -> Option<Id<id::Plan>> {
        let initiative = self.initiatives.get(&id)?;
        let own = matches!(initiative.standing, Standing::Private | Standing::Shared { .. });
        (own && initiative.party == party).then_some(initiative.plan)
    }

    /// Inserts a row into a section. Returns whether the section exists.
    fn list(&mut self, spot: Spot, id: Id<id::Initiative>) -> bool {
        let Some(section) = self.section_mut(spot.plan, spot.section) else { return false };
        let place = spot.place_in(section);
        section.rows.insert(place, id);
        true
    }

    pub(super) fn section_mut(&mut self, plan: Id<id::Plan>, section: Id<id::Section>) -> Option<&mut Section> {
        Arc::make_mut(self.plans.get_mut(&plan)?).section_mut(section)
    }

    /// Removes a row from all sections of a plan except the given ones.
    fn unlist(&mut self, plan: Id<id::Plan>, id: Id<id::Initiative>, kept: &[Id<id::Section>]) {
        let Some(plan) = self.plans.get_mut(&plan).map(Arc::make_mut) else { return };
        let sections = plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections);
        for section in sections.filter(|section| !kept.contains(&section.id)) {
            section.rows.retain(|row| *row != id);
        }
    }

    /// Removes rows from all sections of a plan.
    pub(crate) fn unlist_all(&mut self, plan: Id<id::Plan>, gone: &HashSet<Id<id::Initiative>>) {
        if let Some(plan) = self.plans.get_mut(&plan).map(Arc::make_mut) {
            plan.unlist(gone);
        }
    }

    pub(crate) fn section(&self, plan: Id<id::Plan>, section: Id<id::Section>) -> Option<&Section> {
        self.plans.get(&plan)?.sections().find(|known| known.id == section)
    }
}

/// The place to which a row is moved: after the row `after`; at the end if `after` is no longer in the section; first
/// if `after` is `None`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub plan: Id<id::Plan>,
    pub section: Id<id::Section>,
    pub after: Option<Id<id::Initiative>>,
}

impl Spot {
    pub fn place_in(self, section: &Section) -> usize {
        let behind = |after| section.rows.iter().rposition(|row| *row == after).map(|place| place + 1);
        self.after.map_or(0, |after| behind(after).unwrap_or(section.rows.len()))
    }
}

impl Initiative {
    /// Creates a private draft row.
    pub(super) fn drafted(
        party: Id<id::Party>,
        plan: Id<id::Plan>,
        wording: Wording,
        worded: Worded,
        follows: Option<Id<id::Initiative>>,
    ) -> Self {
        let (earlier, lines, repeated_in) = (Vec::new(), Vec::new(), Vec::new());
        let (standing, mark, shown) = (Standing::Private, None, None);
        Self { plan, party, standing, mark, wording, worded, earlier, shown, lines, follows, repeated_in }
    }
}
