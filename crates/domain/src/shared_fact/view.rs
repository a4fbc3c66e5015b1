//! 共通実績の閲覧 — a shared fact is visible only if the viewer may know each of its reports; otherwise it is hidden entirely.

use std::collections::BTreeMap;
use std::sync::Arc;

use renkei_document::as_of::{Measure, Time};
use renkei_document::checks::KnownFacts;
use renkei_document::figure::Stated;
use renkei_document::id::{self, Id, Place};

use crate::indicator::view::{IndicatorView, Indicators};
use crate::record::register::Register;
use crate::shared_fact::{Explanation, FactMember, Reporting, SharedFact, are_same, each_once};
use crate::view::reads::PartOfAgreement;
use crate::view::{AgreementView, ObservationView};

/// 共通実績の閲覧 — a fact with its reports and their current values.
#[derive(Debug, Clone)]
pub struct FactView<'a> {
    pub id: Id<id::SharedFact>,
    pub fact: &'a SharedFact,
    pub reports: Vec<FactReport<'a>>,
}

/// 共通実績の報告 — one member with its indicator and values.
#[derive(Debug, Clone)]
pub struct FactReport<'a> {
    pub member: FactMember,
    pub indicator: IndicatorView<'a>,
    pub observations: Vec<ObservationView<'a>>,
}

impl<'a> AgreementView<'a> {
    /// Returns the facts that are not withdrawn and whose reports the viewer may all know, oldest first.
    pub fn shared_facts(self, indicators: &Indicators<'a>) -> Vec<FactView<'a>> {
        self.read_facts();
        let standing = self.dossier.shared_facts.iter().filter(|(_, fact)| fact.withdrawn.is_none());
        let seen = standing.filter_map(|(id, fact)| {
            let reports = fact.members.iter().map(|member| report(*member, indicators)).collect::<Option<Vec<_>>>()?;
            Some(FactView { id: *id, fact, reports })
        });
        seen.collect()
    }

    /// Whether any fact was ever stated; if not, callers need not look up anything.
    pub fn has_shared_facts(self) -> bool {
        self.read_facts();
        !self.dossier.shared_facts.is_empty()
    }

    /// Records that the facts which the viewer may know are read. Other facts are left out, because the viewer must not
    /// learn of them.
    fn read_facts(self) {
        self.read(PartOfAgreement::Facts, |agreement| {
            let standing = agreement.dossier.shared_facts.iter().filter(|(_, fact)| fact.withdrawn.is_none());
            let known = |fact: &SharedFact| fact.members.iter().all(|member| agreement.knows(member));
            standing.filter(|(_, fact)| known(fact)).map(|(id, fact)| (*id, Arc::clone(fact))).collect::<Vec<_>>()
        });
    }

    fn knows(self, member: &FactMember) -> bool {
        let found = match member.of {
            Reporting::Indicator(id) => self.indicator(id),
            Reporting::Observation(id) => self.counting(id),
        };
        found.is_some_and(|found| found.party == member.party)
    }

    /// Returns the shared facts that both parties agreed to and that the viewer may know. The checks use them to find
    /// figures that report the same fact.
    pub(crate) fn known_facts(self) -> KnownFacts {
        let mut known = KnownFacts::default();
        if !self.has_shared_facts() {
            return known;
        }
        let facts = self.shared_facts(&self.indicators());
        for fact in facts.iter().filter(|fact| fact.fact.is_agreed()) {
            let reports = fact.reports.iter().flat_map(|report| &report.observations);
            known.fact_of.extend(reports.map(|seen| (seen.id, fact.id)));
            if !fact.is_explained() {
                let differences = fact.differences().into_iter();
                known.differing.extend(differences.map(|(one, other)| (fact.fact.name.clone(), one.id, other.id)));
            }
        }
        known
    }

    /// Returns the members of a fact without duplicates, in a fixed order: by party; within a party, indicators before
    /// single values; then oldest first.
    pub fn in_order(self, members: &[FactMember]) -> Vec<FactMember> {
        let mut members = each_once(members.iter().copied());
        members.sort_by_key(|member| {
            let party = self.party(member.party);
            let place = match member.of {
                Reporting::Indicator(id) => (0, party.and_then(|party| party.indicators.place(&id))),
                Reporting::Observation(id) => (1, party.and_then(|party| party.observations.place(&id))),
            };
            (self.view.dossiers.parties.place(&member.party), place)
        });
        members
    }

    /// Converts an observation to the type that adding and comparing use.
    pub fn measure(self, indicator: &IndicatorView<'a>, seen: &ObservationView<'a>, facts: &[FactView<'a>]) -> Measure {
        let terms = indicator.terms();
        let agreed = |fact: &&FactView<'a>| fact.fact.is_agreed();
        let fact = facts.iter().filter(agreed).find(|fact| fact.reports(seen.id)).map(|fact| fact.id);
        Measure {
            observation: seen.id,
            indicator: indicator.id,
            party: seen.party,
            place: self.place_of(seen).unwrap_or_default(),
            label: seen.indicator.label.clone(),
            kind: seen.observation.kind,
            stated: seen.observation.current(),
            unit: seen.indicator.unit.clone().or_else(|| terms.unit.map(str::to_owned)),
            adds_up: terms.adds_up,
            counting: terms.counting,
            time: Time::of(&seen.observation.measured, seen.indicator, terms.adds_up),
            scope: seen.indicator.scope.clone().or_else(|| terms.scope.map(str::to_owned)),
            fact,
        }
    }
}

impl Indicators<'_> {
    /// Whether the viewer may know a report.
    pub(crate) fn knows(&self, member: &FactMember) -> bool {
        let found = match member.of {
            Reporting::Indicator(id) => self.of(id),
            Reporting::Observation(id) => self.counting(id),
        };
        found.is_some_and(|found| found.party == member.party)
    }
}

impl AgreementView<'_> {
    /// Returns the position of an observation among those of all parties.
    fn place_of(self, seen: &ObservationView<'_>) -> Option<(Place, Place)> {
        let of_party = self.party(seen.party)?.observations.place(&seen.id)?;
        Some((self.view.dossiers.parties.place(&seen.party)?, of_party))
    }
}

fn report<'a>(member: FactMember, indicators: &Indicators<'a>) -> Option<FactReport<'a>> {
    let (indicator, observations) = match member.of {
        Reporting::Indicator(id) => {
            let indicator = indicators.of(id)?;
            (indicator, indicator.observations.clone())
        }
        Reporting::Observation(id) => (indicators.counting(id)?, vec![indicators.observation(id)?]),
    };
    (indicator.party == member.party).then(|| FactReport { member, indicator: indicator.clone(), observations })
}

impl<'a> FactView<'a> {
    /// Whether an observation is one of the fact's reports.
    pub fn reports(&self, observation: Id<id::Observation>) -> bool {
        self.reports.iter().flat_map(|report| &report.observations).any(|seen| seen.id == observation)
    }

    pub fn says(&self, name: &str, members: &[FactMember]) -> bool {
        self.fact.name == name && are_same(&self.fact.members, members)
    }

    /// Returns the pairs of reports of the same time that differ, explained or not. If all members are single values,
    /// times are ignored, because the parties declared these values to be one fact.
    pub fn differences(&self) -> Vec<(ObservationView<'a>, ObservationView<'a>)> {
        let mut first: BTreeMap<Option<Time>, (usize, ObservationView<'a>)> = BTreeMap::new();
        let of_times = self.reports.iter().any(|report| matches!(report.member.of, Reporting::Indicator(_)));
        let mut found = Vec::new();
        for (place, report) in self.reports.iter().enumerate() {
            for seen in &report.observations {
                let adds_up = report.indicator.terms().adds_up;
                let time = of_times.then(|| Time::of(&seen.observation.measured, seen.indicator, adds_up));
                let (known_in, known) = *first.entry(time).or_insert((place, *seen));
                if known_in != place && !known.observation.current().says_the_same_as(&seen.observation.current()) {
                    found.push((known, *seen));
                }
            }
        }
        found
    }

    /// Returns the reports that differ, with their current values. An explanation refers to these.
    pub fn values(&self) -> Vec<(Id<id::Observation>, Stated)> {
        let differing = self.differences().into_iter().flat_map(|(one, other)| [one, other]);
        let values: Register<_, _> = differing.map(|seen| (seen.id, seen.observation.current())).collect();
        values.iter().map(|(id, stated)| (*id, *stated)).collect()
    }

    /// Whether a party has explained the differences of the current values.
    pub fn is_explained(&self) -> bool {
        self.explanation().is_some()
    }

    /// Returns the last explanation, by any party, of the differences of the current values.
    pub fn explanation(&self) -> Option<&'a Explanation> {
        let values = self.values();
        let holds = |known: &&Explanation| values.iter().all(|value| known.values.contains(value));
        self.fact.explanations.values().filter(holds).max_by_key(|known| known.at)
    }
}
