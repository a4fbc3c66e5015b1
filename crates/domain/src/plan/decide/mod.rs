//! 計画の作成 — decides on opening a plan, and on drafting, rewording, moving, withdrawing and sharing its rows.

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;

mod carrying_over;
mod placing;
mod row;
mod suggest;

use placing::Placing;
use row::{drafted, faults_of_place, faults_of_wording, of_row};

use crate::agreement::Agreement;
use crate::authority::actor::Acting;
use crate::plan::command::PlanCommand;
use crate::plan::event::PlanEvent;
use crate::plan::joining::joined;
use crate::plan::limits::excess_of_wording;
use crate::plan::needs::to_show;
use crate::plan::{Chapter, Plan, Section, Standing, Wording};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground, by_acting, far_off, in_agreement, party_of_agreement, unless};
use crate::refusal::Refusal;

pub fn decide(facts: &Ground<'_>, dossiers: &Dossiers, command: PlanCommand) -> Decision {
    match command {
        PlanCommand::OpenPlan { agreement, party, fiscal_year, kind, title, like } => {
            open(facts, dossiers, (agreement, party), (fiscal_year, kind), title, like)
        }
        PlanCommand::DraftInitiative { agreement, party, plan, section, after, wording } => {
            draft(facts, dossiers, (agreement, party), (plan, section, after), wording)
        }
        PlanCommand::RewordInitiative { agreement, initiative, base, wording } => {
            reword(facts, dossiers, (agreement, initiative), base, wording)
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
    facts: &Ground<'_>,
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
fn outline(facts: &Ground<'_>, plan: &Plan) -> Vec<Chapter> {
    let section = |section: &Section| Section { id: facts.id(), rows: Vec::new(), ..section.clone() };
    let chapter = |chapter: &Chapter| Chapter {
        title: chapter.title.clone(),
        sections: chapter.sections.iter().map(section).collect(),
    };
    plan.chapters.iter().map(chapter).collect()
}

fn draft(
    facts: &Ground<'_>,
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
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    (agreement, id): (Id<Agreement>, Id<id::Initiative>),
    base: Option<Hlc>,
    typed: Wording,
) -> Decision {
    let (_, initiative) = drafted(dossiers, agreement, id)?;
    let wording = joined(initiative, base, typed).map_err(|conflict| vec![Refusal::Conflict(conflict)])?;
    let mut refusals = faults_of_wording(&wording);
    refusals.extend(excess_of_wording(&wording));
    if initiative.wording == wording {
        refusals.push(Refusal::NothingChanged);
    }
    unless(refusals, || of_row(facts, initiative, agreement, PlanEvent::InitiativeReworded { initiative: id, wording }))
}

fn reorder(
    facts: &Ground<'_>,
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

fn withdraw(facts: &Ground<'_>, dossiers: &Dossiers, agreement: Id<Agreement>, id: Id<id::Initiative>) -> Decision {
    let (_, initiative) = drafted(dossiers, agreement, id)?;
    Ok(of_row(facts, initiative, agreement, PlanEvent::InitiativeWithdrawn { initiative: id }))
}

fn share(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    party: Id<id::Party>,
    initiatives: Vec<Id<id::Initiative>>,
) -> Decision {
    let dossier = party_of_agreement(dossiers, agreement, party)?;
    if initiatives.is_empty() {
        return Err(vec![Refusal::InitiativeUnknown]);
    }
    let groups = by_acting(initiatives.into_iter().map(|id| (id, may_be_shown(facts, dossier, party, id))))?;
    let shown = groups.into_iter().flat_map(|(acting, rows)| {
        let rows = placing::shown(dossier, &rows);
        let event = PlanEvent::InitiativesShared { initiatives: Vec::new(), rows };
        in_agreement(&facts.in_the_name_of(acting), party, agreement, event)
    });
    Ok(shown.collect())
}

/// Returns the post in whose name a row is shown. Rows of several divisions may have several posts.
fn may_be_shown(
    facts: &Ground<'_>,
    dossier: &AgreementDossier,
    party: Id<id::Party>,
    id: Id<id::Initiative>,
) -> Result<Acting, Vec<Refusal>> {
    match dossier.initiatives.get(&id) {
        Some(row) if row.party != party => Err(vec![Refusal::InitiativeUnknown]),
        Some(row) if row.standing != Standing::Private => Err(vec![Refusal::AlreadyShared]),
        Some(row) => facts.actor.acting(&[to_show(row)]),
        None => Err(vec![Refusal::InitiativeUnknown]),
    }
}
