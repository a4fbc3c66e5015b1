//! 計画の作成 — begins a year's plan and writes its rows. Both sides write one plan without seeing each other's drafts.

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use renkei_domain::agreement::Agreement;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::plan::Wording;
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::command::{SuggestEdit, SuggestionAnswer};
use renkei_domain::plan::joining::RowConflict;
use renkei_domain::plan::refusal::DraftRefusal;
use renkei_domain::plan::suggestion::Suggestion;
use renkei_domain::record::register::Register;
use renkei_domain::refusal::Refusal;
use renkei_domain::view::Viewer;

use crate::node::error::AppError;
use crate::node::open::Node;

/// 計画を始める申出 — a party's request to begin a year's plan with the outline of another plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    pub agreement: Id<Agreement>,
    pub by: Id<id::Party>,
    pub fiscal_year: FiscalYear,
    pub like: Option<Id<id::Plan>>,
    /// The parties whose rows of the plan `like` are copied as private drafts.
    pub carry_over: Vec<Id<id::Party>>,
}

/// 保存の結果 — the result of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// The row was saved as it was typed.
    Stands,
    /// Somebody else has saved meanwhile; both changes are now saved.
    Merged,
    /// Somebody else has changed the same words meanwhile; nothing was saved.
    Conflict(Box<RowConflict>),
}

/// 行の置き場 — the position of a row: first in its section, or after another row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowSpot {
    pub section: Id<id::Section>,
    pub after: Option<Id<id::Initiative>>,
}

/// 読んだ行 — a row, and the time of the wording that a person has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowAsRead {
    pub row: Id<id::Initiative>,
    pub worded: Hlc,
}

/// Begins a plan, and carries rows over into it.
pub fn open_plan(node: &Node, actor: Actor, new: NewPlan) -> Result<Id<id::Plan>, AppError> {
    let NewPlan { agreement, by: party, fiscal_year, like, carry_over } = new;
    node.carry_out_at_length(actor, |deliberation| {
        let (kind, title) = (PlanKind::Plan, format!("{fiscal_year}事業計画"));
        deliberation.decide(Command::Plan(PlanCommand::OpenPlan {
            agreement,
            party,
            fiscal_year,
            kind,
            title,
            like,
        }))?;
        let opened = deliberation.dossiers.agreements.get(&agreement);
        let opened = opened.and_then(|dossier| dossier.plan_of(fiscal_year, kind));
        let plan = opened.map(|(id, _)| id).ok_or_else(|| AppError::from(vec![Refusal::PlanUnknown]))?;
        for (party, from) in carry_over.iter().flat_map(|party| like.map(|from| (*party, from))) {
            match deliberation.decide(Command::Plan(PlanCommand::CarryOverInitiatives { agreement, party, plan, from }))
            {
                // A party without rows in the earlier plan begins without rows.
                Err(why) if why == [Refusal::Draft(DraftRefusal::NothingToCarryOver)] => {}
                decided => decided?,
            }
        }
        Ok(plan)
    })
}

/// Carries over the rows of a party from an earlier plan.
pub fn carry_over(
    node: &Node,
    actor: Actor,
    (agreement, party): (Id<Agreement>, Id<id::Party>),
    plan: Id<id::Plan>,
    from: Id<id::Plan>,
) -> Result<(), AppError> {
    node.do_at_length(actor, &Command::Plan(PlanCommand::CarryOverInitiatives { agreement, party, plan, from }))
}

/// Drafts a new row at the end of a section.
pub fn draft_row(
    node: &Node,
    actor: Actor,
    (agreement, party): (Id<Agreement>, Id<id::Party>),
    plan: Id<id::Plan>,
    spot: RowSpot,
    wording: Wording,
) -> Result<(), AppError> {
    let RowSpot { section, after } = spot;
    node.do_as(actor, Command::Plan(PlanCommand::DraftInitiative { agreement, party, plan, section, after, wording }))
}

/// Saves text that a person typed over the wording of the time `base`. If somebody has saved meanwhile, merges changes
/// that do not overlap.
pub fn save_row(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    initiative: Id<id::Initiative>,
    base: Hlc,
    typed: Wording,
) -> Result<Saved, AppError> {
    node.carry_out(actor, |deliberation| {
        let command = PlanCommand::RewordInitiative { agreement, initiative, base: Some(base), wording: typed.clone() };
        match deliberation.decide(Command::Plan(command)) {
            Ok(()) => {
                let dossier = deliberation.dossiers.agreements.get(&agreement);
                let saved = dossier.and_then(|dossier| dossier.initiatives.get(&initiative));
                let is_as_typed = saved.is_some_and(|row| row.wording == typed);
                Ok(if is_as_typed { Saved::Stands } else { Saved::Merged })
            }
            // Saving the text that is already saved is no fault of the author.
            Err(reasons) if reasons == [Refusal::NothingChanged] => Ok(Saved::Stands),
            Err(reasons) => match reasons.as_slice() {
                [Refusal::Conflict(conflict)] => Ok(Saved::Conflict(conflict.clone())),
                _ => Err(reasons.into()),
            },
        }
    })
}

/// Moves a row to another position.
pub fn move_row(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    initiative: Id<id::Initiative>,
    spot: RowSpot,
) -> Result<(), AppError> {
    let RowSpot { section, after } = spot;
    node.do_as(actor, Command::Plan(PlanCommand::MoveInitiative { agreement, initiative, section, after }))
}

pub fn withdraw_row(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    row: Id<id::Initiative>,
) -> Result<(), AppError> {
    node.do_as(actor, Command::Plan(PlanCommand::WithdrawInitiative { agreement, initiative: row }))
}

/// Shows rows to the other side, in one transaction. Each row is given with its party and the wording that the person
/// has read. If one of the rows has been reworded since, no row is shown.
pub fn share_rows(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    rows: &[(Id<id::Party>, RowAsRead)],
) -> Result<(), AppError> {
    node.carry_out_at_length(actor, |deliberation| {
        let is_as_read = |(party, read): &(Id<id::Party>, RowAsRead)| {
            let view = deliberation.dossiers.seen_by(Viewer::Party(*party)).agreement(agreement);
            let row = view.and_then(|view| Some((view, view.initiative(read.row)?.initiative)));
            row.is_none_or(|(view, row)| view.wordings(row).present().at == read.worded)
        };
        if !rows.iter().all(is_as_read) {
            return Err(AppError::from(vec![Refusal::Draft(DraftRefusal::NotAsRead)]));
        }
        let mut of_parties: Register<Id<id::Party>, Vec<Id<id::Initiative>>> = Register::new();
        for (party, read) in rows {
            of_parties.get_or_default(*party).push(read.row);
        }
        for (party, initiatives) in of_parties.iter() {
            let (party, initiatives) = (*party, initiatives.clone());
            deliberation.decide(Command::Plan(PlanCommand::ShareInitiatives { agreement, party, initiatives }))?;
        }
        Ok(())
    })
}

/// Repeats a row in one more section, or ends the repetition.
pub fn repeat_row(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    initiative: Id<id::Initiative>,
    section: Id<id::Section>,
    stands: bool,
) -> Result<(), AppError> {
    let command = if stands {
        Command::Plan(PlanCommand::RepeatInitiative { agreement, initiative, section })
    } else {
        Command::Plan(PlanCommand::RemoveRepeat { agreement, initiative, section })
    };
    node.do_as(actor, command)
}

/// Suggests another wording for a row of the other side.
pub fn suggest_edit(node: &Node, actor: Actor, suggest: SuggestEdit) -> Result<(), AppError> {
    node.do_as(actor, Command::Plan(PlanCommand::SuggestEdit(Box::new(suggest))))
}

pub fn answer_suggestion(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    suggestion: Id<Suggestion>,
    answer: SuggestionAnswer,
) -> Result<(), AppError> {
    node.do_as(actor, Command::Plan(PlanCommand::AnswerSuggestion { agreement, suggestion, answer }))
}
