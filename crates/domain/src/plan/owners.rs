//! 当事者のもの — finds the parties whose own rows a command about plans changes.

use std::collections::HashSet;

use renkei_document::id::{self, Id};

use crate::plan::command::{PlanCommand, SuggestionAnswer};
use crate::plan::refusal::DraftRefusal;
use crate::refusal::Refusal;
use crate::view::View;
use crate::view::owners::{owner, seen, speaking};

pub(crate) fn touched(view: View<'_>, command: &PlanCommand) -> Result<HashSet<Id<id::Party>>, Refusal> {
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
            // A suggestion does not change the row. The call only refuses an actor who may not know the row.
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
