//! 取込みの取消し — undoes an import as a whole, including the values that the import reported.

use std::collections::HashSet;

use renkei_document::blank::is_blank;
use renkei_document::document;
use renkei_document::figure::{Figure, Stated};
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::evidence::Evidence;
use crate::evidence::event::EvidenceEvent;
use crate::evidence::refusal::EvidenceRefusal;
use crate::indicator::observation::Observation;
use crate::indicator::observe;
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::dossiers::Dossiers;
use crate::record::entry::Pending;
use crate::record::ground::{Decision, Ground, in_agreement, party_of_agreement, unless};
use crate::record::party_dossier::PartyDossier;
use crate::record::register::Register;
use crate::refusal::Refusal;

pub fn undo(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    id: Id<id::Evidence>,
    reason: String,
) -> Decision {
    let known = dossiers.agreements.get(&agreement).ok_or_else(|| vec![Refusal::AgreementUnknown])?;
    let evidence = known.evidence.get(&id).ok_or_else(|| vec![Refusal::EvidenceUnknown])?;
    let dossier = party_of_agreement(dossiers, agreement, evidence.imported_by)?;
    if evidence.undone.is_some() {
        return Err(vec![Refusal::Evidence(EvidenceRefusal::AlreadyUndone { file_name: evidence.file_name.clone() })]);
    }
    let mut refusals = Vec::new();
    if is_blank(&reason) {
        refusals.push(Refusal::ReasonMissing);
    }
    let later = dossier.evidence.values().filter(|other| other.undone.is_none());
    let later = later.filter(|other| other.replaced.iter().any(|replaced| evidence.plans.contains(&replaced.id)));
    refusals.extend(
        later
            .filter(|other| other.at > evidence.at)
            .map(|other| Refusal::Evidence(EvidenceRefusal::MergedSince { file_name: other.file_name.clone() })),
    );
    let brought = brought(dossier, id, evidence);
    let corrected: Vec<String> = brought
        .iter()
        .filter(|(party, figure)| {
            observation(dossiers, *party, figure).is_some_and(|known| known.current() != Stated::of(figure))
        })
        .map(|(_, figure)| figure.label.clone())
        .collect();
    if refusals.is_empty() && !corrected.is_empty() {
        refusals.push(Refusal::Evidence(EvidenceRefusal::CorrectedSince { figures: corrected }));
    }
    unless(refusals, || {
        let mut events =
            in_agreement(facts, evidence.imported_by, agreement, EvidenceEvent::ImportUndone { evidence: id, reason });
        events.extend(values_taken_back(facts, dossiers, evidence, &brought));
        events
    })
}

/// Returns the figures of the rows whose content comes from this document, each with the party of its row. Rows that
/// the import did not change are left out.
fn brought<'a>(
    dossier: &AgreementDossier,
    id: Id<id::Evidence>,
    evidence: &'a Evidence,
) -> Vec<(Id<id::Party>, &'a Figure)> {
    let plans = evidence.document.plans.iter().filter(|table| table.id.is_some_and(|id| evidence.plans.contains(&id)));
    let rows = plans.flat_map(|table| &table.chapters).flat_map(|c| &c.sections).flat_map(|s| &s.initiatives);
    let of = |row: &'a document::Initiative| {
        let known = row.id.and_then(|id| dossier.initiatives.get(&id));
        let known = known.filter(|known| known.standing.is_from(id));
        known.map(|known| known.party).map(|party| row.figures.iter().map(move |figure| (party, figure)))
    };
    rows.filter_map(of).flatten().collect()
}

fn observation<'a>(dossiers: &'a Dossiers, party: Id<id::Party>, figure: &Figure) -> Option<&'a Observation> {
    dossiers.parties.get(&party)?.observations.get(&figure.observation?).map(|known| &**known)
}

/// Returns the events that undo the import's values: values reported only by this import are withdrawn; values that the
/// import corrected are set to the value before that correction.
fn values_taken_back(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    evidence: &Evidence,
    brought: &[(Id<id::Party>, &Figure)],
) -> Vec<Pending> {
    let rows = evidence.replaced.iter().flat_map(|replaced| &replaced.rows);
    let before: HashSet<Id<id::Observation>> = rows.flat_map(|(_, row)| row.wording.observations()).collect();
    let mut withdrawn: Register<Id<id::Party>, Vec<Id<id::Observation>>> = Register::new();
    let mut events = Vec::new();
    for (party, figure) in brought {
        let Some(id) = figure.observation else { continue };
        let Some(dossier) = dossiers.parties.get(party) else { continue };
        if before.contains(&id) {
            let stated = stated_before(dossier, id, evidence);
            events.extend(stated.map(|stated| observe::correction_event(facts, *party, id, stated, reason(evidence))));
        } else if dossier.observations.contains_key(&id) {
            withdrawn.get_or_default(*party).push(id);
        }
    }
    let withdrawn = withdrawn.iter();
    events.extend(withdrawn.map(|(party, values)| observe::withdrawal_event(facts, *party, values.clone())));
    events
}

/// Returns the value that the observation had before the import corrected it; `None` if the import did not correct the
/// observation.
fn stated_before(dossier: &PartyDossier, id: Id<id::Observation>, evidence: &Evidence) -> Option<Stated> {
    let observation = dossier.observations.get(&id)?;
    let last = observation.corrections.last().filter(|correction| correction.report.at > evidence.at)?;
    let before = observation.corrections.iter().rev().nth(1).map(|earlier| earlier.report.stated);
    Some(before.unwrap_or(observation.reported.stated)).filter(|stated| *stated != last.report.stated)
}

fn reason(evidence: &Evidence) -> String {
    format!("文書「{}」の取込みの取消しによる", evidence.file_name)
}
