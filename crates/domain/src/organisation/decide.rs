//! 組織の変更と代理 — decides on changes of the organisation and on deputies.
//!
//! All changes of one command are applied to a copy, and only the final result is checked. Therefore a division may end
//! on the day on which its successor begins, regardless of the order of the two changes.

use std::collections::HashSet;

use jiff::civil::Date;
use renkei_document::blank::is_blank;
use renkei_document::id::{self, Id};

use crate::organisation::command::OrganisationCommand;
use crate::organisation::event::OrganisationEvent;
use crate::organisation::needs::to_review;
use crate::organisation::refusal::OrganisationRefusal;
use crate::organisation::{Deputation, Organisation, OrganisationChange, Post, house_style, identify};
use crate::record::chain::DossierKey;
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground, by_acting, pending, unless};
use crate::record::party_dossier::PartyDossier;
use crate::refusal::Refusal;

pub fn decide(facts: &Ground<'_>, dossiers: &Dossiers, command: OrganisationCommand) -> Decision {
    match command {
        OrganisationCommand::SetHouseStyle { party, style } => house_style::set(facts, dossiers, party, style),
        OrganisationCommand::IdentifyDivisions { party, former, latter, since, same } => {
            identify::identify(facts, dossiers, party, (former, latter), since, same)
        }
        OrganisationCommand::ChangeOrganisation { party, changes } => change(facts, dossiers, party, changes),
        OrganisationCommand::NameDeputy { party, named } => name_deputy(facts, dossiers, party, named),
        OrganisationCommand::EndDeputy { party, deputation, until } => {
            end_deputy(facts, dossiers, party, deputation, until)
        }
        OrganisationCommand::AfterReview { party, decided } => after_review(facts, dossiers, party, decided),
    }
}

fn change(facts: &Ground<'_>, dossiers: &Dossiers, party: Id<id::Party>, changes: Vec<OrganisationChange>) -> Decision {
    let before = &party_dossier(dossiers, party)?.organisation;
    let mut after = Organisation::clone(before);
    let mut refusals = Vec::new();
    for change in &changes {
        refusals.extend(fault_of(&after, change));
        after.change(change);
    }
    if after == **before && refusals.is_empty() {
        refusals.push(Refusal::NothingChanged);
    }
    let known = before.faults();
    let new = after.faults().into_iter().filter(|fault| !known.contains(fault));
    refusals.extend(new.map(|fault| Refusal::Organisation(OrganisationRefusal::Fault(fault))));
    unless(refusals, || {
        vec![pending(facts, party, DossierKey::Party(party), OrganisationEvent::OrganisationChanged { changes })]
    })
}

fn name_deputy(facts: &Ground<'_>, dossiers: &Dossiers, party: Id<id::Party>, named: Deputation) -> Decision {
    let organisation = &party_dossier(dossiers, party)?.organisation;
    let mut refusals = Vec::new();
    let stands = |post: Id<Post>| organisation.post_on(post, named.from).is_some();
    if !stands(named.post) || !stands(named.deputy) {
        refusals.push(OrganisationRefusal::PostUnknown);
    }
    if named.post == named.deputy {
        refusals.push(OrganisationRefusal::OwnDeputy);
    }
    if named.until.is_some_and(|until| until < named.from) {
        refusals.push(OrganisationRefusal::UntilBeforeFrom);
    }
    if organisation.deputations.values().any(|known| overlap(known, &named)) {
        refusals.push(OrganisationRefusal::DeputyAlready);
    }
    let refusals = refusals.into_iter().map(Refusal::Organisation).collect();
    unless(refusals, || {
        let event = OrganisationEvent::DeputyNamed { deputation: facts.id(), named };
        vec![pending(facts, party, DossierKey::Party(party), event)]
    })
}

fn end_deputy(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    party: Id<id::Party>,
    id: Id<Deputation>,
    until: Date,
) -> Decision {
    let organisation = &party_dossier(dossiers, party)?.organisation;
    let Some(known) = organisation.deputations.get(&id) else {
        return Err(vec![Refusal::Organisation(OrganisationRefusal::DeputationUnknown)]);
    };
    if known.until.is_some_and(|known| known <= until) {
        return Err(vec![Refusal::NothingChanged]);
    }
    Ok(vec![pending(facts, party, DossierKey::Party(party), OrganisationEvent::DeputyEnded { deputation: id, until })])
}

fn after_review(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    party: Id<id::Party>,
    decided: Vec<(DossierKey, u64)>,
) -> Decision {
    let dossier = party_dossier(dossiers, party)?;
    let (known, organisation) = (&dossier.decided_meanwhile, &dossier.organisation);
    let waiting = known.values().filter(|known| known.reviewed.is_none()).map(|known| known.entry);
    let waiting: HashSet<(DossierKey, u64)> = waiting.collect();
    if decided.is_empty() || !decided.iter().all(|wanted| waiting.contains(wanted)) {
        return Err(vec![Refusal::Organisation(OrganisationRefusal::NothingToReview)]);
    }
    let asked = known.values().filter(|known| decided.contains(&known.entry));
    let groups =
        by_acting(asked.map(|asked| (asked.entry, facts.actor.acting(&[to_review(party, organisation, asked)]))))?;
    let reviewed = groups.into_iter().map(|(acting, decided)| {
        let event = OrganisationEvent::AfterReviewed { decided };
        pending(&facts.in_the_name_of(acting), party, DossierKey::Party(party), event)
    });
    Ok(reviewed.collect())
}

fn party_dossier(dossiers: &Dossiers, party: Id<id::Party>) -> Result<&PartyDossier, Vec<Refusal>> {
    let dossier = dossiers.parties.get(&party);
    dossier.map(|dossier| &**dossier).ok_or_else(|| vec![Refusal::PartyUnknown { name: party.to_string() }])
}

/// Whether two deputations give the same post to the same deputy on one day.
fn overlap(one: &Deputation, other: &Deputation) -> bool {
    let begins_in = |one: &Deputation, other: &Deputation| other.until.is_none_or(|until| one.from <= until);
    (one.post, one.deputy) == (other.post, other.deputy) && begins_in(one, other) && begins_in(other, one)
}

/// Returns the fault of a single change, checked against the organisation after the changes before it.
fn fault_of(known: &Organisation, change: &OrganisationChange) -> Option<Refusal> {
    use OrganisationChange::{
        AreaChanged, DivisionBegun, DivisionMoved, DivisionRenamed, DivisionsEnded, PostBegun, PostChanged, PostEnded,
        TakenBack,
    };
    let no_division = |id| !known.divisions.contains_key(id);
    let reason = match change {
        DivisionBegun { name, .. } | DivisionRenamed { name, .. } if is_blank(name) => OrganisationRefusal::NameMissing,
        PostBegun { place, .. } | PostChanged { place, .. } if is_blank(&place.title) => {
            OrganisationRefusal::TitleMissing
        }
        PostBegun { place, .. } | PostChanged { place, .. } if place.duties.is_empty() => {
            OrganisationRefusal::DutyMissing { post: place.title.clone() }
        }
        DivisionBegun { division, name, .. } if known.divisions.contains_key(division) => {
            OrganisationRefusal::Begun { name: name.clone() }
        }
        PostBegun { post, place, .. } if known.posts.contains_key(post) => {
            OrganisationRefusal::Begun { name: place.title.clone() }
        }
        DivisionRenamed { division, .. } | DivisionMoved { division, .. } | AreaChanged { division, .. }
            if no_division(division) =>
        {
            OrganisationRefusal::DivisionUnknown
        }
        DivisionsEnded { divisions, .. } if divisions.is_empty() || divisions.iter().any(no_division) => {
            OrganisationRefusal::DivisionUnknown
        }
        DivisionsEnded { divisions, successors, .. } if successors.iter().any(|id| divisions.contains(id)) => {
            OrganisationRefusal::OwnSuccessor
        }
        PostChanged { post, .. } | PostEnded { post, .. } if !known.posts.contains_key(post) => {
            OrganisationRefusal::PostUnknown
        }
        TakenBack { change } if !stands(known, change) => OrganisationRefusal::ChangeUnknown,
        _ => return None,
    };
    Some(Refusal::Organisation(reason))
}

/// Whether exactly this change is already recorded, so that applying it again changes nothing.
fn stands(known: &Organisation, change: &OrganisationChange) -> bool {
    let (mut once_more, mut without) = (known.clone(), known.clone());
    once_more.change(change);
    without.change(&OrganisationChange::TakenBack { change: Box::new(change.clone()) });
    once_more == *known && without != *known
}
