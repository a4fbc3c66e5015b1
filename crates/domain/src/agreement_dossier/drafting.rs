//! 計画の作成 — what events of drafting change: rows and their places, repeats, and suggestions.
//!
//! Each row's words belong to one party, so two words of one row never cross. What can cross between the parties, and which
//! stands: a suggestion and the withdrawal of its row (the withdrawal), two answers to one suggestion (the first in the order of
//! all chains), a move behind a row that is gone or has moved (the move, at the end of the section).

use std::collections::HashSet;
use std::sync::Arc;

use renkei_document::id::{self, Id};

use super::AgreementDossier;
use crate::chain::Order;
use crate::event::{Authored, Event};
use crate::plan::{Former, Initiative, Plan, PlanState, Section, Standing, Worded, Wording};
use crate::suggestion::{Answer, Suggestion};

impl AgreementDossier {
    pub(super) fn write_plan(&mut self, order: &Order, authored: &Authored) {
        let worded = Worded { post: authored.post.clone(), at: order.time, suggestion: None };
        match &authored.event {
            Event::InitiativeDrafted { initiative, plan, section, after, wording } => {
                let spot = Spot { plan: *plan, section: *section, after: *after };
                let row = Initiative::drafted(order.party, *plan, wording.clone(), worded, None);
                self.draft(*initiative, spot, row);
            }
            Event::InitiativesCarriedOver { plan, rows } => self.carry_over(order, *plan, rows, &worded),
            Event::InitiativeReworded { initiative, wording } => {
                self.reword(order.party, *initiative, wording, worded);
            }
            Event::InitiativeMoved { initiative, section, after } => {
                self.reorder(order.party, *initiative, *section, *after);
            }
            Event::InitiativeRepeated { initiative, section, after } => {
                self.repeat(order.party, *initiative, *section, *after);
            }
            Event::RepeatRemoved { initiative, section } => self.remove_repeat(order.party, *initiative, *section),
            Event::InitiativeWithdrawn { initiative } => {
                if let Some(plan) = self.own_draft(order.party, *initiative) {
                    self.initiatives.remove(initiative);
                    self.unlist(plan, *initiative, &[]);
                }
            }
            Event::InitiativesShared { initiatives, rows } => {
                self.share(order, initiatives, &worded);
                self.show(order, rows, &worded);
            }
            _ => self.suggest(order, authored),
        }
    }

    fn draft(&mut self, id: Id<id::Initiative>, spot: Spot, row: Initiative) {
        if self.may_begin(spot.plan, id) && self.list(spot, id) {
            self.initiatives.insert(id, Arc::new(row));
        }
    }

    /// Whether a new row of this id may stand in the plan.
    pub(super) fn may_begin(&self, plan: Id<id::Plan>, id: Id<id::Initiative>) -> bool {
        !self.initiatives.contains_key(&id) && self.plans.get(&plan).is_some_and(|plan| plan.state == PlanState::Draft)
    }

    fn reword(&mut self, party: Id<id::Party>, id: Id<id::Initiative>, wording: &Wording, worded: Worded) {
        if self.own_draft(party, id).is_some() {
            self.initiatives.change(&id, |initiative| {
                let wording = std::mem::replace(&mut initiative.wording, wording.clone());
                let worded = std::mem::replace(&mut initiative.worded, worded);
                initiative.earlier.push(Arc::new(Former { wording, worded }));
            });
        }
    }

    fn reorder(
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
            // Where a row is at home it is not repeated.
            initiative.repeated_in.retain(|repeated| *repeated != section);
            kept.clone_from(&initiative.repeated_in);
        });
        self.unlist(plan, id, &kept);
        self.list(Spot { plan, section, after }, id);
    }

    fn repeat(
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

    fn remove_repeat(&mut self, party: Id<id::Party>, id: Id<id::Initiative>, section: Id<id::Section>) {
        let Some(plan) = self.own_draft(party, id) else { return };
        if !self.initiatives.get(&id).is_some_and(|row| row.is_repeated_in(section)) {
            return;
        }
        self.initiatives.change(&id, |initiative| initiative.repeated_in.retain(|known| *known != section));
        if let Some(section) = self.section_mut(plan, section) {
            section.rows.retain(|row| *row != id);
        }
    }

    fn suggest(&mut self, order: &Order, authored: &Authored) {
        let post = authored.post.clone();
        match &authored.event {
            Event::EditSuggested { suggestion, initiative, base, wording, reason } => {
                let others = |row: &&Arc<Initiative>| row.party != order.party;
                let shown = self.initiatives.get(initiative).filter(others).and_then(|row| row.known_as(*base));
                if let Some(base) = shown.filter(|_| !self.suggestions.contains_key(suggestion)) {
                    let suggested = Suggestion {
                        initiative: *initiative,
                        party: order.party,
                        post,
                        at: order.time,
                        base,
                        wording: wording.clone(),
                        reason: reason.clone(),
                        answer: Answer::Open,
                    };
                    self.suggestions.insert(*suggestion, Arc::new(suggested));
                }
            }
            Event::SuggestionAccepted { suggestion, wording } => {
                let Some(initiative) = self.open_suggestion_to(order.party, *suggestion) else { return };
                let at = order.time;
                let worded = Worded { post: post.clone(), at, suggestion: Some(*suggestion) };
                self.reword(order.party, initiative, wording, worded);
                self.answer(*suggestion, Answer::Accepted { post, at });
            }
            Event::SuggestionDeclined { suggestion, reason }
                if self.open_suggestion_to(order.party, *suggestion).is_some() =>
            {
                self.answer(*suggestion, Answer::Declined { post, at: order.time, reason: reason.clone() });
            }
            Event::SuggestionWithdrawn { suggestion } => {
                let known = self.suggestions.get(suggestion);
                if known.is_some_and(|known| known.party == order.party && known.answer == Answer::Open) {
                    self.answer(*suggestion, Answer::Withdrawn { at: order.time });
                }
            }
            _ => {}
        }
    }

    fn answer(&mut self, id: Id<Suggestion>, answer: Answer) {
        if let Some(suggestion) = self.suggestions.get_mut(&id).map(Arc::make_mut) {
            suggestion.answer = answer;
        }
    }

    /// The row of a suggestion that waits for this party's answer.
    fn open_suggestion_to(&self, party: Id<id::Party>, id: Id<Suggestion>) -> Option<Id<id::Initiative>> {
        let suggestion = self.suggestions.get(&id).filter(|known| known.answer == Answer::Open)?;
        self.own_draft(party, suggestion.initiative).map(|_| suggestion.initiative)
    }

    /// The plan of a row that the party drafted itself.
    fn own_draft(&self, party: Id<id::Party>, id: Id<id::Initiative>) -> Option<Id<id::Plan>> {
        let initiative = self.initiatives.get(&id)?;
        let own = matches!(initiative.standing, Standing::Private | Standing::Shared { .. });
        (own && initiative.party == party).then_some(initiative.plan)
    }

    /// Puts a row into a section.
    fn list(&mut self, spot: Spot, id: Id<id::Initiative>) -> bool {
        let Some(section) = self.section_mut(spot.plan, spot.section) else { return false };
        let place = spot.place_in(section);
        section.rows.insert(place, id);
        true
    }

    pub(super) fn section_mut(&mut self, plan: Id<id::Plan>, section: Id<id::Section>) -> Option<&mut Section> {
        Arc::make_mut(self.plans.get_mut(&plan)?).section_mut(section)
    }

    /// Takes a row out of all sections but these.
    fn unlist(&mut self, plan: Id<id::Plan>, id: Id<id::Initiative>, kept: &[Id<id::Section>]) {
        let Some(plan) = self.plans.get_mut(&plan).map(Arc::make_mut) else { return };
        let sections = plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections);
        for section in sections.filter(|section| !kept.contains(&section.id)) {
            section.rows.retain(|row| *row != id);
        }
    }

    /// Takes rows out of all sections of a plan.
    pub(super) fn unlist_all(&mut self, plan: Id<id::Plan>, gone: &HashSet<Id<id::Initiative>>) {
        let Some(plan) = self.plans.get_mut(&plan).map(Arc::make_mut) else { return };
        for section in plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
            section.rows.retain(|row| !gone.contains(row));
        }
    }

    pub(crate) fn section(&self, plan: Id<id::Plan>, section: Id<id::Section>) -> Option<&Section> {
        self.plans.get(&plan)?.sections().find(|known| known.id == section)
    }
}

/// Where a row is put: behind `after`; at the end where that is no longer in the section, first where it is none.
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
    /// A row as it is drafted: nobody else reads it yet.
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
