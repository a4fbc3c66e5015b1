//! 引き継がない判断 — decides whether a party may decline the rows that a document attributes to the party.

use std::collections::HashSet;

use renkei_document::blank::is_blank;

use super::import::waiting;
use crate::evidence::command::DeclineRows;
use crate::evidence::event::EvidenceEvent;
use crate::evidence::refusal::EvidenceRefusal;
use crate::plan::Standing;
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground, in_agreement, party_of_agreement, unless};
use crate::refusal::Refusal;

pub fn decline(facts: &Ground<'_>, dossiers: &Dossiers, decline: DeclineRows) -> Decision {
    let DeclineRows { agreement, party, evidence, reason } = decline;
    let dossier = party_of_agreement(dossiers, agreement, party)?;
    let known = dossier.evidence.get(&evidence).ok_or_else(|| vec![Refusal::EvidenceUnknown])?;
    let mut rows: Vec<_> = waiting(dossier, (evidence, known), party).filter_map(|row| row.id).collect();
    let mut refusals = Vec::new();
    if rows.is_empty() {
        refusals.push(Refusal::NothingToTakeOver);
    }
    // If a later merge changed a row, the row no longer shows this document's content, but undoing that merge would
    // restore it. Such rows are declined too.
    let replaced = dossier.evidence.values().flat_map(|other| &other.replaced).flat_map(|replaced| &replaced.rows);
    let replaced = replaced
        .filter(|(_, row)| row.party == party && row.standing == Standing::Evidence { evidence })
        .map(|(id, _)| *id);
    rows.extend(replaced);
    let mut seen = HashSet::new();
    rows.retain(|row| seen.insert(*row));
    if is_blank(&reason) {
        refusals.push(Refusal::Evidence(EvidenceRefusal::UnexplainedDecline));
    }
    let event = EvidenceEvent::RowsDeclined { evidence, rows, reason };
    unless(refusals, || in_agreement(facts, party, agreement, event))
}
