//! 限度の確かめ — checks every field of a command about plans against the limits. Each command and struct is destructured with
//! all its fields, so that a new field cannot be forgotten.

use renkei_document::id::{self, Id};
use renkei_document::particulars::{Particulars, Partner};

use crate::agreement::Agreement;
use crate::plan::command::{PlanCommand, SuggestEdit, SuggestionAnswer};
use crate::plan::suggestion::{Answer, Suggestion};
use crate::plan::{Item, Wording};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::dossiers::Dossiers;
use crate::record::found::{Found, length, letters};
use crate::refusal::{Measure, Refusal};

/// Returns each part of a wording that exceeds its limit. A joined wording can be longer than each of its sources.
pub(crate) fn excess_of_wording(wording: &Wording) -> Vec<Refusal> {
    let mut found = Found::default();
    found.wording(wording);
    found.refusals()
}

impl Found {
    pub(crate) fn plan_command(&mut self, dossiers: &Dossiers, command: &PlanCommand) {
        match command {
            PlanCommand::OpenPlan { agreement: _, party: _, fiscal_year: _, kind: _, title, like: _ } => {
                self.letters(Measure::Title, title);
            }
            PlanCommand::DraftInitiative { agreement, party, plan, section: _, after: _, wording } => {
                self.wording(wording);
                self.rows(dossiers, *agreement, (*party, &[*plan]), 1);
            }
            PlanCommand::RewordInitiative { agreement, initiative, base: _, wording } => {
                self.wording(wording);
                self.history(dossiers, *agreement, *initiative);
            }
            PlanCommand::CarryOverInitiatives { agreement, party, plan, from } => {
                self.rows(dossiers, *agreement, (*party, &[*plan, *from]), 0);
            }
            PlanCommand::SuggestEdit(suggest) => self.suggestion(dossiers, suggest),
            PlanCommand::AnswerSuggestion { agreement, suggestion, answer } => {
                self.answer(dossiers, (*agreement, *suggestion), answer);
            }
            PlanCommand::ShareInitiatives { agreement: _, party: _, initiatives } => {
                self.count(Measure::Rows, initiatives.len());
            }
            PlanCommand::MoveInitiative { agreement: _, initiative: _, section: _, after: _ }
            | PlanCommand::RepeatInitiative { agreement: _, initiative: _, section: _ }
            | PlanCommand::RemoveRepeat { agreement: _, initiative: _, section: _ }
            | PlanCommand::WithdrawInitiative { agreement: _, initiative: _ } => {}
        }
    }

    /// Counts the party's own rows of these plans plus the rows to be added.
    fn rows(
        &mut self,
        dossiers: &Dossiers,
        agreement: Id<Agreement>,
        (party, plans): (Id<id::Party>, &[Id<id::Plan>]),
        more: usize,
    ) {
        let known = dossiers.agreements.get(&agreement);
        let rows = known.map_or(0, |known| plans.iter().map(|plan| rows_of(known, party, *plan)).sum());
        self.count(Measure::Rows, rows + more);
    }

    fn answer(
        &mut self,
        dossiers: &Dossiers,
        (agreement, suggestion): (Id<Agreement>, Id<Suggestion>),
        answer: &SuggestionAnswer,
    ) {
        match answer {
            SuggestionAnswer::Accept { read: _ } => {
                let known = dossiers.agreements.get(&agreement).and_then(|known| known.suggestions.get(&suggestion));
                known.into_iter().for_each(|known| self.history(dossiers, agreement, known.initiative));
            }
            SuggestionAnswer::Decline { reason } => self.letters(Measure::Reason, reason),
            SuggestionAnswer::Withdraw => {}
        }
    }

    fn wording(&mut self, wording: &Wording) {
        let Wording { divisions, divisions_printed, text, items, particulars } = wording;
        let text = length(text);
        self.count(Measure::RowText, text);
        let letters_of = |Item { mark, passage }: &Item| letters(mark) + length(passage);
        let lengths: Vec<usize> = items.iter().map(letters_of).collect();
        for (place, item) in lengths.iter().enumerate().filter(|(_, item)| **item > Measure::Item.most()) {
            self.count_at(Measure::Item, *item, || Some(format!("({})", place + 1)));
        }
        self.count(Measure::Items, items.len());
        self.count(Measure::Row, text + lengths.iter().sum::<usize>());
        self.count(Measure::Figures, wording.observations().count());
        self.names(divisions);
        divisions_printed.iter().for_each(|printed| self.letters(Measure::Row, printed));
        self.particulars(particulars, &|| None);
    }

    pub(crate) fn particulars(&mut self, particulars: &Particulars, place: &dyn Fn() -> Option<String>) {
        let Particulars { with, target_groups, programme: _ } = particulars;
        self.count_at(Measure::Partners, with.len(), place);
        self.count_at(Measure::TargetGroups, target_groups.len(), place);
        for Partner { organisation, divisions } in with {
            self.count_at(Measure::Divisions, divisions.len(), place);
            let names = std::iter::once(organisation).chain(divisions);
            names.for_each(|name| self.count_at(Measure::Name, letters(name), place));
        }
    }

    fn names(&mut self, divisions: &[String]) {
        self.count(Measure::Divisions, divisions.len());
        divisions.iter().for_each(|name| self.letters(Measure::Name, name));
    }

    fn history(&mut self, dossiers: &Dossiers, agreement: Id<Agreement>, row: Id<id::Initiative>) {
        let known = dossiers.agreements.get(&agreement).and_then(|known| known.initiatives.get(&row));
        self.count(Measure::Wordings, known.map_or(0, |row| row.earlier.len() + 1));
    }

    fn suggestion(&mut self, dossiers: &Dossiers, suggest: &SuggestEdit) {
        let SuggestEdit { agreement, by, initiative, base: _, wording, reason } = suggest;
        self.wording(wording);
        self.letters(Measure::Reason, reason);
        let Some(known) = dossiers.agreements.get(agreement) else { return };
        let waits = |known: &&Suggestion| known.answer == Answer::Open && known.party == *by;
        let open: Vec<&Suggestion> = known.suggestions.values().map(|known| &**known).filter(waits).collect();
        let of_row = open.iter().filter(|known| known.initiative == *initiative).count();
        self.count(Measure::OpenSuggestions, of_row + 1);
        self.count(Measure::OpenSuggestionsOfParty, open.len() + 1);
    }
}

/// Counts the party's own rows of a plan. Rows of the other side, shown or hidden, are neither counted nor reported.
fn rows_of(dossier: &AgreementDossier, party: Id<id::Party>, plan: Id<id::Plan>) -> usize {
    let own = |row: &&Id<id::Initiative>| dossier.initiatives.get(row).is_some_and(|known| known.party == party);
    let rows = dossier.plans.get(&plan).into_iter().flat_map(|plan| plan.sections()).flat_map(|section| &section.rows);
    rows.filter(own).count()
}
