//! 組織簿冊 — one party: its name, what it counts and what it counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chain::Order;
use crate::event::{Authored, Event};
use crate::house_style::HouseStyle;
use crate::id::Id;
use crate::indicator::{Counting, Described, IndicatorDefinition, TargetVersion, Terms};
use crate::observation::{Correction, Indicator, Observation, Report};
use crate::organisation::{DecidedMeanwhile, Organisation};
use crate::party::PartyKind;
use crate::renamed_divisions::DivisionAnswer;
use crate::wareki::AsOf;

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
    /// 代決: what was done in the place of posts whose holders were away, oldest first.
    #[serde(default)]
    pub decided_meanwhile: Vec<DecidedMeanwhile>,
    /// Every definition of an indicator, the last one holds.
    #[serde(default)]
    pub described: BTreeMap<Id<Indicator>, Vec<Described>>,
    /// Every target that was set.
    #[serde(default)]
    pub targets: BTreeMap<Id<Indicator>, Vec<TargetVersion>>,
    /// An indicator that is another name, and of which. No chain of it comes back to itself.
    #[serde(default)]
    pub merged: BTreeMap<Id<Indicator>, Id<Indicator>>,
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
            Event::AfterReviewed { decided } => {
                let waiting = self.decided_meanwhile.iter_mut().filter(|known| known.reviewed.is_none());
                for known in waiting.filter(|known| decided.contains(&known.entry)) {
                    known.reviewed = Some((authored.post.clone(), order.time));
                }
            }
            _ => self.tell_of_indicator(order, authored),
        }
    }

    fn tell_of_indicator(&mut self, order: &Order, authored: &Authored) {
        match &authored.event {
            Event::IndicatorDescribed { indicator, definition } => {
                let definition = (**definition).clone();
                let described = Described { definition, post: authored.post.clone(), at: order.time };
                self.described.entry(*indicator).or_default().push(described);
            }
            Event::IndicatorsMerged { kept, same } => same.iter().for_each(|one| self.merge(*kept, *one)),
            Event::IndicatorsParted { indicators } => self.merged.retain(|one, _| !indicators.contains(one)),
            Event::TargetSet { indicator, target } => {
                let version = TargetVersion { target: target.clone(), post: authored.post.clone(), at: order.time };
                self.targets.entry(*indicator).or_default().push(version);
            }
            _ => {}
        }
    }

    /// Notes what was done in the place of a post, in whatever dossier.
    pub(crate) fn note_meanwhile(&mut self, order: &Order, authored: &Authored) {
        if let Some(post) = &authored.on_behalf_of {
            self.decided_meanwhile.push(DecidedMeanwhile {
                entry: (order.dossier, order.number),
                post: post.clone(),
                by: authored.post.clone(),
                what: authored.event.title().to_owned(),
                at: order.time,
                reviewed: None,
            });
        }
    }

    /// Makes one indicator another name of `kept`: the last of each chain of names, so none ever comes back to itself.
    fn merge(&mut self, kept: Id<Indicator>, one: Id<Indicator>) {
        let (kept, one) = (self.indicator_meant(kept), self.indicator_meant(one));
        if kept != one {
            self.merged.insert(one, kept);
        }
    }

    /// The indicator that this one is another name of, or itself.
    pub fn indicator_meant(&self, indicator: Id<Indicator>) -> Id<Indicator> {
        let mut meant = indicator;
        while let Some(kept) = self.merged.get(&meant) {
            meant = *kept;
        }
        meant
    }

    /// The definition that holds.
    pub fn definition(&self, indicator: Id<Indicator>) -> Option<&IndicatorDefinition> {
        let versions = self.described.get(&self.indicator_meant(indicator));
        versions.and_then(|versions| versions.last()).map(|last| &last.definition)
    }

    /// What decides whether values of an indicator may be added: as it was printed, and as its definition says where that is
    /// silent.
    pub fn terms_of(&self, id: Id<Indicator>) -> Terms<'_> {
        let printed = self.terms_as_printed(id);
        let Some(definition) = self.definition(id) else { return printed };
        Terms {
            adds_up: definition.adds_up,
            counting: definition.counting.or(printed.counting),
            unit: printed.unit.or(definition.unit.as_deref()),
            scope: printed.scope.or(definition.scope.as_deref()),
        }
    }

    /// What the words of an indicator alone say.
    pub fn terms_as_printed(&self, id: Id<Indicator>) -> Terms<'_> {
        let printed = self.indicators.get(&id);
        Terms {
            adds_up: None,
            counting: printed.and_then(Counting::said_by),
            unit: printed.and_then(|printed| printed.unit.as_deref()),
            scope: printed.and_then(|printed| printed.scope.as_deref()),
        }
    }

    /// All names of one indicator: those merged into it, and itself last.
    pub fn names_of(&self, indicator: Id<Indicator>) -> Vec<Id<Indicator>> {
        let meant = self.indicator_meant(indicator);
        let mut names: Vec<_> = self.merged.keys().copied().filter(|one| self.indicator_meant(*one) == meant).collect();
        names.push(meant);
        names
    }

    /// The targets that hold for an indicator of these names, by their dates.
    pub fn targets_of(&self, names: &[Id<Indicator>]) -> Vec<&TargetVersion> {
        let versions = names.iter().filter_map(|name| self.targets.get(name)).flatten();
        let mut versions: Vec<&TargetVersion> = versions.collect();
        versions.sort_by_key(|known| known.at);
        let last: BTreeMap<AsOf, &TargetVersion> = versions.into_iter().map(|known| (known.target.by, known)).collect();
        last.into_values().filter(|known| known.target.value.is_some()).collect()
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
