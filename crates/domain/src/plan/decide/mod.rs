//! 計画の作成 — decides on opening a plan, and on drafting, rewording, moving, withdrawing and sharing its rows.

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};

mod carrying_over;
mod placing;
mod row;
mod suggest;

use placing::Placing;
use row::{drafted, faults_of_place, faults_of_wording, of_row};

use crate::agreement::Agreement;
use crate::plan::command::PlanCommand;
use crate::plan::event::PlanEvent;
use crate::plan::{Chapter, Plan, Section, Standing, Wording};
use crate::record::dossiers::Dossiers;
use crate::record::facts::Facts;
use crate::record::ground::{Decision, far_off, in_agreement, party_of_agreement, unless};
use crate::refusal::Refusal;

pub fn decide(facts: &Facts, dossiers: &Dossiers, command: PlanCommand) -> Decision {
    match command {
        PlanCommand::OpenPlan { agreement, party, fiscal_year, kind, title, like } => {
            open(facts, dossiers, (agreement, party), (fiscal_year, kind), title, like)
        }
        PlanCommand::DraftInitiative { agreement, party, plan, section, after, wording } => {
            draft(facts, dossiers, (agreement, party), (plan, section, after), wording)
        }
        PlanCommand::RewordInitiative { agreement, initiative, wording } => {
            reword(facts, dossiers, agreement, initiative, wording)
        }
        PlanCommand::MoveInitiative { agreement, initiative, section, after } => {
            reorder(facts, dossiers, agreement, initiative, section, after)
        }
        PlanCommand::CarryOverInitiatives { agreement, party, plan, from } => {
            carrying_over::carry_over(facts, dossiers, (agreement, party), plan, from)
        }
        PlanCommand::RepeatInitiative { agreement, initiative, section } => {
            carrying_over::repeat(facts, dossiers, agreement, initiative, section)
        }
        PlanCommand::RemoveRepeat { agreement, initiative, section } => {
            carrying_over::remove_repeat(facts, dossiers, agreement, initiative, section)
        }
        PlanCommand::SuggestEdit(suggest) => suggest::suggest(facts, dossiers, *suggest),
        PlanCommand::AnswerSuggestion { agreement, suggestion, answer } => {
            suggest::answer(facts, dossiers, agreement, suggestion, answer)
        }
        PlanCommand::WithdrawInitiative { agreement, initiative } => withdraw(facts, dossiers, agreement, initiative),
        PlanCommand::ShareInitiatives { agreement, party, initiatives } => {
            share(facts, dossiers, agreement, party, initiatives)
        }
    }
}

fn open(
    facts: &Facts,
    dossiers: &Dossiers,
    (agreement, party): (Id<Agreement>, Id<id::Party>),
    (fiscal_year, kind): (FiscalYear, PlanKind),
    title: String,
    like: Option<Id<id::Plan>>,
) -> Decision {
    let dossier = party_of_agreement(dossiers, agreement, party)?;
    let mut refusals = Vec::from_iter(far_off(facts, fiscal_year));
    if dossier.plan_of(fiscal_year, kind).is_some() {
        refusals.push(Refusal::PlanExists { fiscal_year, kind });
    }
    let model = like.map(|id| dossier.plans.get(&id));
    if model == Some(None) {
        refusals.push(Refusal::PlanUnknown);
    }
    unless(refusals, || {
        let chapters = model.flatten().map(|plan| outline(facts, plan)).unwrap_or_default();
        let event = PlanEvent::PlanOpened { plan: facts.id(), fiscal_year, kind, title, chapters };
        in_agreement(facts, party, agreement, event)
    })
}

/// Returns the chapters and sections of a plan, with new ids and without rows.
fn outline(facts: &Facts, plan: &Plan) -> Vec<Chapter> {
    let section = |section: &Section| Section { id: facts.id(), rows: Vec::new(), ..section.clone() };
    let chapter = |chapter: &Chapter| Chapter {
        title: chapter.title.clone(),
        sections: chapter.sections.iter().map(section).collect(),
    };
    plan.chapters.iter().map(chapter).collect()
}

fn draft(
    facts: &Facts,
    dossiers: &Dossiers,
    (agreement, party): (Id<Agreement>, Id<id::Party>),
    (plan, section, after): (Id<id::Plan>, Id<id::Section>, Option<Id<id::Initiative>>),
    wording: Wording,
) -> Decision {
    let dossier = party_of_agreement(dossiers, agreement, party)?;
    let mut refusals = faults_of_wording(&wording);
    refusals.extend(faults_of_place(facts, dossier, party, plan, section, after));
    unless(refusals, || {
        let placing = Placing { facts, agreement, dossier, party, row: facts.id() };
        let here = dossier.section(plan, section);
        here.map(|here| placing.drafted(plan, here, after, wording)).unwrap_or_default()
    })
}

fn reword(
    facts: &Facts,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    id: Id<id::Initiative>,
    wording: Wording,
) -> Decision {
    let (_, initiative) = drafted(dossiers, agreement, id)?;
    let mut refusals = faults_of_wording(&wording);
    if initiative.wording == wording {
        refusals.push(Refusal::NothingChanged);
    }
    unless(refusals, || of_row(facts, initiative, agreement, PlanEvent::InitiativeReworded { initiative: id, wording }))
}

fn reorder(
    facts: &Facts,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    id: Id<id::Initiative>,
    section: Id<id::Section>,
    after: Option<Id<id::Initiative>>,
) -> Decision {
    let (dossier, initiative) = drafted(dossiers, agreement, id)?;
    let mut refusals = faults_of_place(facts, dossier, initiative.party, initiative.plan, section, after);
    if after == Some(id) {
        refusals.push(Refusal::NeighbourElsewhere);
    }
    unless(refusals, || {
        let placing = Placing { facts, agreement, dossier, party: initiative.party, row: id };
        let moved = |section| match initiative.standing {
            Standing::Private => placing.moved_in_private(section, after),
            _ => placing.moved(section, after),
        };
        dossier.section(initiative.plan, section).map(moved).unwrap_or_default()
    })
}

fn withdraw(facts: &Facts, dossiers: &Dossiers, agreement: Id<Agreement>, id: Id<id::Initiative>) -> Decision {
    let (_, initiative) = drafted(dossiers, agreement, id)?;
    Ok(of_row(facts, initiative, agreement, PlanEvent::InitiativeWithdrawn { initiative: id }))
}

fn share(
    facts: &Facts,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    party: Id<id::Party>,
    initiatives: Vec<Id<id::Initiative>>,
) -> Decision {
    let dossier = party_of_agreement(dossiers, agreement, party)?;
    let fault = |id: &Id<id::Initiative>| match dossier.initiatives.get(id) {
        Some(row) if row.party == party && row.standing == Standing::Private => None,
        Some(row) if row.party == party => Some(Refusal::AlreadyShared),
        _ => Some(Refusal::InitiativeUnknown),
    };
    let found: Vec<Refusal> = initiatives.iter().filter_map(fault).collect();
    // List each reason once, in the order of occurrence.
    let mut refusals: Vec<Refusal> = Vec::new();
    for reason in found {
        if !refusals.contains(&reason) {
            refusals.push(reason);
        }
    }
    if initiatives.is_empty() {
        refusals.push(Refusal::InitiativeUnknown);
    }
    unless(refusals, || {
        let rows = placing::shown(dossier, &initiatives);
        in_agreement(facts, party, agreement, PlanEvent::InitiativesShared { initiatives: Vec::new(), rows })
    })
}
