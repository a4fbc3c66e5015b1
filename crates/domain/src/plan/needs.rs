//! 計画の権限 — what the commands about plans need. Pages ask the same functions before they offer a command.

use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::authority::need::Need;
use crate::authority::right::Right;
use crate::plan::command::{PlanCommand, SuggestionAnswer};
use crate::plan::joining::accepted;
use crate::plan::suggestion::Suggestion;
use crate::plan::{Initiative, Wording};
use crate::view::View;

/// Returns what changing, ordering or withdrawing a row needs, and answering a suggestion for it.
pub fn to_change(row: &Initiative) -> Need<'_> {
    Need::of_divisions(row.party, Right::Draft, row.wording.divisions.as_slice())
}

/// Returns what showing a row to the other side needs.
pub fn to_show(row: &Initiative) -> Need<'_> {
    Need::of_divisions(row.party, Right::Share, row.wording.divisions.as_slice())
}

/// Returns what giving a row this wording needs.
pub fn to_word(party: Id<id::Party>, wording: &Wording) -> Need<'_> {
    Need::of_new_divisions(party, Right::Draft, wording.divisions.as_slice())
}

/// Returns what suggesting a wording, or withdrawing the suggestion, needs.
pub fn to_suggest(party: Id<id::Party>) -> Need<'static> {
    Need::of_party(party, Right::Suggest)
}

/// Returns what a command needs. Things that the viewer does not know are left to the decision.
pub(crate) fn needs<'a>(view: View<'a>, command: &'a PlanCommand) -> Vec<Need<'a>> {
    match command {
        PlanCommand::OpenPlan { party, .. } | PlanCommand::CarryOverInitiatives { party, .. } => {
            vec![Need::of_party(*party, Right::Outline)]
        }
        PlanCommand::DraftInitiative { party, wording, .. } => vec![to_word(*party, wording)],
        PlanCommand::RewordInitiative { agreement, initiative, wording, .. } => {
            let row = known(view, *agreement, *initiative);
            row.map(|row| vec![to_change(row), to_word(row.party, wording)]).unwrap_or_default()
        }
        PlanCommand::MoveInitiative { agreement, initiative, .. }
        | PlanCommand::RepeatInitiative { agreement, initiative, .. }
        | PlanCommand::RemoveRepeat { agreement, initiative, .. }
        | PlanCommand::WithdrawInitiative { agreement, initiative } => {
            known(view, *agreement, *initiative).map(to_change).into_iter().collect()
        }
        PlanCommand::SuggestEdit(suggest) => vec![to_suggest(suggest.by)],
        PlanCommand::AnswerSuggestion { agreement, suggestion, answer } => {
            to_answer(view, *agreement, *suggestion, answer).unwrap_or_default()
        }
        // The decision finds the post for each row: rows of several divisions may be shown together.
        PlanCommand::ShareInitiatives { party, .. } => vec![Need::of_party(*party, Right::Share)],
    }
}

fn known<'a>(view: View<'a>, agreement: Id<Agreement>, row: Id<id::Initiative>) -> Option<&'a Initiative> {
    view.agreement(agreement)?.visible(row)
}

fn to_answer<'a>(
    view: View<'a>,
    agreement: Id<Agreement>,
    suggestion: Id<Suggestion>,
    answer: &SuggestionAnswer,
) -> Option<Vec<Need<'a>>> {
    let suggestion = view.agreement(agreement)?.suggestion(suggestion)?;
    let row = known(view, agreement, suggestion.initiative)?;
    Some(match answer {
        SuggestionAnswer::Withdraw => vec![to_suggest(suggestion.party)],
        SuggestionAnswer::Decline { .. } => vec![to_change(row)],
        // The accepted wording is saved like a typed one, with the divisions that it names.
        SuggestionAnswer::Accept { .. } => {
            let divisions = accepted(row, suggestion).divisions;
            vec![to_change(row), Need::of_new_divisions(row.party, Right::Draft, divisions)]
        }
    })
}
