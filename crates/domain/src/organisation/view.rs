//! 組織の改称 — the answers of the agreement's parties about the names of divisions, as one viewer may see them.

use std::sync::Arc;

use renkei_document::document::PlanTable;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use renkei_document::search::folded;

use crate::organisation::division_names::{DivisionAnswer, DivisionNames, SameDivisions, names_in};
use crate::view::AgreementView;
use crate::view::reads::PartOfAgreement;

impl<'a> AgreementView<'a> {
    /// Returns the parties' answers about their divisions' names, newest first.
    pub fn division_answers(self) -> Vec<(Id<id::Party>, &'a DivisionAnswer)> {
        self.read(PartOfAgreement::Answers, |agreement| {
            let parties = agreement.agreement.parties.iter();
            let answers = parties.map(|party| Some(Arc::clone(&agreement.party(party.id)?.division_answers)));
            answers.collect::<Vec<_>>()
        });
        let parties = self.agreement.parties.iter().filter_map(|party| Some((party.id, self.party(party.id)?)));
        let mut answers: Vec<_> =
            parties.flat_map(|(id, dossier)| dossier.division_answers.iter().map(move |answer| (id, answer))).collect();
        answers.sort_by_key(|(_, answer)| std::cmp::Reverse(answer.at));
        answers
    }

    /// Returns the names in these tables that mean the same division.
    pub fn same_divisions(self, tables: [&PlanTable; 2]) -> SameDivisions {
        let names = names_in(&tables);
        let among = names.clone();
        self.read(PartOfAgreement::SameDivisions(names.clone()), move |agreement| agreement.same_among(&among));
        self.same_among(&names)
    }

    fn same_among(self, names: &DivisionNames) -> SameDivisions {
        let answers = self.answers_and_organisations();
        SameDivisions::of(answers.iter().rev().map(|(party, answer)| (party.clone(), answer))).among(names)
    }

    /// Returns the parties' answers, and the name changes that follow from their recorded organisations.
    fn answers_and_organisations(self) -> Vec<(PartyKey, DivisionAnswer)> {
        let keyed =
            |(id, answer): (Id<id::Party>, &DivisionAnswer)| Some((self.agreement.key_of(id)?.clone(), answer.clone()));
        let parties = self.agreement.parties.iter().filter_map(|party| Some((&party.key, self.party(party.id)?)));
        let known = parties.flat_map(|(key, dossier)| {
            dossier.organisation.name_changes().into_iter().map(|change| (key.clone(), change.as_answer()))
        });
        self.unnoted().division_answers().into_iter().filter_map(keyed).chain(known).collect()
    }

    /// Returns the answers about these names only.
    pub(crate) fn answers_about(self, names: &DivisionNames) -> Vec<(PartyKey, DivisionAnswer)> {
        let mut answers = self.answers_and_organisations();
        answers.retain(|(party, answer)| {
            [&answer.former, &answer.latter].into_iter().any(|name| names.contains(&(party.clone(), folded(name))))
        });
        answers
    }
}
