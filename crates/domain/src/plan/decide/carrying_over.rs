//! 引継ぎと再掲 — carries last year's rows over as drafts of this year's plan, and repeats rows in further sections.

use std::collections::HashSet;

use renkei_document::id::{self, Id};
use renkei_document::passage::Passage;

use super::placing::Placing;
use super::row::{drafted, of_row};
use crate::agreement::Agreement;
use crate::plan::event::{CarriedOver, PlanEvent};
use crate::plan::refusal::DraftRefusal;
use crate::plan::{Initiative, Item, Plan, PlanState, Section, Standing, Wording};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground, in_own, party_of_agreement, unless};
use crate::refusal::Refusal;

pub fn carry_over(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    (agreement, party): (Id<Agreement>, Id<id::Party>),
    plan: Id<id::Plan>,
    from: Id<id::Plan>,
) -> Decision {
    let dossier = party_of_agreement(dossiers, agreement, party)?;
    let (Some(into), Some(old)) = (dossier.plans.get(&plan), dossier.plans.get(&from)) else {
        return Err(vec![Refusal::PlanUnknown]);
    };
    if into.state != PlanState::Draft {
        return Err(vec![Refusal::PlanNotDraft { fiscal_year: into.fiscal_year }]);
    }
    let followed: HashSet<Id<id::Initiative>> = dossier
        .initiatives
        .values()
        .filter(|row| row.plan == plan && row.party == party)
        .filter_map(|row| row.follows)
        .collect();
    let mut rows = Vec::new();
    for (section, id, row) in rows_of(dossier, old, party) {
        if let Some(place) = same_place(old, into, section).filter(|_| !followed.contains(&id)) {
            let wording = in_words(dossiers, row);
            rows.push(CarriedOver { initiative: facts.id(), section: place, follows: id, wording });
        }
    }
    let nothing = rows.is_empty().then_some(Refusal::Draft(DraftRefusal::NothingToCarryOver));
    unless(nothing.into_iter().collect(), || {
        in_own(facts, party, agreement, PlanEvent::InitiativesCarriedOver { plan, rows })
    })
}

/// Returns the rows of a party, each with the indexes of its home chapter and section.
fn rows_of<'a>(
    dossier: &'a AgreementDossier,
    plan: &'a Plan,
    party: Id<id::Party>,
) -> impl Iterator<Item = ((usize, usize), Id<id::Initiative>, &'a Initiative)> {
    let sections = plan.chapters.iter().enumerate().flat_map(|(chapter, known)| {
        known.sections.iter().enumerate().map(move |(place, section)| ((chapter, place), section))
    });
    sections.flat_map(move |(place, section)| {
        let rows = section.rows.iter().filter_map(|id| Some((*id, dossier.initiatives.get(id)?)));
        let own = rows.filter(move |(_, row)| row.party == party && !row.is_repeated_in(section.id));
        own.map(move |(id, row)| (place, id, &**row))
    })
}

/// Returns the section with the same title; otherwise the section at the same position.
fn same_place(old: &Plan, new: &Plan, (chapter, section): (usize, usize)) -> Option<Id<id::Section>> {
    let title = &old.chapters.get(chapter)?.sections.get(section)?.title;
    let there = new.chapters.get(chapter).and_then(|chapter| chapter.sections.get(section));
    let titled = |known: &&Section| known.title == *title;
    there.filter(titled).or_else(|| new.sections().find(titled)).or(there).map(|section| section.id)
}

/// Returns the current wording of a row, with last year's figures as plain words for this year's draft.
fn in_words(dossiers: &Dossiers, row: &Initiative) -> Wording {
    let observations = dossiers.parties.get(&row.party).map(|party| &party.observations);
    let words = |passage: &Passage| {
        let (text, _) = passage.print(None, |id| Some(observations?.get(&id)?.current()));
        Passage::words(text)
    };
    let item = |item: &Item| Item { mark: item.mark.clone(), passage: words(&item.passage) };
    Wording {
        divisions: row.wording.divisions.clone(),
        divisions_printed: None,
        text: words(&row.wording.text),
        items: row.wording.items.iter().map(item).collect(),
        particulars: row.wording.particulars.clone(),
    }
}

pub fn repeat(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    id: Id<id::Initiative>,
    section: Id<id::Section>,
) -> Decision {
    let (dossier, row) = drafted(dossiers, agreement, id)?;
    let known = dossier.plans.get(&row.plan).and_then(|plan| plan.sections().find(|known| known.id == section));
    let Some(known) = known else { return Err(vec![Refusal::SectionUnknown]) };
    let there = known.rows.contains(&id).then_some(Refusal::Draft(DraftRefusal::StandsThere));
    unless(there.into_iter().collect(), || {
        let placing = Placing { facts, agreement, dossier, party: row.party, row: id };
        match row.standing {
            Standing::Private => placing.repeated_in_private(known),
            _ => placing.repeated(known),
        }
    })
}

pub fn remove_repeat(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    id: Id<id::Initiative>,
    section: Id<id::Section>,
) -> Decision {
    let (_, row) = drafted(dossiers, agreement, id)?;
    let missing = (!row.is_repeated_in(section)).then_some(Refusal::Draft(DraftRefusal::NotRepeatedThere));
    unless(missing.into_iter().collect(), || {
        of_row(facts, row, agreement, PlanEvent::RepeatRemoved { initiative: id, section })
    })
}
