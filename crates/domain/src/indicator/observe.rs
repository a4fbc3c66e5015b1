//! 実績値の報告と訂正 — decides on reports and corrections of values.

use renkei_document::blank::is_blank;
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::id::{self, Id};

use crate::indicator::event::{IndicatorEvent, Reported};
use crate::record::chain::DossierKey;
use crate::record::dossiers::Dossiers;
use crate::record::entry::Pending;
use crate::record::ground::{Decision, Ground, pending, unless};
use crate::refusal::Refusal;

pub fn report(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    party: Id<id::Party>,
    indicator: Indicator,
    (kind, measured, stated): (FigureKind, Measured, Stated),
) -> Decision {
    let mut refusals = Vec::new();
    let Some(dossier) = dossiers.parties.get(&party) else {
        return Err(vec![Refusal::PartyUnknown { name: party.to_string() }]);
    };
    if is_blank(&indicator.label) {
        refusals.push(Refusal::LabelMissing);
    }
    unless(refusals, || {
        let mut defined = Vec::new();
        let id = dossier.indicator_like(&indicator).unwrap_or_else(|| {
            let id = facts.id();
            defined.push((id, indicator));
            id
        });
        report_events(
            facts,
            party,
            defined,
            vec![Reported { observation: facts.id(), indicator: id, kind, measured, stated }],
        )
    })
}

pub fn correct(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    party: Id<id::Party>,
    observation: Id<id::Observation>,
    stated: Stated,
    reason: String,
) -> Decision {
    let mut refusals = Vec::new();
    match dossiers.parties.get(&party).and_then(|dossier| dossier.observations.get(&observation)) {
        None => refusals.push(Refusal::ObservationUnknown),
        Some(known) if known.current() == stated => refusals.push(Refusal::NothingChanged),
        Some(_) => {}
    }
    if is_blank(&reason) {
        refusals.push(Refusal::ReasonMissing);
    }
    unless(refusals, || vec![correction_event(facts, party, observation, stated, reason)])
}

/// Returns the events that define indicators and report their values. Returns no event if both lists are empty.
pub(crate) fn report_events(
    facts: &Ground<'_>,
    party: Id<id::Party>,
    indicators: Vec<(Id<Indicator>, Indicator)>,
    observations: Vec<Reported>,
) -> Vec<Pending> {
    let defined = (!indicators.is_empty()).then_some(IndicatorEvent::IndicatorsDefined { indicators });
    let reported = (!observations.is_empty()).then_some(IndicatorEvent::ObservationsReported { observations });
    defined.into_iter().chain(reported).map(|event| pending(facts, party, DossierKey::Party(party), event)).collect()
}

/// Returns the event that corrects a value.
pub(crate) fn correction_event(
    facts: &Ground<'_>,
    party: Id<id::Party>,
    observation: Id<id::Observation>,
    stated: Stated,
    reason: String,
) -> Pending {
    let event = IndicatorEvent::ObservationCorrected { observation, stated, reason };
    pending(facts, party, DossierKey::Party(party), event)
}

/// Returns the event that withdraws values of an undone import.
pub(crate) fn withdrawal_event(
    facts: &Ground<'_>,
    party: Id<id::Party>,
    observations: Vec<Id<id::Observation>>,
) -> Pending {
    pending(facts, party, DossierKey::Party(party), IndicatorEvent::ObservationsWithdrawn { observations })
}
