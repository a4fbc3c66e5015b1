//! 組織簿冊 — one party: its name, its indicators and its values.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use renkei_document::counting::Counting;
use renkei_document::figure::Indicator;
use renkei_document::house_style::HouseStyle;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKind;
use renkei_document::wareki::AsOf;
use serde::{Deserialize, Serialize};

use crate::event::{Authored, Event};
use crate::indicator::observation::Observation;
use crate::indicator::{Described, IndicatorDefinition, TargetVersion, Terms};
use crate::organisation::division_names::DivisionAnswer;
use crate::organisation::{DecidedMeanwhile, Organisation};
use crate::record::chain::Order;
use crate::record::register::Register;
use crate::record::shared_map::SharedMap;

/// 組織簿冊 — the fold of a party's own events. A copy shares all data with its original; a change copies only the changed
/// part.
///
/// The folds of the slices keep this invariant: `alike` and `by_indicator` contain what a search through all
/// `indicators` and `observations` would find.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyDossier {
    pub name: String,
    pub short_name: Option<String>,
    pub kind: Option<PartyKind>,
    pub indicators: Register<Id<Indicator>, Arc<Indicator>>,
    pub observations: Register<Id<id::Observation>, Arc<Observation>>,
    /// The style in which the party's rows are printed.
    #[serde(default)]
    pub house_style: HouseStyle,
    /// For each pair of division names, the party's last answer whether both name one division.
    pub division_answers: Arc<Vec<DivisionAnswer>>,
    /// The party's divisions and posts.
    #[serde(default)]
    pub organisation: Arc<Organisation>,
    /// 代決: the decisions that deputies made for posts whose holders were absent, oldest first.
    #[serde(default)]
    pub decided_meanwhile: SharedMap<Order, DecidedMeanwhile>,
    /// Every definition of an indicator; the last one is in effect.
    #[serde(default)]
    pub described: Register<Id<Indicator>, Vec<Described>>,
    /// Every target that was set.
    #[serde(default)]
    pub targets: Register<Id<Indicator>, Vec<TargetVersion>>,
    /// Maps a merged indicator to the indicator that it was merged into, which can itself be merged. There are no
    /// cycles.
    #[serde(default)]
    pub merged: Register<Id<Indicator>, Id<Indicator>>,
    /// The first indicator with each printed definition.
    #[serde(default)]
    pub(crate) alike: SharedMap<Indicator, Id<Indicator>>,
    /// The observations of each indicator.
    #[serde(default)]
    pub(crate) by_indicator: Register<Id<Indicator>, Arc<Vec<Id<id::Observation>>>>,
}

impl PartyDossier {
    /// Folds an event of the party's own chain. It never fails: an event that does not fit is ignored.
    pub(crate) fn apply(&mut self, order: &Order, authored: &Authored) {
        match &authored.event {
            Event::Agreement(event) => self.fold_registration(event),
            Event::Indicator(event) => self.fold_indicator(order, &authored.post, event),
            Event::Organisation(event) => self.fold_organisation(order, &authored.post, event),
            Event::Evidence(_) | Event::Plan(_) | Event::Edition(_) | Event::SharedFact(_) => {}
        }
    }

    /// Records a decision that a deputy made for a post, in any dossier.
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

    /// Returns the indicator that this one was finally merged into; if it is not merged, the indicator itself.
    pub fn indicator_meant(&self, indicator: Id<Indicator>) -> Id<Indicator> {
        let mut meant = indicator;
        while let Some(kept) = self.merged.get(&meant) {
            meant = *kept;
        }
        meant
    }

    /// Returns the current definition.
    pub fn definition(&self, indicator: Id<Indicator>) -> Option<&IndicatorDefinition> {
        let versions = self.described.get(&self.indicator_meant(indicator));
        versions.and_then(|versions| versions.last()).map(|last| &last.definition)
    }

    /// Returns the properties that decide whether values of an indicator may be added. Unit and scope are taken as
    /// printed, otherwise from the definition; the way of counting from the definition, otherwise as printed. Only the
    /// definition says whether values add up.
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

    /// Returns these properties from the printed words of an indicator alone, without its definition.
    pub fn terms_as_printed(&self, id: Id<Indicator>) -> Terms<'_> {
        let printed = self.indicators.get(&id);
        Terms {
            adds_up: None,
            counting: printed.and_then(|printed| Counting::said_by(printed)),
            unit: printed.and_then(|printed| printed.unit.as_deref()),
            scope: printed.and_then(|printed| printed.scope.as_deref()),
        }
    }

    /// Returns all names of one indicator: the indicators merged into it, oldest first, then the indicator itself.
    pub fn names_of(&self, indicator: Id<Indicator>) -> Vec<Id<Indicator>> {
        let meant = self.indicator_meant(indicator);
        self.names().remove(&meant).unwrap_or_else(|| vec![meant])
    }

    /// For each indicator that others were merged into, returns all its names: the merged indicators, oldest first,
    /// then the indicator itself.
    pub fn names(&self) -> HashMap<Id<Indicator>, Vec<Id<Indicator>>> {
        let mut merged: Vec<_> = self.merged.keys().copied().collect();
        merged.sort_by_key(|one| self.indicators.place(one));
        let mut names: HashMap<_, Vec<_>> = HashMap::new();
        merged.into_iter().for_each(|one| names.entry(self.indicator_meant(one)).or_default().push(one));
        names.iter_mut().for_each(|(meant, names)| names.push(*meant));
        names
    }

    /// Returns the targets in effect for an indicator with these names, by date.
    pub fn targets_of(&self, names: &[Id<Indicator>]) -> Vec<&TargetVersion> {
        let versions = names.iter().filter_map(|name| self.targets.get(name)).flatten();
        let mut versions: Vec<&TargetVersion> = versions.collect();
        versions.sort_by_key(|known| known.at);
        let last: BTreeMap<AsOf, &TargetVersion> = versions.into_iter().map(|known| (known.target.by, known)).collect();
        last.into_values().filter(|known| known.target.value.is_some()).collect()
    }

    /// Returns the party's last answer whether these two division names mean one division; `None` if it has not
    /// answered.
    pub fn division_answer(&self, former: &str, latter: &str) -> Option<&DivisionAnswer> {
        self.division_answers.iter().find(|answer| answer.is_about(former, latter))
    }

    /// Returns the first indicator with this printed definition, if any.
    pub fn indicator_like(&self, wanted: &Indicator) -> Option<Id<Indicator>> {
        self.alike.get(wanted).copied()
    }

    /// Returns all observations of an indicator, oldest first.
    pub fn history(&self, indicator: Id<Indicator>) -> Vec<(Id<id::Observation>, &Arc<Observation>)> {
        let mut history: Vec<_> =
            self.observations_of(indicator).filter_map(|id| Some((id, self.observations.get(&id)?))).collect();
        history.sort_by_key(|(id, observation)| {
            (observation.measured.as_of.map(|as_of| as_of.last_day()), self.observations.place(id))
        });
        history
    }

    /// Returns the observations recorded for exactly this indicator, without those of indicators merged into it.
    pub(crate) fn observations_of(&self, indicator: Id<Indicator>) -> impl Iterator<Item = Id<id::Observation>> {
        self.by_indicator.get(&indicator).into_iter().flat_map(|listed| listed.iter().copied())
    }
}
