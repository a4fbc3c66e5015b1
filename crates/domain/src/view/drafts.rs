//! 起案の閲覧 — what a viewer may know of how a row came to be: the row it follows, and what was suggested for it.

use super::AgreementView;
use crate::id::Id;
use crate::lineage::CarriedOver;
use crate::plan::{Initiative, PlanState};
use crate::suggestion::{Answer, Suggestion};

impl<'a> AgreementView<'a> {
    /// What was suggested for a row that the viewer may see, oldest first. A councillor reads no suggestions.
    pub fn suggestions(self, id: Id<Initiative>) -> Vec<(Id<Suggestion>, &'a Suggestion)> {
        let Some(row) = self.visible(id) else { return Vec::new() };
        let known = self.dossier.suggestions.iter().map(|(id, known)| (id, &**known));
        let known = known.filter(|(_, known)| known.initiative == id);
        let open =
            known.filter(|(_, known)| self.view.reads_drafts_of(row.party) || self.view.reads_drafts_of(known.party));
        let mut suggestions: Vec<_> = open.map(|(id, known)| (*id, known)).collect();
        suggestions.sort_by_key(|(_, known)| known.at);
        suggestions
    }

    /// A suggestion for a row that the viewer may see.
    pub fn suggestion(self, id: Id<Suggestion>) -> Option<&'a Suggestion> {
        let known = self.dossier.suggestions.get(&id)?;
        self.suggestions(known.initiative).into_iter().find(|(found, _)| *found == id).map(|(_, known)| known)
    }

    /// The rows that were carried over, each with the row of the year before.
    pub fn carried_over(self) -> CarriedOver {
        let rows = self.dossier.initiatives.keys();
        rows.filter_map(|id| Some((*id, self.follows(*id)?))).collect()
    }

    /// The suggestions that wait for an answer, for rows that the viewer may see of plans that are still being written; oldest first.
    pub fn open_suggestions(self) -> Vec<(Id<Suggestion>, &'a Suggestion)> {
        let waits = |id: &Id<Suggestion>, known: &Suggestion| {
            let is_draft = || self.initiative(known.initiative).is_some_and(|seen| seen.plan.state == PlanState::Draft);
            known.answer == Answer::Open && self.suggestion(*id).is_some() && is_draft()
        };
        let all = self.dossier.suggestions.iter().map(|(id, known)| (*id, &**known));
        let mut open: Vec<_> = all.filter(|(id, known)| waits(id, known)).collect();
        open.sort_by_key(|(_, known)| known.at);
        open
    }

    /// The row of the year before that a draft was carried over from.
    pub fn follows(self, id: Id<Initiative>) -> Option<Id<Initiative>> {
        let row = self.visible(id)?;
        let old = match &row.shown {
            Some(shown) if !self.view.reads_drafts_of(row.party) => shown.follows,
            _ => row.follows,
        };
        old.filter(|old| self.visible(*old).is_some())
    }
}
