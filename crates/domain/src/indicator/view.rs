//! 指標の閲覧 — the parties' indicators, as far as the viewer may know them: all indicators of the viewer's own party, and
//! the indicators of another party that occur in a shown row.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use renkei_document::figure::Indicator;
use renkei_document::id::{self, Id, Place};

use crate::indicator::observation::Observation;
use crate::indicator::{Described, IndicatorDefinition, TargetVersion, Terms};
use crate::record::party_dossier::PartyDossier;
use crate::view::reads::PartOfAgreement;
use crate::view::{AgreementView, ObservationView};

/// 指標の一覧 — the indicators of an agreement's parties, and the rows that contain their values.
#[derive(Debug, Clone)]
pub struct Indicators<'a> {
    /// The view that records reads. Taking one indicator from the list is recorded as a read of this indicator only.
    view: AgreementView<'a>,
    all: Vec<IndicatorView<'a>>,
    by_name: HashMap<Id<Indicator>, usize>,
    by_observation: HashMap<Id<id::Observation>, usize>,
}

/// 指標の閲覧 — one indicator under all its names that the viewer may know.
#[derive(Debug, Clone)]
pub struct IndicatorView<'a> {
    pub id: Id<Indicator>,
    pub party: Id<id::Party>,
    /// Position among the indicators of its party, in the order of definition.
    pub place: Place,
    /// The indicator as read from documents.
    pub printed: &'a Arc<Indicator>,
    /// The other names (ids) that refer to this indicator.
    pub names: Vec<(Id<Indicator>, &'a Arc<Indicator>)>,
    /// All definitions, the current one last. Other parties see a version only if it changes something that they may
    /// read.
    pub described: Vec<&'a Described>,
    /// The targets in effect, by date.
    pub targets: Vec<&'a TargetVersion>,
    /// The observations, oldest first.
    pub observations: Vec<ObservationView<'a>>,
    /// The rows that print the indicator; rows with its newest value come first.
    pub rows: Vec<Id<id::Initiative>>,
    /// Whether the viewer belongs to the indicator's party. Only then may the viewer see 出典, 算出方法 and 注意.
    pub is_own: bool,
    terms: Terms<'a>,
}

impl<'a> Indicators<'a> {
    pub fn iter(&self) -> impl Iterator<Item = &IndicatorView<'a>> {
        self.view.read(PartOfAgreement::Indicators, |agreement| {
            agreement.indicators().all.iter().map(HeldIndicator::of).collect::<Vec<_>>()
        });
        self.all.iter()
    }

    /// Returns the indicator that has this name.
    pub fn of(&self, name: Id<Indicator>) -> Option<&IndicatorView<'a>> {
        self.view.read(PartOfAgreement::Indicator(name), move |agreement| {
            agreement.indicator(name).as_ref().map(HeldIndicator::of)
        });
        self.by_name.get(&name).and_then(|place| self.all.get(*place))
    }

    /// Returns the indicator of an observation.
    pub fn counting(&self, observation: Id<id::Observation>) -> Option<&IndicatorView<'a>> {
        self.view.read(PartOfAgreement::Counting(observation), move |agreement| {
            agreement.counting(observation).as_ref().map(HeldIndicator::of)
        });
        self.by_observation.get(&observation).and_then(|place| self.all.get(*place))
    }

    /// Returns an observation by its id.
    pub fn observation(&self, id: Id<id::Observation>) -> Option<ObservationView<'a>> {
        self.counting(id)?.observations.iter().find(|known| known.id == id).copied()
    }
}

/// The data of an indicator that a viewer has read, stored for later comparison.
#[derive(PartialEq)]
struct HeldIndicator {
    id: Id<Indicator>,
    party: Id<id::Party>,
    printed: Arc<Indicator>,
    names: Vec<(Id<Indicator>, Arc<Indicator>)>,
    described: Vec<Described>,
    targets: Vec<TargetVersion>,
    observations: Vec<(Id<id::Observation>, Arc<Observation>, Arc<Indicator>)>,
    rows: Vec<Id<id::Initiative>>,
    is_own: bool,
}

impl HeldIndicator {
    fn of(view: &IndicatorView<'_>) -> Self {
        let IndicatorView {
            id,
            party,
            printed,
            names,
            described,
            targets,
            observations,
            rows,
            is_own,
            terms: _,
            place: _,
        } = view;
        let held = |seen: &ObservationView<'_>| (seen.id, Arc::clone(seen.observation), Arc::clone(seen.indicator));
        Self {
            id: *id,
            party: *party,
            printed: Arc::clone(printed),
            names: names.iter().map(|(id, name)| (*id, Arc::clone(name))).collect(),
            described: described.iter().copied().cloned().collect(),
            targets: targets.iter().copied().cloned().collect(),
            observations: observations.iter().map(held).collect(),
            rows: rows.clone(),
            is_own: *is_own,
        }
    }
}

impl<'a> IndicatorView<'a> {
    /// Returns the current definition.
    pub fn definition(&self) -> Option<&'a IndicatorDefinition> {
        self.described.last().map(|last| &last.definition)
    }

    /// Returns the properties that decide whether its values may be added.
    pub fn terms(&self) -> Terms<'a> {
        self.terms
    }

    /// Returns the newest observation.
    pub fn newest(&self) -> Option<&ObservationView<'a>> {
        self.observations.last()
    }

    /// Returns the divisions responsible for the indicator: the division in its definition, otherwise the divisions of
    /// the newest row that prints the indicator.
    pub fn keepers(&self, agreement: AgreementView<'a>) -> Vec<&'a str> {
        if let Some(definition) = self.definition().filter(|definition| !definition.division.is_empty()) {
            return vec![&definition.division];
        }
        let newest = self.rows.first().and_then(|row| agreement.visible(*row));
        newest.map(|row| row.wording.divisions.iter().map(String::as_str).collect()).unwrap_or_default()
    }
}

impl<'a> AgreementView<'a> {
    /// Returns the parties' indicators, by party and then by name. Each indicator is recorded as read only when it is
    /// taken from the list.
    pub fn indicators(self) -> Indicators<'a> {
        let (all, by_name, by_observation) = Default::default();
        let mut indicators = Indicators { view: self, all, by_name, by_observation };
        for party in &self.agreement.parties {
            let Some(dossier) = self.party(party.id) else { continue };
            let names = dossier.names();
            let known = dossier.indicators.keys().chain(dossier.described.keys());
            let meant = known.map(|name| dossier.indicator_meant(*name));
            let mut once = HashSet::new();
            indicators.all.extend(meant.filter(|meant| once.insert(*meant)).filter_map(|meant| {
                self.known_as((party.id, dossier), names.get(&meant).cloned().unwrap_or_else(|| vec![meant]))
            }));
        }
        let place = |view: &IndicatorView<'_>| self.agreement.parties.iter().position(|p| p.id == view.party);
        indicators.all.sort_by(|one, other| {
            (place(one), one.printed, one.place).cmp(&(place(other), other.printed, other.place))
        });
        for (place, view) in indicators.all.iter().enumerate() {
            indicators.by_name.extend(view.names.iter().map(|(name, _)| (*name, place)).chain([(view.id, place)]));
            indicators.by_observation.extend(view.observations.iter().map(|seen| (seen.id, place)));
        }
        indicators
    }

    /// Returns the indicator that has a name.
    pub(crate) fn indicator(self, name: Id<Indicator>) -> Option<IndicatorView<'a>> {
        let mut parties = self.agreement.parties.iter().filter_map(|party| Some((party.id, self.party(party.id)?)));
        let (party, dossier) = parties.find(|(_, dossier)| dossier.indicators.contains_key(&name))?;
        let found = self.known_as((party, dossier), dossier.names_of(name))?;
        (found.id == name || found.names.iter().any(|(known, _)| *known == name)).then_some(found)
    }

    /// Returns the indicator of an observation.
    pub(crate) fn counting(self, id: Id<id::Observation>) -> Option<IndicatorView<'a>> {
        let mut parties = self.agreement.parties.iter();
        let observation = parties.find_map(|party| self.party(party.id)?.observations.get(&id))?;
        let found = self.indicator(observation.indicator)?;
        found.observations.iter().any(|seen| seen.id == id).then_some(found)
    }

    /// Returns the indicator that has a name, and records that it is read.
    pub(crate) fn indicator_named(self, name: Id<Indicator>) -> Option<IndicatorView<'a>> {
        self.read(PartOfAgreement::Indicator(name), move |agreement| {
            agreement.indicator(name).as_ref().map(HeldIndicator::of)
        });
        self.indicator(name)
    }

    /// Returns the indicator of an observation, and records that it is read.
    pub(crate) fn indicator_counting(self, id: Id<id::Observation>) -> Option<IndicatorView<'a>> {
        self.read(PartOfAgreement::Counting(id), move |agreement| {
            agreement.counting(id).as_ref().map(HeldIndicator::of)
        });
        self.counting(id)
    }

    /// Returns the indicator that has these names, as far as the viewer may know it. The last name is the one that the
    /// others were merged into. Only names with a value that the viewer may see are included.
    fn known_as(
        self,
        (party, dossier): (Id<id::Party>, &'a PartyDossier),
        names: Vec<Id<Indicator>>,
    ) -> Option<IndicatorView<'a>> {
        let is_own = self.view.reads_drafts_of(party);
        let is_shown = |id: &Id<id::Observation>| is_own || self.rows_with(*id).next().is_some();
        let all = names.iter().flat_map(|name| dossier.observations_of(*name)).filter(is_shown);
        let seen = all.filter_map(|id| {
            let observation = dossier.observations.get(&id)?;
            let indicator = dossier.indicators.get(&observation.indicator)?;
            Some(ObservationView { id, party, indicator_id: observation.indicator, indicator, observation })
        });
        let seen: Vec<_> = seen.collect();
        let is_described = is_own && names.iter().any(|name| dossier.described.contains_key(name));
        if seen.is_empty() && !is_described {
            return None;
        }
        let view = one(dossier, names, (party, is_own), seen)?;
        Some(IndicatorView { rows: self.rows_printing(&view.observations), ..view })
    }
}

/// Builds the indicator that has these names; the other names were merged into the last one.
fn one<'a>(
    dossier: &'a PartyDossier,
    mut names: Vec<Id<Indicator>>,
    (party, is_own): (Id<id::Party>, bool),
    mut observations: Vec<ObservationView<'a>>,
) -> Option<IndicatorView<'a>> {
    let meant = *names.last()?;
    let shown: HashSet<Id<Indicator>> = observations.iter().map(|seen| seen.indicator_id).collect();
    names.retain(|name| is_own || shown.contains(name));
    // The last name is the one that the others were merged into, if the viewer knows it.
    let id = names.pop()?;
    observations.sort_by_key(|seen| {
        let measured = &seen.observation.measured;
        let when = measured.as_of.map(|as_of| as_of.last_day()).or(measured.period.map(|period| period.to));
        let when = when.or(measured.event_dates.iter().map(|day| day.last_day()).max());
        (when, dossier.observations.place(&seen.id))
    });
    let known = |name: &Id<Indicator>| Some((*name, dossier.indicators.get(name)?));
    let targets = dossier.targets_of(&[names.as_slice(), &[id]].concat());
    let (mut described, terms): (Vec<&Described>, _) = if id == meant {
        (dossier.described.get(&id).into_iter().flatten().collect(), dossier.terms_of(id))
    } else {
        (Vec::new(), dossier.terms_as_printed(id))
    };
    if !is_own {
        described.dedup_by(|next, before| next.definition.says_to_others_what(&before.definition));
    }
    Some(IndicatorView {
        id,
        party,
        place: dossier.indicators.place(&id)?,
        printed: dossier.indicators.get(&id)?,
        names: names.iter().filter_map(known).collect(),
        described,
        targets,
        observations,
        rows: Vec::new(),
        is_own,
        terms,
    })
}
