//! 当事者のもの — finds the parties whose own rows and values a command changes. Decisions, and the buttons that lead to
//! them, use only this module for that.
//!
//! A party's own rows are those that it drafted and those that it has taken over from a document. A row of a document
//! that its party has not taken over is evidence: any import may replace it (DESIGN §2).

use std::collections::HashSet;

use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::command::Command;
use crate::evidence::command::DeclineRows;
use crate::evidence::command::EvidenceCommand;
use crate::evidence::refusal::EvidenceRefusal;
use crate::indicator::command::IndicatorCommand;
use crate::organisation::command::OrganisationCommand;
use crate::plan::command::PlanCommand;
use crate::plan::command::SuggestionAnswer;
use crate::plan::refusal::DraftRefusal;
use crate::record::dossiers::Dossiers;
use crate::record::facts::Facts;
use crate::refusal::Refusal;
use crate::view::{AgreementView, View};

/// Refuses a command that changes another party's own data, acts in another party's name, or names something that the
/// actor may not know.
pub(crate) fn permit(facts: &Facts, dossiers: &Dossiers, command: &Command) -> Result<(), Vec<Refusal>> {
    let view = dossiers.seen_by(facts.actor.viewer());
    let touched = touched(view, command).map_err(|unknown| vec![unknown])?;
    let others: HashSet<Id<id::Party>> = touched.into_iter().filter(|party| !facts.actor.acts_for(*party)).collect();
    if others.is_empty() { Ok(()) } else { Err(vec![refusal(view, command, &others)]) }
}

fn refusal(view: View<'_>, command: &Command, others: &HashSet<Id<id::Party>>) -> Refusal {
    let Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, .. }) = command else {
        return Refusal::NotYourParty;
    };
    let known =
        view.agreement(*agreement).and_then(|agreement| Some((agreement, agreement.evidence_named(*evidence)?)));
    match known {
        Some((agreement, evidence)) if !others.contains(&evidence.imported_by) => {
            // In the order in which the agreement names them.
            let parties = agreement.agreement.parties.iter().map(|party| party.id).filter(|id| others.contains(id));
            Refusal::Evidence(EvidenceRefusal::TakenOverByOthers {
                parties: parties.map(|id| agreement.party_name(id).to_owned()).collect(),
            })
        }
        _ => Refusal::NotYourParty,
    }
}

/// Returns the parties whose own rows or values a command changes, and those in whose name it acts. `Err` if the
/// command names a thing that the viewer may not know: the refusal is the same as for a thing that never existed.
pub fn touched(view: View<'_>, command: &Command) -> Result<HashSet<Id<id::Party>>, Refusal> {
    match command {
        // The command names parties only in text; `conclude` refuses officers.
        Command::ConcludeAgreement { .. } => Ok(HashSet::new()),
        Command::Evidence(command) => touched_by_evidence(view, command),
        Command::Plan(command) => touched_by_plan(view, command),
        Command::FreezeEdition(freeze) => speaking(view, freeze.agreement, freeze.by),
        Command::SharedFact { agreement, party, deed: _ } => speaking(view, *agreement, *party),
        Command::Indicator(command) => Ok(HashSet::from([counting(command)])),
        Command::Organisation(command) => Ok(HashSet::from([organising(command)])),
    }
}

fn owner(agreement: AgreementView<'_>, row: Id<id::Initiative>) -> Result<Id<id::Party>, Refusal> {
    agreement.visible(row).map(|row| row.party).ok_or(Refusal::InitiativeUnknown)
}

fn seen<'a>(view: View<'a>, agreement: Id<Agreement>) -> Result<AgreementView<'a>, Refusal> {
    view.agreement(agreement).ok_or(Refusal::AgreementUnknown)
}

fn speaking(view: View<'_>, agreement: Id<Agreement>, party: Id<id::Party>) -> Result<HashSet<Id<id::Party>>, Refusal> {
    seen(view, agreement).map(|_| HashSet::from([party]))
}

fn touched_by_evidence(view: View<'_>, command: &EvidenceCommand) -> Result<HashSet<Id<id::Party>>, Refusal> {
    match command {
        // A merge keeps the rows that other parties have made their own: see `AgreementView::merging`.
        EvidenceCommand::ImportDocument(import) => speaking(view, import.agreement, import.by),
        EvidenceCommand::UndoImport { agreement, evidence, .. } => {
            seen(view, *agreement)?.touched_by_undoing(*evidence).ok_or(Refusal::EvidenceUnknown)
        }
        EvidenceCommand::TakeOverRows { agreement, party, .. }
        | EvidenceCommand::DeclineRows(DeclineRows { agreement, party, .. }) => speaking(view, *agreement, *party),
    }
}

fn touched_by_plan(view: View<'_>, command: &PlanCommand) -> Result<HashSet<Id<id::Party>>, Refusal> {
    match command {
        PlanCommand::OpenPlan { agreement, party, .. }
        | PlanCommand::DraftInitiative { agreement, party, .. }
        | PlanCommand::CarryOverInitiatives { agreement, party, .. } => speaking(view, *agreement, *party),
        PlanCommand::RewordInitiative { agreement, initiative, .. }
        | PlanCommand::MoveInitiative { agreement, initiative, .. }
        | PlanCommand::RepeatInitiative { agreement, initiative, .. }
        | PlanCommand::RemoveRepeat { agreement, initiative, .. }
        | PlanCommand::WithdrawInitiative { agreement, initiative } => {
            owner(seen(view, *agreement)?, *initiative).map(|owner| HashSet::from([owner]))
        }
        PlanCommand::ShareInitiatives { agreement, party, initiatives } => {
            let agreement = seen(view, *agreement)?;
            initiatives.iter().map(|row| owner(agreement, *row)).chain([Ok(*party)]).collect()
        }
        PlanCommand::SuggestEdit(suggest) => {
            // The suggestion does not change the row, but the actor must be allowed to know the row.
            owner(seen(view, suggest.agreement)?, suggest.initiative)?;
            Ok(HashSet::from([suggest.by]))
        }
        PlanCommand::AnswerSuggestion { agreement, suggestion, answer } => {
            let agreement = seen(view, *agreement)?;
            let known = agreement.suggestion(*suggestion).ok_or(Refusal::Draft(DraftRefusal::SuggestionUnknown))?;
            let owner = owner(agreement, known.initiative)?;
            Ok(HashSet::from([if *answer == SuggestionAnswer::Withdraw { known.party } else { owner }]))
        }
    }
}

fn counting(command: &IndicatorCommand) -> Id<id::Party> {
    match command {
        IndicatorCommand::Describe { party, .. }
        | IndicatorCommand::Merge { party, .. }
        | IndicatorCommand::Part { party, .. }
        | IndicatorCommand::SetTarget { party, .. }
        | IndicatorCommand::ReportObservation { party, .. }
        | IndicatorCommand::CorrectObservation { party, .. } => *party,
    }
}

fn organising(command: &OrganisationCommand) -> Id<id::Party> {
    match command {
        OrganisationCommand::SetHouseStyle { party, .. }
        | OrganisationCommand::IdentifyDivisions { party, .. }
        | OrganisationCommand::ChangeOrganisation { party, .. }
        | OrganisationCommand::NameDeputy { party, .. }
        | OrganisationCommand::EndDeputy { party, .. }
        | OrganisationCommand::AfterReview { party, .. } => *party,
    }
}
