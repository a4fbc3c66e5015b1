//! 組織簿冊 — one party: its name, what it counts and what it counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chain::Order;
use crate::event::{Authored, Event};
use crate::house_style::HouseStyle;
use crate::id::Id;
use crate::observation::{Correction, Indicator, Observation, Report};
use crate::organisation::Organisation;
use crate::party::PartyKind;
use crate::renamed_divisions::DivisionAnswer;

/// 組織簿冊 — the fold of a party's own events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyDossier {
    pub name: String,
    pub short_name: Option<String>,
    pub kind: Option<PartyKind>,
    pub indicators: BTreeMap<Id<Indicator>, Indicator>,
    pub observations: BTreeMap<Id<Observation>, Observation>,
    /// How its rows are printed.
    #[serde(default)]
    pub house_style: HouseStyle,
    /// One answer for each two names: the last.
    pub division_answers: Vec<DivisionAnswer>,
    /// Its divisions and posts.
    #[serde(default)]
    pub organisation: Organisation,
}

impl PartyDossier {
    /// The only code that changes a party's dossier. What does not fit is left out: it never fails.
    pub(crate) fn apply(&mut self, order: &Order, authored: &Authored) {
        match &authored.event {
            Event::PartyRegistered { name, short_name, kind } => {
                self.name.clone_from(name);
                self.short_name.clone_from(short_name);
                self.kind = Some(*kind);
            }
            Event::IndicatorsDefined { indicators } => self.indicators.extend(indicators.iter().cloned()),
            Event::ObservationsReported { observations } => {
                for reported in observations {
                    let observation = Observation {
                        indicator: reported.indicator,
                        kind: reported.kind,
                        measured: reported.measured.clone(),
                        reported: Report { stated: reported.stated, post: authored.post.clone(), at: order.time },
                        corrections: Vec::new(),
                    };
                    self.observations.entry(reported.observation).or_insert(observation);
                }
            }
            Event::ObservationsWithdrawn { observations } => {
                self.observations.retain(|id, _| !observations.contains(id));
            }
            Event::ObservationCorrected { observation, stated, reason } => {
                if let Some(observation) = self.observations.get_mut(observation) {
                    let report = Report { stated: *stated, post: authored.post.clone(), at: order.time };
                    observation.corrections.push(Correction { report, reason: reason.clone() });
                }
            }
            Event::HouseStyleSet { style } => self.house_style = *style,
            Event::DivisionsIdentified { former, latter, since, same } => {
                self.division_answers.retain(|known| !known.is_about(former, latter));
                self.division_answers.push(DivisionAnswer {
                    former: former.clone(),
                    latter: latter.clone(),
                    since: *since,
                    same: *same,
                    post: authored.post.clone(),
                    at: order.time,
                });
            }
            Event::OrganisationChanged { changes } => {
                changes.iter().for_each(|change| self.organisation.change(change));
            }
            Event::DeputyNamed { deputation, named } => {
                self.organisation.deputations.entry(*deputation).or_insert_with(|| named.clone());
            }
            Event::DeputyEnded { deputation, until } => {
                if let Some(known) = self.organisation.deputations.get_mut(deputation) {
                    known.until = Some(*until);
                }
            }
            _ => {}
        }
    }

    /// What was answered of two names.
    pub fn division_answer(&self, former: &str, latter: &str) -> Option<&DivisionAnswer> {
        self.division_answers.iter().find(|answer| answer.is_about(former, latter))
    }

    /// The indicator of the same definition, where there is one.
    pub fn indicator_like(&self, wanted: &Indicator) -> Option<Id<Indicator>> {
        self.indicators.iter().find(|(_, indicator)| *indicator == wanted).map(|(id, _)| *id)
    }

    /// All observations of an indicator, oldest first.
    pub fn history(&self, indicator: Id<Indicator>) -> Vec<(Id<Observation>, &Observation)> {
        let mut history: Vec<_> = self
            .observations
            .iter()
            .filter(|(_, observation)| observation.indicator == indicator)
            .map(|(id, observation)| (*id, observation))
            .collect();
        history.sort_by_key(|(id, observation)| (observation.measured.as_of.map(|as_of| as_of.last_day()), *id));
        history
    }
}
