//! 指標の反映 — how events change a party's indicators and values. The fold ignores an event that does not fit the current
//! state; it never fails.

use std::sync::Arc;

use renkei_document::figure::Indicator;
use renkei_document::id::{self, Id};

use crate::indicator::event::{IndicatorEvent, Reported};
use crate::indicator::observation::{Correction, Observation, Report};
use crate::indicator::{Described, TargetVersion};
use crate::record::chain::Order;
use crate::record::party_dossier::PartyDossier;

impl PartyDossier {
    pub(crate) fn fold_indicator(&mut self, order: &Order, post: &str, event: &IndicatorEvent) {
        match event {
            IndicatorEvent::IndicatorsDefined { indicators } => {
                indicators.iter().for_each(|(id, indicator)| self.define(*id, indicator));
            }
            IndicatorEvent::ObservationsReported { observations } => {
                observations.iter().for_each(|reported| self.report(order, post, reported));
            }
            IndicatorEvent::ObservationsWithdrawn { observations } => {
                for id in observations {
                    if let Some(observation) = self.observations.remove(id) {
                        self.unlist(*id, observation.indicator);
                    }
                }
            }
            IndicatorEvent::ObservationCorrected { observation, stated, reason } => {
                if let Some(observation) = self.observations.get_mut(observation) {
                    let report = Report { stated: *stated, post: post.to_owned(), at: order.time };
                    Arc::make_mut(observation).corrections.push(Correction { report, reason: reason.clone() });
                }
            }
            IndicatorEvent::IndicatorDescribed { indicator, definition } => {
                let definition = (**definition).clone();
                let described = Described { definition, post: post.to_owned(), at: order.time };
                self.described.get_or_default(*indicator).push(described);
            }
            IndicatorEvent::IndicatorsMerged { kept, same } => same.iter().for_each(|one| self.merge(*kept, *one)),
            IndicatorEvent::IndicatorsParted { indicators } => self.merged.retain(|one, _| !indicators.contains(one)),
            IndicatorEvent::TargetSet { indicator, target } => {
                let version = TargetVersion { target: target.clone(), post: post.to_owned(), at: order.time };
                self.targets.get_or_default(*indicator).push(version);
            }
        }
    }

    fn define(&mut self, id: Id<Indicator>, indicator: &Indicator) {
        let before = self.indicators.insert(id, Arc::new(indicator.clone()));
        if let Some(before) = before.filter(|before| self.alike.get(before) == Some(&id)) {
            self.alike.remove(&before);
        }
        self.alike.get_or_insert_with(indicator, || id);
    }

    fn report(&mut self, order: &Order, post: &str, reported: &Reported) {
        if self.observations.contains_key(&reported.observation) {
            return;
        }
        let observation = Observation {
            indicator: reported.indicator,
            kind: reported.kind,
            measured: reported.measured.clone(),
            reported: Report { stated: reported.stated, post: post.to_owned(), at: order.time },
            corrections: Vec::new(),
        };
        self.observations.insert(reported.observation, Arc::new(observation));
        Arc::make_mut(self.by_indicator.get_or_default(reported.indicator)).push(reported.observation);
    }

    fn unlist(&mut self, observation: Id<id::Observation>, indicator: Id<Indicator>) {
        let Some(listed) = self.by_indicator.get_mut(&indicator).map(Arc::make_mut) else { return };
        listed.retain(|known| *known != observation);
        if listed.is_empty() {
            self.by_indicator.remove(&indicator);
        }
    }

    /// Follows earlier merges of both indicators to the end and merges the results, so that no cycle can arise.
    fn merge(&mut self, kept: Id<Indicator>, one: Id<Indicator>) {
        let (kept, one) = (self.indicator_meant(kept), self.indicator_meant(one));
        if kept != one {
            self.merged.insert(one, kept);
        }
    }
}
