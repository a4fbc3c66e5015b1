//! 取込みと引継ぎ — a document becomes evidence; a party makes its rows its own.

use std::collections::BTreeMap;

use super::{Decision, in_agreement, party_of_agreement, pending, unless};
use crate::agreement::{Agreement, Party};
use crate::agreement_dossier::AgreementDossier;
use crate::chain::{DossierKey, Pending};
use crate::command::ImportDocument;
use crate::document::{self, Document};
use crate::dossiers::Dossiers;
use crate::event::{Event, Reported};
use crate::evidence::Evidence;
use crate::facts::Facts;
use crate::figure::Figure;
use crate::id::Id;
use crate::observation::{Indicator, Measured, Stated};
use crate::plan::{Initiative, Standing};
use crate::refusal::Refusal;

pub fn import(facts: &Facts, dossiers: &Dossiers, import: ImportDocument) -> Decision {
    let dossier = party_of_agreement(facts, dossiers, import.agreement, import.by)?;
    let mut refusals = Vec::new();
    if let Some(known) = dossier.evidence.values().find(|evidence| evidence.digest == import.digest) {
        return Err(vec![Refusal::AlreadyImported { file_name: known.file_name.clone() }]);
    }
    for table in &import.document.plans {
        if dossier.plan_of(table.fiscal_year, table.kind).is_some() {
            refusals.push(Refusal::PlanExists { fiscal_year: table.fiscal_year, kind: table.kind });
        }
    }
    refusals.extend(unknown_parties(dossier, &import.document));
    unless(refusals, || {
        let document = Box::new(with_ids(facts, import.document));
        let event = Event::DocumentImported {
            evidence: facts.id(),
            file_name: import.file_name,
            digest: import.digest,
            document,
            findings: import.findings,
        };
        in_agreement(facts, import.by, import.agreement, event)
    })
}

fn rows(document: &Document) -> impl Iterator<Item = &document::Initiative> {
    document
        .plans
        .iter()
        .flat_map(|plan| &plan.chapters)
        .flat_map(|chapter| &chapter.sections)
        .flat_map(|s| &s.initiatives)
}

fn unknown_parties(dossier: &AgreementDossier, document: &Document) -> Vec<Refusal> {
    let Some(agreement) = &dossier.agreement else { return vec![Refusal::AgreementUnknown] };
    let mut unknown: Vec<_> =
        rows(document).map(|row| &row.party).filter(|key| agreement.party_of(key).is_none()).collect();
    unknown.sort();
    unknown.dedup();
    unknown.into_iter().map(|key| Refusal::PartyUnknown { name: key.to_string() }).collect()
}

/// The document with an id for each plan, section, row and figure: the names under which they are kept.
fn with_ids(facts: &Facts, mut document: Document) -> Document {
    for plan in &mut document.plans {
        plan.id = Some(facts.id());
        for section in plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
            section.id = Some(facts.id());
            for row in &mut section.initiatives {
                row.id = Some(facts.id());
                for figure in &mut row.figures {
                    figure.observation = Some(facts.id());
                }
            }
        }
    }
    document
}

pub fn take_over(
    facts: &Facts,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    party: Id<Party>,
    evidence: Id<Evidence>,
) -> Decision {
    let dossier = party_of_agreement(facts, dossiers, agreement, party)?;
    let known = dossier.evidence.get(&evidence).ok_or_else(|| vec![Refusal::EvidenceUnknown])?;
    let open = |id: &Id<Initiative>| {
        let row = dossier.initiatives.get(id);
        row.is_some_and(|row| row.party == party && row.standing == Standing::Evidence { evidence })
    };
    let taken: Vec<&document::Initiative> =
        rows(&known.document).filter(|row| row.id.as_ref().is_some_and(open)).collect();
    if taken.is_empty() {
        return Err(vec![Refusal::NothingToTakeOver]);
    }
    let ids = taken.iter().filter_map(|row| row.id).collect();
    let mut events = in_agreement(facts, party, agreement, Event::RowsTakenOver { evidence, rows: ids });
    events.extend(figures_as_observations(facts, dossiers, party, &taken));
    Ok(events)
}

/// What the party now counts itself: an indicator for each thing counted, an observation for each figure.
fn figures_as_observations(
    facts: &Facts,
    dossiers: &Dossiers,
    party: Id<Party>,
    rows: &[&document::Initiative],
) -> Vec<Pending> {
    let mut known: BTreeMap<Indicator, Id<Indicator>> = dossiers
        .parties
        .get(&party)
        .map(|dossier| dossier.indicators.iter().map(|(id, indicator)| (indicator.clone(), *id)).collect())
        .unwrap_or_default();
    let mut indicators = Vec::new();
    let mut observations = Vec::new();
    for figure in rows.iter().flat_map(|row| &row.figures) {
        let Some(observation) = figure.observation else { continue };
        let wanted = Indicator::of(figure);
        let indicator = *known.entry(wanted.clone()).or_insert_with(|| {
            let id = facts.id();
            indicators.push((id, wanted));
            id
        });
        let (kind, measured, stated) = (figure.kind, measured(figure), Stated::of(figure));
        observations.push(Reported { observation, indicator, kind, measured, stated });
    }
    let mut events = Vec::new();
    if !indicators.is_empty() {
        events.push(pending(facts, party, DossierKey::Party(party), Event::IndicatorsDefined { indicators }));
    }
    if !observations.is_empty() {
        events.push(pending(facts, party, DossierKey::Party(party), Event::ObservationsReported { observations }));
    }
    events
}

fn measured(figure: &Figure) -> Measured {
    Measured { as_of: figure.as_of, period: figure.period, event_dates: figure.event_dates.clone() }
}
