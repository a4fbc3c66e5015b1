//! 指標の定義・統合・目標値 — decides on definitions, merges and targets of indicators.

use renkei_document::as_of::{ScopeRelation, scope_relation};
use renkei_document::blank::is_blank;
use renkei_document::counting::AddsUp;
use renkei_document::figure::Indicator;
use renkei_document::id::{self, Id};
use renkei_document::quantity::same_unit;

use crate::indicator::command::IndicatorCommand;
use crate::indicator::event::IndicatorEvent;
use crate::indicator::refusal::IndicatorRefusal;
use crate::indicator::{IndicatorDefinition, Target, observe};
use crate::record::chain::DossierKey;
use crate::record::dossiers::Dossiers;
use crate::record::entry::Pending;
use crate::record::ground::{Decision, Ground, pending, unless};
use crate::record::party_dossier::PartyDossier;
use crate::refusal::Refusal;

pub fn decide(facts: &Ground<'_>, dossiers: &Dossiers, command: IndicatorCommand) -> Decision {
    let desk = |party| Desk::of(facts, dossiers, party);
    match command {
        IndicatorCommand::Describe { party, indicator, definition } => desk(party)?.describe(indicator, *definition),
        IndicatorCommand::Merge { party, kept, same } => desk(party)?.merge(kept, &same),
        IndicatorCommand::Part { party, indicators } => desk(party)?.part(indicators),
        IndicatorCommand::SetTarget { party, indicator, target } => desk(party)?.set_target(indicator, target),
        IndicatorCommand::ReportObservation { party, indicator, kind, measured, stated } => {
            observe::report(facts, dossiers, party, indicator, (kind, measured, stated))
        }
        IndicatorCommand::CorrectObservation { party, observation, stated, reason } => {
            observe::correct(facts, dossiers, party, observation, stated, reason)
        }
    }
}

/// One party's indicators, and the facts about the actor.
struct Desk<'a> {
    facts: &'a Ground<'a>,
    party: Id<id::Party>,
    dossier: &'a PartyDossier,
}

impl<'a> Desk<'a> {
    fn of(facts: &'a Ground<'a>, dossiers: &'a Dossiers, party: Id<id::Party>) -> Result<Self, Vec<Refusal>> {
        let Some(dossier) = dossiers.parties.get(&party) else {
            return Err(vec![Refusal::PartyUnknown { name: party.to_string() }]);
        };
        Ok(Self { facts, party, dossier })
    }

    fn event(&self, event: IndicatorEvent) -> Vec<Pending> {
        vec![pending(self.facts, self.party, DossierKey::Party(self.party), event)]
    }

    /// Returns the indicator that an id refers to. `Err` if the party has no such indicator.
    fn meant(&self, id: Id<Indicator>) -> Result<Id<Indicator>, Vec<Refusal>> {
        let known = self.dossier.indicators.contains_key(&id);
        known.then(|| self.dossier.indicator_meant(id)).ok_or_else(|| refused(IndicatorRefusal::Unknown))
    }

    fn describe(&self, id: Id<Indicator>, definition: IndicatorDefinition) -> Decision {
        let indicator = self.meant(id)?;
        let mut refusals = Vec::new();
        if is_blank(&definition.meaning) {
            refusals.push(IndicatorRefusal::MeaningMissing);
        }
        if is_blank(&definition.division) {
            refusals.push(IndicatorRefusal::KeeperMissing);
        }
        refusals.extend(self.faults_of_quotient(indicator, &definition));
        let mut refusals: Vec<Refusal> = refusals.into_iter().map(Refusal::Indicator).collect();
        let last = self.dossier.described.get(&indicator).and_then(|versions| versions.last());
        if last.is_some_and(|last| last.definition == definition) {
            refusals.push(Refusal::NothingChanged);
        }
        let definition = Box::new(definition);
        unless(refusals, || self.event(IndicatorEvent::IndicatorDescribed { indicator, definition }))
    }

    fn faults_of_quotient(&self, id: Id<Indicator>, definition: &IndicatorDefinition) -> Vec<IndicatorRefusal> {
        let Some(quotient) = &definition.quotient else { return Vec::new() };
        let meant = |id| self.meant(id).ok();
        let parts = [meant(quotient.numerator), meant(quotient.denominator)];
        let is_of_itself = parts.contains(&Some(id)) || parts[0] == parts[1];
        let mut faults = Vec::new();
        if parts.contains(&None) || is_of_itself || is_blank(&quotient.name) {
            faults.push(IndicatorRefusal::QuotientUnclear);
        }
        if !matches!(definition.adds_up, None | Some(AddsUp::Never)) {
            faults.push(IndicatorRefusal::QuotientAddsUp);
        }
        faults
    }

    fn merge(&self, kept: Id<Indicator>, same: &[Id<Indicator>]) -> Decision {
        let kept = self.meant(kept)?;
        let mut ones = same.iter().map(|id| self.meant(*id)).collect::<Result<Vec<_>, _>>()?;
        ones.retain(|one| *one != kept);
        ones.sort_by_key(|one| self.dossier.indicators.place(one));
        ones.dedup();
        if ones.is_empty() {
            return Err(refused(IndicatorRefusal::NothingToMerge));
        }
        let mut refusals: Vec<_> = ones.iter().filter_map(|one| self.why_not_one(kept, *one)).collect();
        refusals.dedup();
        let refusals = refusals.into_iter().map(Refusal::Indicator).collect();
        let is_described = |id: &Id<Indicator>| self.dossier.described.contains_key(id);
        let (kept, ones) = match ones.iter().copied().find(|one| is_described(one) && !is_described(&kept)) {
            // Only the definition of the kept indicator is visible, so keep the indicator that has a definition.
            Some(described) => (described, ones.into_iter().filter(|one| *one != described).chain([kept]).collect()),
            None => (kept, ones),
        };
        unless(refusals, || self.event(IndicatorEvent::IndicatorsMerged { kept, same: ones }))
    }

    /// Returns a refusal if two indicators differ in unit, way of counting or scope; such indicators cannot be merged.
    fn why_not_one(&self, kept: Id<Indicator>, one: Id<Indicator>) -> Option<IndicatorRefusal> {
        let [kept, one] = [kept, one].map(|id| self.dossier.terms_of(id));
        if !same_unit(kept.unit, one.unit) {
            let word = |unit: Option<&str>| unit.unwrap_or("記載なし").to_owned();
            return Some(IndicatorRefusal::UnitsDiffer { one: word(kept.unit), other: word(one.unit) });
        }
        if kept.counting.is_some() && one.counting.is_some() && kept.counting != one.counting {
            return Some(IndicatorRefusal::CountingDiffers);
        }
        let (Some(its), Some(scope)) = (kept.scope, one.scope) else { return None };
        let differ = || IndicatorRefusal::ScopesDiffer { one: its.to_owned(), other: scope.to_owned() };
        (scope_relation(its, scope) != ScopeRelation::Same).then(differ)
    }

    fn part(&self, indicators: Vec<Id<Indicator>>) -> Decision {
        let merged = |id: &Id<Indicator>| self.dossier.merged.contains_key(id);
        let refusals = if indicators.is_empty() || !indicators.iter().all(merged) {
            refused(IndicatorRefusal::NotMerged)
        } else {
            Vec::new()
        };
        unless(refusals, || self.event(IndicatorEvent::IndicatorsParted { indicators }))
    }

    fn set_target(&self, id: Id<Indicator>, target: Target) -> Decision {
        let indicator = self.meant(id)?;
        let targets = self.dossier.targets_of(&self.dossier.names_of(indicator));
        let known = targets.into_iter().find(|known| known.target.by == target.by);
        let same = match known {
            Some(known) => known.target == target,
            None => target.value.is_none(),
        };
        let refusals = if same { vec![Refusal::NothingChanged] } else { Vec::new() };
        unless(refusals, || self.event(IndicatorEvent::TargetSet { indicator, target }))
    }
}

fn refused(reason: IndicatorRefusal) -> Vec<Refusal> {
    vec![Refusal::Indicator(reason)]
}
