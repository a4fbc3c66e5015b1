//! 当事者のもの — whose own rows and values a command touches. Decisions, and the buttons before them, ask here and nowhere else.
//!
//! A party's own rows are those that it drafted and those that it has taken over from a document. A row of a document that its
//! party has not taken over is evidence: whoever imports may replace it (DESIGN §2).

use std::collections::HashSet;

use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::command::{Command, DeclineRows, IndicatorCommand, SuggestionAnswer};
use crate::evidence::refusal::EvidenceRefusal;
use crate::record::dossiers::Dossiers;
use crate::record::facts::Facts;
use crate::refusal::{DraftRefusal, Refusal};
use crate::view::{AgreementView, View};

/// Refuses a command that touches what another party owns, speaks in another party's name, or names what the actor may not know.
pub(crate) fn permit(facts: &Facts, dossiers: &Dossiers, command: &Command) -> Result<(), Vec<Refusal>> {
    let view = dossiers.seen_by(facts.actor.viewer());
    let touched = touched(view, command).map_err(|unknown| vec![unknown])?;
    let others: HashSet<Id<id::Party>> = touched.into_iter().filter(|party| !facts.actor.acts_for(*party)).collect();
    if others.is_empty() { Ok(()) } else { Err(vec![refusal(view, command, &others)]) }
}

fn refusal(view: View<'_>, command: &Command, others: &HashSet<Id<id::Party>>) -> Refusal {
    let Command::UndoImport { agreement, evidence, .. } = command else { return Refusal::NotYourParty };
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

/// The parties whose own rows or values a command changes, and those in whose name it speaks. A thing that the viewer may not
/// know is refused like one that never was.
pub fn touched(view: View<'_>, command: &Command) -> Result<HashSet<Id<id::Party>>, Refusal> {
    let seen = |agreement: &Id<Agreement>| view.agreement(*agreement).ok_or(Refusal::AgreementUnknown);
    let speaking = |agreement, party: Id<id::Party>| seen(agreement).map(|_| HashSet::from([party]));
    match command {
        // The command names parties only in text; `conclude` refuses officers.
        Command::ConcludeAgreement { .. } => Ok(HashSet::new()),
        // A merge keeps the rows that other parties have made their own: `AgreementView::merging`.
        Command::ImportDocument(import) => speaking(&import.agreement, import.by),
        Command::UndoImport { agreement, evidence, .. } => {
            seen(agreement)?.touched_by_undoing(*evidence).ok_or(Refusal::EvidenceUnknown)
        }
        Command::TakeOverRows { agreement, party, .. }
        | Command::DeclineRows(DeclineRows { agreement, party, .. })
        | Command::OpenPlan { agreement, party, .. }
        | Command::DraftInitiative { agreement, party, .. }
        | Command::CarryOverInitiatives { agreement, party, .. }
        | Command::SharedFact { agreement, party, .. } => speaking(agreement, *party),
        Command::FreezeEdition(freeze) => speaking(&freeze.agreement, freeze.by),
        Command::RewordInitiative { agreement, initiative, .. }
        | Command::MoveInitiative { agreement, initiative, .. }
        | Command::RepeatInitiative { agreement, initiative, .. }
        | Command::RemoveRepeat { agreement, initiative, .. }
        | Command::WithdrawInitiative { agreement, initiative } => {
            owner(seen(agreement)?, *initiative).map(|owner| HashSet::from([owner]))
        }
        Command::ShareInitiatives { agreement, party, initiatives } => {
            let agreement = seen(agreement)?;
            initiatives.iter().map(|row| owner(agreement, *row)).chain([Ok(*party)]).collect()
        }
        Command::SuggestEdit(suggest) => {
            // The row stays as it is; but it must be one that the actor may know.
            owner(seen(&suggest.agreement)?, suggest.initiative)?;
            Ok(HashSet::from([suggest.by]))
        }
        Command::AnswerSuggestion { agreement, suggestion, answer } => {
            let agreement = seen(agreement)?;
            let known = agreement.suggestion(*suggestion).ok_or(Refusal::Draft(DraftRefusal::SuggestionUnknown))?;
            let owner = owner(agreement, known.initiative)?;
            Ok(HashSet::from([if *answer == SuggestionAnswer::Withdraw { known.party } else { owner }]))
        }
        Command::ReportObservation { party, .. }
        | Command::CorrectObservation { party, .. }
        | Command::SetHouseStyle { party, .. }
        | Command::IdentifyDivisions { party, .. }
        | Command::ChangeOrganisation { party, .. }
        | Command::NameDeputy { party, .. }
        | Command::EndDeputy { party, .. }
        | Command::AfterReview { party, .. } => Ok(HashSet::from([*party])),
        Command::Indicator(command) => Ok(HashSet::from([party_of(command)])),
    }
}

fn owner(agreement: AgreementView<'_>, row: Id<id::Initiative>) -> Result<Id<id::Party>, Refusal> {
    agreement.visible(row).map(|row| row.party).ok_or(Refusal::InitiativeUnknown)
}

fn party_of(command: &IndicatorCommand) -> Id<id::Party> {
    match command {
        IndicatorCommand::Describe { party, .. }
        | IndicatorCommand::Merge { party, .. }
        | IndicatorCommand::Part { party, .. }
        | IndicatorCommand::SetTarget { party, .. } => *party,
    }
}
