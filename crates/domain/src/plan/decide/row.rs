//! The row that a decision is about: whether it is a draft, the chain of its events, and the faults of its wording and
//! place.

use renkei_document::blank::is_blank;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::event::Event;
use crate::plan::{Initiative, PlanState, Standing, Wording};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::dossiers::Dossiers;
use crate::record::entry::Pending;
use crate::record::ground::{Ground, in_agreement, in_own};
use crate::refusal::Refusal;

/// Creates an event about a row: in the shared chain if the row is shown, otherwise in its party's own chain.
pub(super) fn of_row(
    facts: &Ground<'_>,
    row: &Initiative,
    agreement: Id<Agreement>,
    event: impl Into<Event>,
) -> Vec<Pending> {
    let chain = if row.standing == Standing::Private { in_own } else { in_agreement };
    chain(facts, row.party, agreement, event)
}

/// Returns a row of a plan that is still a draft.
pub(super) fn drafted(
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    id: Id<id::Initiative>,
) -> Result<(&AgreementDossier, &Initiative), Vec<Refusal>> {
    let dossier = dossiers.agreements.get(&agreement).ok_or_else(|| vec![Refusal::AgreementUnknown])?;
    let initiative = dossier.initiatives.get(&id).ok_or_else(|| vec![Refusal::InitiativeUnknown])?;
    match dossier.plans.get(&initiative.plan) {
        Some(plan) if plan.state != PlanState::Draft => {
            Err(vec![Refusal::PlanNotDraft { fiscal_year: plan.fiscal_year }])
        }
        Some(_) => Ok((dossier, initiative)),
        None => Err(vec![Refusal::PlanUnknown]),
    }
}

pub(super) fn faults_of_wording(wording: &Wording) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let (text, _) = wording.text.print(None, |_| None);
    if is_blank(&text) {
        refusals.push(Refusal::WordingEmpty);
    }
    if wording.divisions.iter().all(|division| is_blank(division)) {
        refusals.push(Refusal::DivisionMissing);
    }
    refusals
}

pub(super) fn faults_of_place(
    facts: &Ground<'_>,
    dossier: &AgreementDossier,
    party: Id<id::Party>,
    plan: Id<id::Plan>,
    section: Id<id::Section>,
    after: Option<Id<id::Initiative>>,
) -> Vec<Refusal> {
    let Some(plan) = dossier.plans.get(&plan) else { return vec![Refusal::PlanUnknown] };
    let mut refusals = Vec::new();
    if plan.state != PlanState::Draft {
        refusals.push(Refusal::PlanNotDraft { fiscal_year: plan.fiscal_year });
    }
    let Some(section) = plan.sections().find(|known| known.id == section) else {
        refusals.push(Refusal::SectionUnknown);
        return refusals;
    };
    // The operator, who serves all parties, may put a row after one that the row's own party does not see yet.
    let is_open = |id: Id<id::Initiative>| {
        let owner = dossier.initiatives.get(&id).map(|row| row.party);
        dossier.is_open_to(id, party) || owner.is_some_and(|owner| facts.actor.viewer().is_of(owner))
    };
    if after.is_some_and(|after| !section.rows.contains(&after) || !is_open(after)) {
        refusals.push(Refusal::NeighbourElsewhere);
    }
    refusals
}
