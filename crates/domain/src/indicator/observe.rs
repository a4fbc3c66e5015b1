//! 実績値の報告と訂正.

use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::id::{self, Id};

use crate::chain::DossierKey;
use crate::decide::{Decision, pending, unless};
use crate::dossiers::Dossiers;
use crate::facts::Facts;
use crate::indicator::event::{IndicatorEvent, Reported};
use crate::refusal::Refusal;

pub fn report(
    facts: &Facts,
    dossiers: &Dossiers,
    party: Id<id::Party>,
    indicator: Indicator,
    (kind, measured, stated): (FigureKind, Measured, Stated),
) -> Decision {
    let mut refusals = Vec::new();
    let Some(dossier) = dossiers.parties.get(&party) else {
        return Err(vec![Refusal::PartyUnknown { name: party.to_string() }]);
    };
    if indicator.label.trim().is_empty() {
        refusals.push(Refusal::LabelMissing);
    }
    unless(refusals, || {
        let mut events = Vec::new();
        let id = dossier.indicator_like(&indicator).unwrap_or_else(|| {
            let id = facts.id();
            let defined = IndicatorEvent::IndicatorsDefined { indicators: vec![(id, indicator)] };
            events.push(pending(facts, party, DossierKey::Party(party), defined));
            id
        });
        let reported = Reported { observation: facts.id(), indicator: id, kind, measured, stated };
        let event = IndicatorEvent::ObservationsReported { observations: vec![reported] };
        events.push(pending(facts, party, DossierKey::Party(party), event));
        events
    })
}

pub fn correct(
    facts: &Facts,
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
    if reason.trim().is_empty() {
        refusals.push(Refusal::ReasonMissing);
    }
    unless(refusals, || {
        let event = IndicatorEvent::ObservationCorrected { observation, stated, reason };
        vec![pending(facts, party, DossierKey::Party(party), event)]
    })
}
