//! 取込みと引継ぎ — decides whether a document is recorded as evidence, and whether a party takes over its rows in a document.

use std::collections::BTreeMap;
use std::sync::Arc;

use renkei_document::document::{self, Document, PlanTable};
use renkei_document::figure::{Figure, Indicator, Measured, Stated};
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::authority::actor::Actor;
use crate::evidence::Evidence;
use crate::evidence::command::ImportDocument;
use crate::evidence::cover::Cover;
use crate::evidence::event::EvidenceEvent;
use crate::evidence::merging::{Change, Merged, rows_to_confirm};
use crate::evidence::refusal::EvidenceRefusal;
use crate::indicator::event::Reported;
use crate::indicator::observe;
use crate::limits::IMPORTS_OF_A_DAY;
use crate::plan::{PlanState, Standing};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::dossiers::Dossiers;
use crate::record::entry::Pending;
use crate::record::ground::{Decision, Ground, far_off, in_agreement, party_of_agreement};
use crate::refusal::Refusal;

/// One day in milliseconds.
const DAY: u64 = 24 * 60 * 60 * 1000;

pub fn import(facts: &Ground<'_>, dossiers: &Dossiers, mut import: ImportDocument) -> Decision {
    without_ids(&mut import.document);
    let dossier = party_of_agreement(dossiers, import.agreement, import.by)?;
    let mut refusals: Vec<Refusal> = nothing_to_record(&import.document).into_iter().collect();
    // A document whose rows were declined may be imported again; the rows then wait to be taken over again.
    let stands =
        |known: &Evidence| known.undone.is_none() && known.declined.is_empty() && known.digest == import.digest;
    if let Some(known) = dossier.evidence.values().find(|known| stands(known)) {
        return Err(vec![Refusal::AlreadyImported { file_name: known.file_name.clone() }]);
    }
    refusals.extend(too_many_today(facts, dossiers, import.by));
    for table in &import.document.plans {
        let (fiscal_year, kind) = (table.fiscal_year, table.kind);
        refusals.extend(far_off(facts, fiscal_year));
        match dossier.plan_of(fiscal_year, kind) {
            Some((_, plan)) if plan.state == PlanState::Draft => refusals.push(Refusal::PlanIsDraft { fiscal_year }),
            Some(_) if import.merge.is_none() => refusals.push(Refusal::PlanExists { fiscal_year, kind }),
            _ => {}
        }
    }
    refusals.extend(unknown_parties(dossier, &import.document));
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let (cover, changes) = changes(facts, dossiers, &import);
    let refusals = taken_away(&import, &changes);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let merges = !changes.is_empty();
    if merges && changes.len() == import.document.plans.len() && changes.iter().all(|(_, m)| m.changes_nothing()) {
        return Err(vec![why_nothing_changes(&import, &changes)]);
    }
    let mut document = import.document;
    let mut same = Vec::new();
    for (place, merged) in changes {
        let stays = merged.changes.iter().filter(|change| matches!(change.change, Change::Same | Change::Kept));
        same.extend(stays.filter_map(|change| change.before.as_ref()?.id));
        document.plans[place] = merged.table;
    }
    if let Some(cover) = cover {
        Cover::of(cover).filled_in_from(&document).put_on(&mut document);
    }
    let document = Arc::new(with_ids(facts, document));
    let (evidence, file_name, digest, findings) = (facts.id(), import.file_name, import.digest, import.findings);
    let event = if merges {
        EvidenceEvent::DocumentMerged { evidence, file_name, digest, document, findings, same }
    } else {
        EvidenceEvent::DocumentImported { evidence, file_name, digest, document, findings }
    };
    Ok(in_agreement(facts, import.by, import.agreement, event))
}

/// Whether a party's officers have reached the limit of documents recorded in the party's name within 24 hours, in all
/// its agreements. The limit does not apply to the operator, who may import an archive; but documents that the operator
/// records are counted.
fn too_many_today(facts: &Ground<'_>, dossiers: &Dossiers, party: Id<id::Party>) -> Option<Refusal> {
    let yesterday = facts.now_millis().saturating_sub(DAY);
    let known = dossiers.agreements.values().flat_map(|dossier| dossier.evidence.values());
    let since = known.filter(|known| known.imported_by == party && known.at.millis > yesterday).count();
    let is_officer = matches!(facts.actor, Actor::Officer { .. });
    (is_officer && since >= IMPORTS_OF_A_DAY)
        .then_some(Refusal::Evidence(EvidenceRefusal::ManyImports { most: IMPORTS_OF_A_DAY }))
}

/// Returns a refusal if a document shows neither the text of an agreement nor a single row.
pub fn nothing_to_record(document: &Document) -> Option<Refusal> {
    let is_agreement = document.agreement.as_ref().is_some_and(|text| !text.articles.is_empty());
    (!is_agreement && rows(document).next().is_none()).then_some(Refusal::Evidence(EvidenceRefusal::NothingRead))
}

/// Returns the reasons why the document may not remove recorded rows: its table has no rows, or nobody confirmed that
/// most rows are removed.
fn taken_away(import: &ImportDocument, changes: &[(usize, Merged)]) -> Vec<Refusal> {
    let tables = changes.iter().map(|(place, merged)| (&import.document.plans[*place], merged));
    let empty = tables.filter(|(table, merged)| rows_of(table).next().is_none() && merged.count(Change::Gone) > 0);
    let refusals: Vec<Refusal> = empty
        .map(|(table, _)| EvidenceRefusal::TableWithoutRows { fiscal_year: table.fiscal_year, kind: table.kind })
        .map(Refusal::Evidence)
        .collect();
    if !refusals.is_empty() {
        return refusals;
    }
    let rows = rows_to_confirm(changes.iter().map(|(_, merged)| merged));
    let confirmed = import.merge.as_ref().map_or(0, |merge| merge.gone);
    if rows > confirmed { vec![Refusal::Evidence(EvidenceRefusal::MostRowsGo { rows })] } else { Vec::new() }
}

/// Returns the reason why a document that changes nothing is refused: it equals the recorded content, or it differs
/// only in rows that other parties have made their own.
fn why_nothing_changes(import: &ImportDocument, changes: &[(usize, Merged)]) -> Refusal {
    let chosen = |id: Id<id::Initiative>| import.merge.as_ref().is_some_and(|merge| merge.kept.contains(&id));
    let mut kept = changes.iter().flat_map(|(_, merged)| merged.kept_against_the_document());
    if kept.any(|row| !chosen(row)) { Refusal::NotYourParty } else { Refusal::NothingChanged }
}

/// Returns the document whose cover stays, and the result of each merge: for each table whose year is already recorded,
/// its index in the document and the merged table.
fn changes<'a>(
    facts: &Ground<'_>,
    dossiers: &'a Dossiers,
    import: &ImportDocument,
) -> (Option<&'a Document>, Vec<(usize, Merged)>) {
    let Some(merge) = &import.merge else { return (None, Vec::new()) };
    let Some(view) = dossiers.seen_by(facts.actor.viewer()).agreement(import.agreement) else {
        return (None, Vec::new());
    };
    let tables = import.document.plans.iter().enumerate();
    let merged = tables.filter_map(|(place, table)| Some((place, view.merging(table, &merge.kept)?)));
    (view.cover_that_stays(&import.document), merged.collect())
}

fn rows(document: &Document) -> impl Iterator<Item = &document::Initiative> {
    document.plans.iter().flat_map(rows_of)
}

fn rows_of(table: &PlanTable) -> impl Iterator<Item = &document::Initiative> {
    table.chapters.iter().flat_map(|chapter| &chapter.sections).flat_map(|section| &section.initiatives)
}

fn unknown_parties(dossier: &AgreementDossier, document: &Document) -> Vec<Refusal> {
    let Some(agreement) = &dossier.agreement else { return vec![Refusal::AgreementUnknown] };
    let mut unknown: Vec<_> =
        rows(document).map(|row| &row.party).filter(|key| agreement.party_of(key).is_none()).collect();
    unknown.sort();
    unknown.dedup();
    unknown.into_iter().map(|key| Refusal::PartyUnknown { name: key.to_string() }).collect()
}

/// Returns the document with a new id for each plan, section, row and figure that has none.
fn with_ids(facts: &Ground<'_>, mut document: Document) -> Document {
    for plan in &mut document.plans {
        plan.id.get_or_insert_with(|| facts.id());
        for section in plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
            section.id.get_or_insert_with(|| facts.id());
            for row in &mut section.initiatives {
                row.id.get_or_insert_with(|| facts.id());
                for figure in &mut row.figures {
                    figure.observation.get_or_insert_with(|| facts.id());
                }
            }
        }
    }
    document
}

/// Removes the ids from an imported document: ids of another node have no meaning on this node.
fn without_ids(document: &mut Document) {
    for plan in &mut document.plans {
        plan.id = None;
        for section in plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
            section.id = None;
            for row in &mut section.initiatives {
                row.id = None;
                row.figures.iter_mut().for_each(|figure| figure.observation = None);
            }
        }
    }
}

pub fn take_over(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    party: Id<id::Party>,
    evidence: Id<id::Evidence>,
) -> Decision {
    let dossier = party_of_agreement(dossiers, agreement, party)?;
    let known = dossier.evidence.get(&evidence).ok_or_else(|| vec![Refusal::EvidenceUnknown])?;
    let taken: Vec<&document::Initiative> = waiting(dossier, (evidence, known), party).collect();
    if taken.is_empty() {
        return Err(vec![Refusal::NothingToTakeOver]);
    }
    let ids = taken.iter().filter_map(|row| row.id).collect();
    let mut events = in_agreement(facts, party, agreement, EvidenceEvent::RowsTakenOver { evidence, rows: ids });
    events.extend(figures_as_observations(facts, dossiers, party, &taken, &known.file_name));
    Ok(events)
}

/// Returns the rows of a document that wait for a party, in the order of the document.
pub(super) fn waiting<'a>(
    dossier: &'a AgreementDossier,
    (evidence, known): (Id<id::Evidence>, &'a Evidence),
    party: Id<id::Party>,
) -> impl Iterator<Item = &'a document::Initiative> {
    let waits = move |id: Id<id::Initiative>| {
        let row = dossier.initiatives.get(&id);
        row.is_some_and(|row| row.party == party && row.standing == Standing::Evidence { evidence })
    };
    rows(&known.document).filter(move |row| row.id.is_some_and(waits))
}

/// Returns the events for the figures that the party takes over: an indicator for each thing counted, an observation
/// for each figure.
fn figures_as_observations(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    party: Id<id::Party>,
    rows: &[&document::Initiative],
    file_name: &str,
) -> Vec<Pending> {
    let mut defined: BTreeMap<Indicator, Id<Indicator>> = BTreeMap::new();
    let mut indicators = Vec::new();
    let mut observations = Vec::new();
    let mut corrections = Vec::new();
    let dossier = dossiers.parties.get(&party);
    for figure in rows.iter().flat_map(|row| &row.figures) {
        let Some(observation) = figure.observation else { continue };
        if let Some(known) = dossier.and_then(|dossier| dossier.observations.get(&observation)) {
            let stated = Stated::of(figure);
            if known.current() != stated {
                let reason = format!("文書「{file_name}」の統合による");
                corrections.push(observe::correction_event(facts, party, observation, stated, reason));
            }
            continue;
        }
        let wanted = Indicator::of(figure);
        let indicator = dossier.and_then(|dossier| dossier.indicator_like(&wanted)).unwrap_or_else(|| {
            *defined.entry(wanted.clone()).or_insert_with(|| {
                let id = facts.id();
                indicators.push((id, wanted));
                id
            })
        });
        let (kind, measured, stated) = (figure.kind, measured(figure), Stated::of(figure));
        observations.push(Reported { observation, indicator, kind, measured, stated });
    }
    let mut events = observe::report_events(facts, party, indicators, observations);
    events.extend(corrections);
    events
}

fn measured(figure: &Figure) -> Measured {
    Measured { as_of: figure.as_of, period: figure.period, event_dates: figure.event_dates.clone() }
}
