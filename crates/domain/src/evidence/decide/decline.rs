//! 引き継がない判断 — a party declines the rows that a document of another party shows as its own.

use super::import::waiting;
use crate::decide::{Decision, in_agreement, party_of_agreement, unless};
use crate::evidence::command::DeclineRows;
use crate::evidence::event::EvidenceEvent;
use crate::evidence::refusal::EvidenceRefusal;
use crate::record::dossiers::Dossiers;
use crate::record::facts::Facts;
use crate::refusal::Refusal;

pub fn decline(facts: &Facts, dossiers: &Dossiers, decline: DeclineRows) -> Decision {
    let DeclineRows { agreement, party, evidence, reason } = decline;
    let dossier = party_of_agreement(dossiers, agreement, party)?;
    let known = dossier.evidence.get(&evidence).ok_or_else(|| vec![Refusal::EvidenceUnknown])?;
    let rows: Vec<_> = waiting(dossier, (evidence, known), party).filter_map(|row| row.id).collect();
    let mut refusals = Vec::new();
    if rows.is_empty() {
        refusals.push(Refusal::NothingToTakeOver);
    }
    if reason.trim().is_empty() {
        refusals.push(Refusal::Evidence(EvidenceRefusal::UnexplainedDecline));
    }
    let event = EvidenceEvent::RowsDeclined { evidence, rows, reason };
    unless(refusals, || in_agreement(facts, party, agreement, event))
}
