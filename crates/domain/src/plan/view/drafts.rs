//! 起案の閲覧 — the history of a draft as one viewer may see it: the row of last year that it continues, and the suggestions
//! for it.

use std::sync::Arc;

use renkei_document::id::{self, Id};

use crate::plan::PlanState;
use crate::plan::lineage::CarriedOver;
use crate::plan::suggestion::{Answer, Suggestion};
use crate::view::AgreementView;
use crate::view::reads::PartOfAgreement;

/// A suggestion as the dossier stores it.
type Suggested<'a> = (Id<Suggestion>, &'a Arc<Suggestion>);

fn held(suggestions: &[Suggested<'_>]) -> Vec<(Id<Suggestion>, Arc<Suggestion>)> {
    suggestions.iter().map(|(id, known)| (*id, Arc::clone(known))).collect()
}

impl<'a> AgreementView<'a> {
    /// Returns the suggestions for a row that the viewer may see, oldest first. A councillor reads no suggestions.
    pub fn suggestions(self, id: Id<id::Initiative>) -> Vec<(Id<Suggestion>, &'a Suggestion)> {
        self.read(PartOfAgreement::Suggestions(id), move |agreement| held(&agreement.suggested_for(id)));
        self.suggested_for(id).into_iter().map(|(id, known)| (id, &**known)).collect()
    }

    fn suggested_for(self, id: Id<id::Initiative>) -> Vec<Suggested<'a>> {
        let Some(row) = self.seen(id) else { return Vec::new() };
        let known = self.dossier.suggestions.iter().filter(|(_, known)| known.initiative == id);
        let open =
            known.filter(|(_, known)| self.view.reads_drafts_of(row.party) || self.view.reads_drafts_of(known.party));
        let mut suggestions: Vec<_> = open.map(|(id, known)| (*id, known)).collect();
        suggestions.sort_by_key(|(_, known)| known.at);
        suggestions
    }

    /// Returns the suggestion with this id; `None` if it is unknown, or if the viewer may not see it or its row.
    pub fn suggestion(self, id: Id<Suggestion>) -> Option<&'a Suggestion> {
        self.read(PartOfAgreement::Suggestion(id), move |agreement| agreement.suggested(id).cloned());
        self.suggested(id).map(|known| &**known)
    }

    fn suggested(self, id: Id<Suggestion>) -> Option<&'a Arc<Suggestion>> {
        let known = self.dossier.suggestions.get(&id)?;
        self.suggested_for(known.initiative).into_iter().find(|(found, _)| *found == id).map(|(_, known)| known)
    }

    /// Returns the rows of a plan that were carried over, each with its row of the year before.
    pub fn carried_over(self, plan: Id<id::Plan>) -> CarriedOver {
        self.read(PartOfAgreement::CarriedOver(plan), move |agreement| agreement.carried_into(plan));
        self.carried_into(plan)
    }

    fn carried_into(self, plan: Id<id::Plan>) -> CarriedOver {
        let plan = self.dossier.plans.get(&plan);
        let rows = plan.into_iter().flat_map(|plan| plan.sections()).flat_map(|section| &section.rows);
        rows.filter_map(|id| Some((*id, self.followed_by(*id)?))).collect()
    }

    /// Returns the unanswered suggestions, oldest first, for rows that the viewer may see in plans that are still
    /// drafts.
    pub fn open_suggestions(self) -> Vec<(Id<Suggestion>, &'a Suggestion)> {
        self.read(PartOfAgreement::OpenSuggestions, |agreement| held(&agreement.unanswered()));
        self.unanswered().into_iter().map(|(id, known)| (id, &**known)).collect()
    }

    fn unanswered(self) -> Vec<Suggested<'a>> {
        let waits = |id: &Id<Suggestion>, known: &Suggestion| {
            let is_draft = || self.placed(known.initiative).is_some_and(|seen| seen.plan.state == PlanState::Draft);
            known.answer == Answer::Open && self.suggested(*id).is_some() && is_draft()
        };
        let all = self.dossier.suggestions.iter().map(|(id, known)| (*id, known));
        let mut open: Vec<_> = all.filter(|(id, known)| waits(id, known)).collect();
        open.sort_by_key(|(_, known)| known.at);
        open
    }

    /// Returns the row of the year before from which a draft was carried over.
    pub fn follows(self, id: Id<id::Initiative>) -> Option<Id<id::Initiative>> {
        self.read(PartOfAgreement::Follows(id), move |agreement| agreement.followed_by(id));
        self.followed_by(id)
    }

    fn followed_by(self, id: Id<id::Initiative>) -> Option<Id<id::Initiative>> {
        let row = self.seen(id)?;
        let old = match &row.shown {
            Some(shown) if !self.view.reads_drafts_of(row.party) => shown.follows,
            _ => row.follows,
        };
        old.filter(|old| self.seen(*old).is_some())
    }
}
