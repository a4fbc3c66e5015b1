//! 組織の改称 in a view: what the agreement's parties answered, and what is still to be asked.

use std::borrow::Borrow;

use super::AgreementView;
use crate::agreement::Party;
use crate::document::PlanTable;
use crate::id::Id;
use crate::lineage::Lineage;
use crate::party::PartyKey;
use crate::renamed_divisions::{DivisionAnswer, Renaming, SameDivisions, renamed_divisions};

impl<'a> AgreementView<'a> {
    /// What the parties answered of their divisions' names, the last answer first.
    pub fn division_answers(self) -> Vec<(Id<Party>, &'a DivisionAnswer)> {
        let parties = self.agreement.parties.iter().filter_map(|party| Some((party.id, self.party(party.id)?)));
        let mut answers: Vec<_> =
            parties.flat_map(|(id, dossier)| dossier.division_answers.iter().map(move |answer| (id, answer))).collect();
        answers.sort_by_key(|(_, answer)| std::cmp::Reverse(answer.at));
        answers
    }

    /// The names that mean one division.
    pub fn same_divisions(self) -> SameDivisions {
        let answers = self.answers_and_organisations();
        SameDivisions::of(answers.iter().rev().map(|(party, answer)| (party.clone(), answer)))
    }

    /// What the parties answered, and what their organisations know without being asked.
    fn answers_and_organisations(self) -> Vec<(PartyKey, DivisionAnswer)> {
        let keyed =
            |(id, answer): (Id<Party>, &DivisionAnswer)| Some((self.agreement.key_of(id)?.clone(), answer.clone()));
        let parties = self.agreement.parties.iter().filter_map(|party| Some((&party.key, self.party(party.id)?)));
        let known = parties.flat_map(|(key, dossier)| {
            dossier.organisation.name_changes().into_iter().map(|change| (key.clone(), change.as_answer()))
        });
        self.division_answers().into_iter().filter_map(keyed).chain(known).collect()
    }

    /// The renamings in these tables of the agreement that nobody answered yet.
    pub fn renamed_divisions<L: Borrow<Lineage>>(
        self,
        tables: &[&PlanTable],
        lineage_of: impl FnMut(&PlanTable, &PlanTable) -> Option<L>,
    ) -> Vec<Renaming> {
        renamed_divisions(tables, &self.answers_and_organisations(), lineage_of)
    }
}
