//! 限度の確かめ — checks every field of a command about indicators against the limits. Each command and struct is destructured with
//! all its fields, so that a new field cannot be forgotten.

use renkei_document::figure::{Indicator, Measured};

use crate::indicator::command::IndicatorCommand;
use crate::indicator::{IndicatorDefinition, QuotientOf, Target};
use crate::record::dossiers::Dossiers;
use crate::record::found::Found;
use crate::record::party_dossier::PartyDossier;
use crate::refusal::Measure;

impl Found {
    pub(crate) fn indicator_command(&mut self, dossiers: &Dossiers, command: &IndicatorCommand) {
        let party = |party| dossiers.parties.get(&party).map(|known| &**known);
        match command {
            IndicatorCommand::ReportObservation { party: _, indicator, kind: _, measured, stated: _ } => {
                self.indicator(indicator);
                let Measured { as_of: _, period: _, event_dates } = measured;
                self.count(Measure::Together, event_dates.len());
            }
            IndicatorCommand::CorrectObservation { party, observation, stated: _, reason } => {
                self.letters(Measure::Reason, reason);
                let known = dossiers.parties.get(party).and_then(|known| known.observations.get(observation));
                self.count(Measure::Corrections, known.map_or(0, |known| 1 + known.corrections.len()));
            }
            IndicatorCommand::Describe { party: of, indicator, definition } => {
                self.definition(definition);
                let versions = |known: &PartyDossier| {
                    known.described.get(&known.indicator_meant(*indicator)).map_or(0, |versions| versions.len())
                };
                self.count(Measure::Versions, 1 + party(*of).map_or(0, versions));
            }
            IndicatorCommand::Merge { party: _, kept: _, same } => self.count(Measure::Together, same.len()),
            IndicatorCommand::Part { party: _, indicators } => self.count(Measure::Together, indicators.len()),
            IndicatorCommand::SetTarget { party: of, indicator, target } => {
                let Target { by: _, value: _, note } = target;
                self.letters(Measure::Reason, note);
                let versions = |known: &PartyDossier| {
                    known.targets.get(&known.indicator_meant(*indicator)).map_or(0, |versions| versions.len())
                };
                self.count(Measure::Versions, 1 + party(*of).map_or(0, versions));
            }
        }
    }

    fn indicator(&mut self, indicator: &Indicator) {
        let Indicator { label, unit, scope, qualifier } = indicator;
        self.letters(Measure::Label, label);
        [unit, scope, qualifier].into_iter().flatten().for_each(|text| self.letters(Measure::Label, text));
    }

    fn definition(&mut self, definition: &IndicatorDefinition) {
        let IndicatorDefinition {
            meaning,
            adds_up: _,
            counting: _,
            unit,
            scope,
            quotient,
            division,
            source,
            method,
            caution,
            next_due: _,
        } = definition;
        [meaning, source, method, caution].into_iter().for_each(|text| self.letters(Measure::Definition, text));
        self.letters(Measure::Name, division);
        [unit, scope].into_iter().flatten().for_each(|text| self.letters(Measure::Label, text));
        if let Some(QuotientOf { name, numerator: _, denominator: _ }) = quotient {
            self.letters(Measure::Label, name);
        }
    }
}
