//! 計画の反映 — how events change plans, their rows and the suggestions for them. An event that does not fit is ignored; no
//! fold fails.
//!
//! The text of a row belongs to one party, so two texts of one row never conflict. These events of different parties
//! can conflict:
//! - A suggestion and the withdrawal of its row: the withdrawal wins.
//! - Two answers to one suggestion: the first in the order of all chains wins.
//! - A move after a row that is gone or has moved: the row goes to the end of the section.

mod carrying;
mod drafting;
mod showing;
mod suggesting;

use std::sync::Arc;

use renkei_document::id::{self, Id};

use crate::plan::event::PlanEvent;
use crate::plan::{Chapter, Initiative, Plan, PlanState, Section, Worded};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::Order;

use drafting::Spot;

impl AgreementDossier {
    /// Folds an event of a party's shared chain.
    pub(crate) fn fold_plan(&mut self, order: &Order, post: &str, event: &PlanEvent) {
        let worded = || Worded { post: post.to_owned(), at: order.time, suggestion: None };
        match event {
            PlanEvent::PlanOpened { plan, fiscal_year, kind, title, chapters } => {
                let chapters = chapters.iter().map(Chapter::without_rows).collect();
                let (fiscal_year, kind, title) = (*fiscal_year, *kind, title.clone());
                let opened = Plan { fiscal_year, kind, title, state: PlanState::Draft, chapters };
                self.plans.get_or_insert_with(*plan, || Arc::new(opened));
            }
            PlanEvent::InitiativeDrafted { initiative, plan, section, after, wording } => {
                let spot = Spot { plan: *plan, section: *section, after: *after };
                let row = Initiative::drafted(order.party, *plan, wording.clone(), worded(), None);
                self.draft(*initiative, spot, row);
            }
            PlanEvent::InitiativesCarriedOver { plan, rows } => self.carry_over(order, *plan, rows, &worded()),
            PlanEvent::InitiativeReworded { initiative, wording } => {
                self.reword(order.party, *initiative, wording, worded());
            }
            PlanEvent::InitiativeMoved { initiative, section, after } => {
                self.reorder(order.party, *initiative, *section, *after);
            }
            PlanEvent::InitiativeRepeated { initiative, section, after } => {
                self.repeat(order.party, *initiative, *section, *after);
            }
            PlanEvent::RepeatRemoved { initiative, section } => self.remove_repeat(order.party, *initiative, *section),
            PlanEvent::InitiativeWithdrawn { initiative } => self.withdraw(order.party, *initiative),
            PlanEvent::InitiativesShared { initiatives, rows } => {
                self.share(order, initiatives, &worded());
                self.show(order, rows, &worded());
            }
            PlanEvent::EditSuggested { suggestion, initiative, base, wording, reason } => {
                self.suggest((order, post), *suggestion, (*initiative, *base), wording, reason);
            }
            PlanEvent::SuggestionAccepted { suggestion, wording } => self.accept((order, post), *suggestion, wording),
            PlanEvent::SuggestionDeclined { suggestion, reason } => self.decline((order, post), *suggestion, reason),
            PlanEvent::SuggestionWithdrawn { suggestion } => self.withdraw_suggestion(order, *suggestion),
        }
    }

    /// Folds an event of a party's own chain. Such an event changes only rows that the party has not shown, and their
    /// order. Any other change in it is ignored, because the other side does not receive this chain.
    pub(crate) fn fold_own_plan(&mut self, order: &Order, post: &str, event: &PlanEvent) {
        let keeps = |id: &Id<id::Initiative>| self.is_kept_by(order.party, *id);
        match event {
            PlanEvent::InitiativeDrafted { .. } | PlanEvent::InitiativesCarriedOver { .. } => {
                self.fold_plan(order, post, event);
            }
            PlanEvent::InitiativeMoved { initiative, section, after: Some(after) }
                if keeps(initiative)
                    && !self.is_open_to(*after, order.party)
                    && self.is_at_home_in(*initiative, *section) =>
            {
                self.shift(order.party, *initiative, *section, *after);
            }
            PlanEvent::InitiativeMoved { initiative, section, after } if !self.is_private(*initiative) => {
                self.keep_around(order.party, *initiative, *section, *after);
            }
            PlanEvent::InitiativeReworded { initiative, .. }
            | PlanEvent::InitiativeMoved { initiative, .. }
            | PlanEvent::InitiativeRepeated { initiative, .. }
            | PlanEvent::RepeatRemoved { initiative, .. }
            | PlanEvent::InitiativeWithdrawn { initiative } => {
                if keeps(initiative) {
                    self.fold_plan(order, post, event);
                }
            }
            PlanEvent::PlanOpened { .. }
            | PlanEvent::InitiativesShared { .. }
            | PlanEvent::EditSuggested { .. }
            | PlanEvent::SuggestionAccepted { .. }
            | PlanEvent::SuggestionDeclined { .. }
            | PlanEvent::SuggestionWithdrawn { .. } => {}
        }
    }
}

impl Chapter {
    fn without_rows(&self) -> Self {
        let bare = |section: &Section| Section { rows: Vec::new(), ..section.clone() };
        Self { title: self.title.clone(), sections: self.sections.iter().map(bare).collect() }
    }
}
