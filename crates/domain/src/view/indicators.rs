//! 指標の閲覧 — what the parties count, as far as the viewer may know: all of the own party; of another party what stands in a
//! row that is shown.

use std::collections::{HashMap, HashSet};

use super::{AgreementView, ObservationView};
use crate::agreement::Party;
use crate::id::Id;
use crate::indicator::{Described, IndicatorDefinition, TargetVersion, Terms};
use crate::observation::{Indicator, Observation};
use crate::party_dossier::PartyDossier;
use crate::plan::Initiative;
use crate::register::{Place, Register};
use crate::shared_fact::{FactMember, Reporting};

/// 指標の一覧 — the indicators of an agreement's parties, with where their values stand.
#[derive(Debug, Clone, Default)]
pub struct Indicators<'a> {
    all: Vec<IndicatorView<'a>>,
    by_name: HashMap<Id<Indicator>, usize>,
    by_observation: HashMap<Id<Observation>, usize>,
}

/// 指標の閲覧 — one indicator under all its names that the viewer may know.
#[derive(Debug, Clone)]
pub struct IndicatorView<'a> {
    pub id: Id<Indicator>,
    pub party: Id<Party>,
    /// Where it stands among those of its party: the one that was defined first comes first.
    pub place: Place,
    /// As it was printed.
    pub printed: &'a Indicator,
    /// The other names that mean it.
    pub names: Vec<(Id<Indicator>, &'a Indicator)>,
    /// Every definition, the last one holds.
    pub described: &'a [Described],
    /// Those that hold, by their dates.
    pub targets: Vec<&'a TargetVersion>,
    /// Oldest first.
    pub observations: Vec<ObservationView<'a>>,
    /// The rows that print it, newest year first.
    pub rows: Vec<Id<Initiative>>,
    /// Whether the viewer is of the party that counts it: 出典, 算出方法 and 注意 are its own papers.
    pub is_own: bool,
    terms: Terms<'a>,
}

impl<'a> Indicators<'a> {
    pub fn iter(&self) -> impl Iterator<Item = &IndicatorView<'a>> {
        self.all.iter()
    }

    /// The indicator of any of its names.
    pub fn of(&self, name: Id<Indicator>) -> Option<&IndicatorView<'a>> {
        self.by_name.get(&name).and_then(|place| self.all.get(*place))
    }

    /// The indicator that an observation counts.
    pub fn counting(&self, observation: Id<Observation>) -> Option<&IndicatorView<'a>> {
        self.by_observation.get(&observation).and_then(|place| self.all.get(*place))
    }

    /// An observation by its id.
    pub fn observation(&self, id: Id<Observation>) -> Option<ObservationView<'a>> {
        self.counting(id)?.observations.iter().find(|known| known.id == id).copied()
    }

    /// Whether a report is one that the viewer may know.
    pub fn knows(&self, member: &FactMember) -> bool {
        let found = match member.of {
            Reporting::Indicator(id) => self.of(id),
            Reporting::Observation(id) => self.counting(id),
        };
        found.is_some_and(|found| found.party == member.party)
    }
}

impl<'a> IndicatorView<'a> {
    /// The definition that holds.
    pub fn definition(&self) -> Option<&'a IndicatorDefinition> {
        self.described.last().map(|last| &last.definition)
    }

    /// What decides whether its values may be added.
    pub fn terms(&self) -> Terms<'a> {
        self.terms
    }

    /// The newest value or state.
    pub fn newest(&self) -> Option<&ObservationView<'a>> {
        self.observations.last()
    }

    /// The divisions that keep it: as its definition says, else those of the newest row that prints it.
    pub fn keepers(&self, agreement: AgreementView<'a>) -> Vec<&'a str> {
        if let Some(definition) = self.definition().filter(|definition| !definition.division.is_empty()) {
            return vec![&definition.division];
        }
        let newest = self.rows.first().and_then(|row| agreement.visible(*row));
        newest.map(|row| row.wording.divisions.iter().map(String::as_str).collect()).unwrap_or_default()
    }
}

impl<'a> AgreementView<'a> {
    /// What the parties count, by party and then by name.
    pub fn indicators(self) -> Indicators<'a> {
        let mut indicators = Indicators::default();
        for party in &self.agreement.parties {
            let Some(dossier) = self.party(party.id) else { continue };
            let is_own = self.view.reads_drafts_of(party.id);
            let mut counted: Register<Id<Indicator>, Vec<ObservationView<'a>>> = Register::new();
            for (id, observation) in dossier.observations.iter() {
                let Some(indicator) = dossier.indicators.get(&observation.indicator) else { continue };
                if is_own || self.rows_with(*id).next().is_some() {
                    let (id, party, indicator_id) = (*id, party.id, observation.indicator);
                    let meant = dossier.indicator_meant(indicator_id);
                    let seen = ObservationView { id, party, indicator_id, indicator, observation };
                    counted.get_or_default(meant).push(seen);
                }
            }
            for described in dossier.described.keys().filter(|_| is_own) {
                counted.get_or_default(dossier.indicator_meant(*described));
            }
            let names = dossier.names();
            let views = counted.iter().filter_map(|(meant, seen)| {
                let names = names.get(meant).cloned().unwrap_or_else(|| vec![*meant]);
                one(dossier, (*meant, names), (party.id, is_own), seen.clone())
            });
            indicators.all.extend(views.map(|view| IndicatorView { rows: self.rows_of(&view), ..view }));
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

    /// The rows that print an indicator, newest year first, by the newest of its values.
    fn rows_of(self, view: &IndicatorView<'a>) -> Vec<Id<Initiative>> {
        let year = |row: &Initiative| self.dossier.plans.get(&row.plan).map(|plan| (plan.fiscal_year, plan.kind));
        let mut listed = HashSet::new();
        let mut all = Vec::new();
        for seen in view.observations.iter().rev() {
            let mut rows: Vec<_> = self.rows_with(seen.id).collect();
            rows.sort_by_key(|(_, row)| std::cmp::Reverse(year(row)));
            all.extend(rows.into_iter().map(|(id, _)| id).filter(|id| listed.insert(*id)));
        }
        all
    }
}

/// The indicator `meant` as far as the viewer knows it: under a name that has a value they may see.
fn one<'a>(
    dossier: &'a PartyDossier,
    (meant, mut names): (Id<Indicator>, Vec<Id<Indicator>>),
    (party, is_own): (Id<Party>, bool),
    mut observations: Vec<ObservationView<'a>>,
) -> Option<IndicatorView<'a>> {
    let shown: HashSet<Id<Indicator>> = observations.iter().map(|seen| seen.indicator_id).collect();
    names.retain(|name| is_own || shown.contains(name));
    // The name that the others were merged into stands last, where the viewer knows it.
    let id = names.pop()?;
    observations.sort_by_key(|seen| {
        let measured = &seen.observation.measured;
        let when = measured.as_of.map(|as_of| as_of.last_day()).or(measured.period.map(|period| period.to));
        when.or(measured.event_dates.iter().map(|day| day.last_day()).max())
    });
    let known = |name: &Id<Indicator>| Some((*name, &**dossier.indicators.get(name)?));
    let targets = dossier.targets_of(&[names.as_slice(), &[id]].concat());
    let (described, terms): (&[Described], _) = if id == meant {
        (dossier.described.get(&id).map(Vec::as_slice).unwrap_or_default(), dossier.terms_of(id))
    } else {
        (&[], dossier.terms_as_printed(id))
    };
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
