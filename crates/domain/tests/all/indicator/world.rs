//! Random commands (deeds) on indicators and shared facts for the test world.

use crate::world::{World, operator};
use jiff::civil::date;
use renkei_document::counting::AddsUp;
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::id::{self, Id};
use renkei_document::wareki::AsOf;
use renkei_domain::command::Command;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::indicator::{IndicatorDefinition, QuotientOf, Target};
use renkei_domain::record::register::Register;
use renkei_domain::shared_fact::command::FactDeed;
use renkei_domain::shared_fact::{FactMember, Reporting};
use renkei_domain::view::{AgreementView, Viewer};

/// The values of `Deed::kind` that this file handles.
pub const KINDS: std::ops::Range<u8> = 40..47;

impl World {
    pub fn figure_deed(&self, kind: u8, (one, other): (u16, u16), party: Id<id::Party>) -> Command {
        let known: Vec<Id<Indicator>> = self.dossiers.parties[&party].indicators.keys().copied().collect();
        let pick = |n: u16| known.get(usize::from(n) % known.len().max(1)).copied();
        let indicator = |n: u16| pick(n).unwrap_or_else(|| Id::new(uuid::Uuid::nil()));
        let facts: Vec<Id<id::SharedFact>> =
            self.dossiers.agreements[&self.agreement].shared_facts.keys().copied().collect();
        let fact = facts.get(usize::from(one) % facts.len().max(1)).copied();
        let missing = || Id::new(uuid::Uuid::nil());
        match kind {
            40 => Command::Indicator(IndicatorCommand::Describe {
                party,
                indicator: indicator(one),
                definition: Box::new(definition(other, indicator(other), indicator(other / 3))),
            }),
            41 => {
                let same = vec![indicator(other)];
                Command::Indicator(IndicatorCommand::Merge { party, kept: indicator(one), same })
            }
            42 => Command::Indicator(IndicatorCommand::Part { party, indicators: vec![indicator(one)] }),
            43 => {
                let value = (!other.is_multiple_of(4)).then(|| other.into());
                let by = AsOf::Month(2027, 3);
                let target = Target { by, value, note: "計画による".into() };
                Command::Indicator(IndicatorCommand::SetTarget { party, indicator: indicator(one), target })
            }
            44 => self.stating(party, fact.filter(|_| other.is_multiple_of(2)), [one, other]),
            45 => self.of_fact(party, FactDeed::Withdraw { fact: fact.unwrap_or_else(missing) }),
            _ => {
                let reason = "集計日が違うため".into();
                self.of_fact(party, FactDeed::Explain { fact: fact.unwrap_or_else(missing), reason })
            }
        }
    }

    pub fn of_fact(&self, party: Id<id::Party>, deed: FactDeed) -> Command {
        Command::SharedFact { agreement: self.agreement, party, deed }
    }

    /// Returns a command which states that one indicator of each party reports the same fact.
    fn stating(&self, party: Id<id::Party>, fact: Option<Id<id::SharedFact>>, picks: [u16; 2]) -> Command {
        let member = |(party, pick): (&Id<id::Party>, u16)| {
            let known = &self.dossiers.parties[party].indicators;
            let id = known.keys().nth(usize::from(pick) % known.len().max(1)).copied()?;
            Some(FactMember { party: *party, of: Reporting::Indicator(id) })
        };
        let members = self.parties.iter().zip(picks).filter_map(member).collect();
        self.of_fact(party, FactDeed::State { fact, name: "合同相談会".into(), members })
    }
}

fn definition(n: u16, numerator: Id<Indicator>, denominator: Id<Indicator>) -> IndicatorDefinition {
    let quotient = QuotientOf { name: "就職率".into(), numerator, denominator };
    IndicatorDefinition {
        meaning: format!("相談会を開いた回数{}", n % 3),
        adds_up: [None, Some(AddsUp::Sum), Some(AddsUp::Latest), Some(AddsUp::Never)][usize::from(n % 4)],
        quotient: n.is_multiple_of(5).then_some(quotient),
        division: "しごと課".into(),
        source: "相談票".into(),
        method: "相談票を数える".into(),
        caution: "電話を除く".into(),
        ..IndicatorDefinition::default()
    }
}

/// Returns all data about indicators that pages use.
pub fn indicators_shown(agreement: AgreementView<'_>) -> String {
    let indicators = agreement.indicators();
    let facts = agreement.shared_facts(&indicators);
    let mut shown = String::new();
    for indicator in indicators.iter() {
        shown += &format!("{indicator:?} {:?}", indicator.keepers(agreement));
        for seen in &indicator.observations {
            shown += &format!("{:?}", agreement.measure(indicator, seen, &facts));
        }
    }
    for fact in facts {
        shown += &format!("{fact:?} {:?} {}", fact.differences(), fact.is_explained());
    }
    shown
}

/// Returns the number of merged indicators whose chain of names is a cycle.
pub fn endless_names(world: &World) -> usize {
    let endless = |merged: &Register<Id<Indicator>, Id<Indicator>>, start: Id<Indicator>| {
        let path = std::iter::successors(Some(start), |name| merged.get(name).copied());
        path.take(merged.len() + 2).count() > merged.len() + 1
    };
    let parties = world.dossiers.parties.values();
    parties.map(|party| party.merged.keys().filter(|name| endless(&party.merged, **name)).count()).sum()
}

/// Returns an agreement as a viewer sees it.
pub fn seen_by(world: &World, viewer: Viewer) -> AgreementView<'_> {
    world.dossiers.seen_by(viewer).agreement(world.agreement).expect("concluded")
}

impl World {
    /// Performs one command of each kind on indicators, so that each of their events has a golden file.
    pub fn do_with_figures(&mut self) {
        let [city, bureau] = self.parties;
        let actor = |party| crate::world::holder(party, "担当");
        for label in ["相談会", "合同相談会", "求人相談"] {
            self.report(city, label, 10);
        }
        self.report(bureau, "合同の相談会", 11);
        let [one, other, third] = ["相談会", "合同相談会", "求人相談"].map(|label| self.indicator(city, label));
        let fact = |party, id| FactMember { party, of: Reporting::Indicator(id) };
        let members = vec![fact(city, one), fact(bureau, self.indicator(bureau, "合同の相談会"))];
        let mut definition = definition(5, other, third);
        definition.adds_up = None;
        let target = Target { by: AsOf::Month(2027, 3), value: Some(12.into()), note: "計画による".into() };
        for command in [
            IndicatorCommand::Describe { party: city, indicator: one, definition: Box::new(definition) },
            IndicatorCommand::Merge { party: city, kept: other, same: vec![third] },
            IndicatorCommand::Part { party: city, indicators: vec![third] },
            IndicatorCommand::SetTarget { party: city, indicator: one, target },
        ] {
            self.act(actor(city), Command::Indicator(command)).expect("allowed");
        }
        let state = FactDeed::State { fact: None, name: "合同相談会".into(), members: members.clone() };
        self.act(operator(), self.of_fact(city, state)).expect("stated");
        let fact = *self.dossiers.agreements[&self.agreement].shared_facts.keys().next_back().expect("stated");
        let explain = FactDeed::Explain { fact, reason: "集計日が違うため".into() };
        for deed in [explain, FactDeed::Withdraw { fact }] {
            self.act(operator(), self.of_fact(city, deed)).expect("allowed");
        }
    }

    /// Reports a value of an indicator that is in no row.
    pub fn report(&mut self, party: Id<id::Party>, label: &str, value: i64) {
        let indicator =
            Indicator { label: label.into(), unit: Some("人".into()), scope: Some("市内".into()), qualifier: None };
        let measured = Measured { as_of: Some(AsOf::Day(date(2026, 1, 31))), ..Measured::default() };
        let stated = Stated::Value { value: value.into(), provisional: false };
        let kind = FigureKind::Actual;
        let command =
            Command::Indicator(IndicatorCommand::ReportObservation { party, indicator, kind, measured, stated });
        self.act(operator(), command).expect("reported");
    }

    /// Returns the indicator with this label.
    pub fn indicator(&self, party: Id<id::Party>, label: &str) -> Id<Indicator> {
        let mut known = self.dossiers.parties[&party].indicators.iter();
        *known.find(|(_, indicator)| indicator.label == label).expect("known").0
    }
}
