//! 修正の提案 — decides on suggestions for the other side's rows, and on the answers.

use renkei_document::blank::is_blank;
use renkei_document::id::Id;

use super::row::faults_of_wording;
use crate::agreement::Agreement;
use crate::plan::command::{SuggestEdit, SuggestionAnswer};
use crate::plan::event::PlanEvent;
use crate::plan::joining::accepted;
use crate::plan::limits::excess_of_wording;
use crate::plan::refusal::DraftRefusal;
use crate::plan::suggestion::{Answer, Suggestion};
use crate::plan::{Initiative, PlanState, Standing};
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground, in_agreement, party_of_agreement, unless};
use crate::refusal::Refusal;
use crate::view::Viewer;

pub fn suggest(facts: &Ground<'_>, dossiers: &Dossiers, suggest: SuggestEdit) -> Decision {
    let SuggestEdit { agreement, by, initiative, base, wording, reason } = suggest;
    let dossier = party_of_agreement(dossiers, agreement, by)?;
    let row = dossier.initiatives.get(&initiative).filter(|_| dossier.is_open_to(initiative, by));
    let Some(row) = row else { return Err(vec![Refusal::InitiativeUnknown]) };
    // An actor who acts for both sides may identify the shown wording by the time that only its owner knows.
    let base = if facts.actor.acts_for(row.party) { row.known_as(base).unwrap_or(base) } else { base };
    let mut refusals = faults_of_wording(&wording);
    if row.party == by {
        refusals.push(Refusal::Draft(DraftRefusal::OwnRow));
    }
    match dossier.plans.get(&row.plan) {
        Some(plan) if plan.state != PlanState::Draft => {
            refusals.push(Refusal::PlanNotDraft { fiscal_year: plan.fiscal_year });
        }
        Some(_) => {}
        None => refusals.push(Refusal::PlanUnknown),
    }
    let seen = dossiers.seen_by(Viewer::Party(by)).agreement(agreement);
    if seen.is_none_or(|seen| seen.wordings(row).of(base).is_none()) {
        refusals.push(Refusal::Draft(DraftRefusal::BaseUnknown));
    }
    if row.wording == wording {
        refusals.push(Refusal::NothingChanged);
    }
    if is_blank(&reason) {
        refusals.push(Refusal::Draft(DraftRefusal::SuggestionWithoutReason));
    }
    unless(refusals, || {
        let event = PlanEvent::EditSuggested { suggestion: facts.id(), initiative, base, wording, reason };
        in_agreement(facts, by, agreement, event)
    })
}

pub fn answer(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    id: Id<Suggestion>,
    answer: SuggestionAnswer,
) -> Decision {
    let dossier = dossiers.agreements.get(&agreement).ok_or_else(|| vec![Refusal::AgreementUnknown])?;
    let unknown = || vec![Refusal::Draft(DraftRefusal::SuggestionUnknown)];
    let suggestion = dossier.suggestions.get(&id).ok_or_else(unknown)?;
    let row = dossier.initiatives.get(&suggestion.initiative).ok_or_else(unknown)?;
    if !matches!(row.standing, Standing::Shared { .. }) {
        return Err(unknown());
    }
    let party = if answer == SuggestionAnswer::Withdraw { suggestion.party } else { row.party };
    let mut refusals = Vec::new();
    if suggestion.answer != Answer::Open {
        refusals.push(Refusal::Draft(DraftRefusal::SuggestionAnswered));
    }
    refusals.extend(faults_of_answer(&answer, row, suggestion));
    unless(refusals, || {
        let event = match answer {
            SuggestionAnswer::Accept { .. } => {
                PlanEvent::SuggestionAccepted { suggestion: id, wording: accepted(row, suggestion) }
            }
            SuggestionAnswer::Decline { reason } => PlanEvent::SuggestionDeclined { suggestion: id, reason },
            SuggestionAnswer::Withdraw => PlanEvent::SuggestionWithdrawn { suggestion: id },
        };
        in_agreement(facts, party, agreement, event)
    })
}

fn faults_of_answer(answer: &SuggestionAnswer, row: &Initiative, suggestion: &Suggestion) -> Vec<Refusal> {
    match answer {
        SuggestionAnswer::Accept { read } if !row.all_wordings().is_present(*read) => {
            vec![Refusal::Draft(DraftRefusal::NotAsAnswered)]
        }
        SuggestionAnswer::Accept { .. } => {
            let wording = accepted(row, suggestion);
            let same = (wording == row.wording).then_some(Refusal::NothingChanged);
            let faults = faults_of_wording(&wording).into_iter().chain(excess_of_wording(&wording));
            faults.chain(same).collect()
        }
        SuggestionAnswer::Decline { reason } if is_blank(reason) => {
            vec![Refusal::Draft(DraftRefusal::DeclinedWithoutReason)]
        }
        SuggestionAnswer::Decline { .. } | SuggestionAnswer::Withdraw => Vec::new(),
    }
}
