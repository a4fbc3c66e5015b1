//! 組織簿冊 — one party: its name, what it counts and what it counted.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use renkei_document::counting::Counting;
use renkei_document::figure::Indicator;
use renkei_document::house_style::HouseStyle;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKind;
use renkei_document::wareki::AsOf;
use serde::{Deserialize, Serialize};

use crate::chain::{DossierKey, Order};
use crate::event::{Authored, Event, Reported};
use crate::indicator::{Described, IndicatorDefinition, TargetVersion, Terms};
use crate::observation::{Correction, Observation, Report};
use crate::organisation::{DecidedMeanwhile, Organisation};
use crate::register::Register;
use crate::renamed_divisions::DivisionAnswer;
use crate::shared_map::SharedMap;

/// 組織簿冊 — the fold of a party's own events. A copy shares everything with the dossier that it was made from: a change copies
/// what it changes.
///
/// Invariants, held by `apply` alone: `alike` and `by_indicator` say of `indicators` and `observations` what a look through all
/// of them would find.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyDossier {
    pub name: String,
    pub short_name: Option<String>,
    pub kind: Option<PartyKind>,
    pub indicators: Register<Id<Indicator>, Arc<Indicator>>,
    pub observations: Register<Id<id::Observation>, Arc<Observation>>,
    /// How its rows are printed.
    #[serde(default)]
    pub house_style: HouseStyle,
    /// One answer for each two names: the last.
    pub division_answers: Arc<Vec<DivisionAnswer>>,
    /// Its divisions and posts.
    #[serde(default)]
    pub organisation: Arc<Organisation>,
    /// 代決: what was done in the place of posts whose holders were away, oldest first.
    #[serde(default)]
    pub decided_meanwhile: SharedMap<Order, DecidedMeanwhile>,
    /// Every definition of an indicator, the last one holds.
    #[serde(default)]
    pub described: Register<Id<Indicator>, Vec<Described>>,
    /// Every target that was set.
    #[serde(default)]
    pub targets: Register<Id<Indicator>, Vec<TargetVersion>>,
    /// An indicator that is another name, and of which. No chain of it comes back to itself.
    #[serde(default)]
    pub merged: Register<Id<Indicator>, Id<Indicator>>,
    /// The first indicator of each definition.
    #[serde(default)]
    alike: SharedMap<Indicator, Id<Indicator>>,
    /// The observations of each indicator.
    #[serde(default)]
    by_indicator: Register<Id<Indicator>, Arc<Vec<Id<id::Observation>>>>,
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
            Event::IndicatorsDefined { indicators } => {
                indicators.iter().for_each(|(id, indicator)| self.define(*id, indicator));
            }
            Event::ObservationsReported { observations } => {
                observations.iter().for_each(|reported| self.report(order, &authored.post, reported));
            }
            Event::ObservationsWithdrawn { observations } => {
                for id in observations {
                    if let Some(observation) = self.observations.remove(id) {
                        self.unlist(*id, observation.indicator);
                    }
                }
            }
            Event::ObservationCorrected { observation, stated, reason } => {
                if let Some(observation) = self.observations.get_mut(observation) {
                    let report = Report { stated: *stated, post: authored.post.clone(), at: order.time };
                    Arc::make_mut(observation).corrections.push(Correction { report, reason: reason.clone() });
                }
            }
            Event::HouseStyleSet { style } => self.house_style = *style,
            Event::DivisionsIdentified { former, latter, since, same } => {
                let answers = Arc::make_mut(&mut self.division_answers);
                answers.retain(|known| !known.is_about(former, latter));
                answers.push(DivisionAnswer {
                    former: former.clone(),
                    latter: latter.clone(),
                    since: *since,
                    same: *same,
                    post: authored.post.clone(),
                    at: order.time,
                });
            }
            Event::OrganisationChanged { changes } => {
                let organisation = Arc::make_mut(&mut self.organisation);
                changes.iter().for_each(|change| organisation.change(change));
            }
            Event::DeputyNamed { deputation, named } => {
                Arc::make_mut(&mut self.organisation).deputations.get_or_insert_with(*deputation, || named.clone());
            }
            Event::DeputyEnded { deputation, until } => {
                if let Some(known) = Arc::make_mut(&mut self.organisation).deputations.get_mut(deputation) {
                    known.until = Some(*until);
                }
            }
            Event::AfterReviewed { decided } => self.review(order, &authored.post, decided),
            _ => self.tell_of_indicator(order, authored),
        }
    }

    fn tell_of_indicator(&mut self, order: &Order, authored: &Authored) {
        match &authored.event {
            Event::IndicatorDescribed { indicator, definition } => {
                let definition = (**definition).clone();
                let described = Described { definition, post: authored.post.clone(), at: order.time };
                self.described.get_or_default(*indicator).push(described);
            }
            Event::IndicatorsMerged { kept, same } => same.iter().for_each(|one| self.merge(*kept, *one)),
            Event::IndicatorsParted { indicators } => self.merged.retain(|one, _| !indicators.contains(one)),
            Event::TargetSet { indicator, target } => {
                let version = TargetVersion { target: target.clone(), post: authored.post.clone(), at: order.time };
                self.targets.get_or_default(*indicator).push(version);
            }
            _ => {}
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

    /// Notes what was done in the place of a post, in whatever dossier.
    pub(crate) fn note_meanwhile(&mut self, order: &Order, authored: &Authored) {
        if let Some(post) = &authored.on_behalf_of {
            let decided = DecidedMeanwhile {
                entry: (order.dossier, order.number),
                post: post.clone(),
                by: authored.post.clone(),
                what: authored.event.title().to_owned(),
                at: order.time,
                reviewed: None,
            };
            self.decided_meanwhile.insert(*order, decided);
        }
    }

    fn review(&mut self, order: &Order, post: &str, decided: &[(DossierKey, u64)]) {
        let waits = |known: &DecidedMeanwhile| known.reviewed.is_none() && decided.contains(&known.entry);
        let waiting = self.decided_meanwhile.iter().filter(|(_, known)| waits(known));
        for key in waiting.map(|(key, _)| *key).collect::<Vec<_>>() {
            if let Some(known) = self.decided_meanwhile.get_mut(&key) {
                known.reviewed = Some((post.to_owned(), order.time));
            }
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
            counting: printed.and_then(|printed| Counting::said_by(printed)),
            unit: printed.and_then(|printed| printed.unit.as_deref()),
            scope: printed.and_then(|printed| printed.scope.as_deref()),
        }
    }

    /// All names of one indicator: those merged into it, the first defined first, and itself last.
    pub fn names_of(&self, indicator: Id<Indicator>) -> Vec<Id<Indicator>> {
        let meant = self.indicator_meant(indicator);
        self.names().remove(&meant).unwrap_or_else(|| vec![meant])
    }

    /// All names of each indicator into which others are merged: those, the first defined first, and itself last.
    pub fn names(&self) -> HashMap<Id<Indicator>, Vec<Id<Indicator>>> {
        let mut merged: Vec<_> = self.merged.keys().copied().collect();
        merged.sort_by_key(|one| self.indicators.place(one));
        let mut names: HashMap<_, Vec<_>> = HashMap::new();
        merged.into_iter().for_each(|one| names.entry(self.indicator_meant(one)).or_default().push(one));
        names.iter_mut().for_each(|(meant, names)| names.push(*meant));
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

    /// The first indicator of this definition, where there is one.
    pub fn indicator_like(&self, wanted: &Indicator) -> Option<Id<Indicator>> {
        self.alike.get(wanted).copied()
    }

    /// All observations of an indicator, oldest first.
    pub fn history(&self, indicator: Id<Indicator>) -> Vec<(Id<id::Observation>, &Arc<Observation>)> {
        let mut history: Vec<_> =
            self.observations_of(indicator).filter_map(|id| Some((id, self.observations.get(&id)?))).collect();
        history.sort_by_key(|(id, observation)| {
            (observation.measured.as_of.map(|as_of| as_of.last_day()), self.observations.place(id))
        });
        history
    }

    /// The observations of an indicator under this very name.
    pub(crate) fn observations_of(&self, indicator: Id<Indicator>) -> impl Iterator<Item = Id<id::Observation>> {
        self.by_indicator.get(&indicator).into_iter().flat_map(|listed| listed.iter().copied())
    }
}
