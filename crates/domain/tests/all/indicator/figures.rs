//! Tests of describing and merging indicators, of shared facts, and of the data that each side may see.

use crate::indicator::world::{indicators_shown, seen_by};
use crate::world::{World, operator};
use renkei_document::counting::AddsUp;
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::id::{self, Id};
use renkei_document::wareki::AsOf;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::indicator::refusal::IndicatorRefusal;
use renkei_domain::indicator::{IndicatorDefinition, QuotientOf, Target};
use renkei_domain::refusal::Refusal;
use renkei_domain::shared_fact::command::FactDeed;
use renkei_domain::shared_fact::{FactMember, Reporting};
use renkei_domain::view::Viewer;

fn officer(party: Id<id::Party>) -> Actor {
    crate::world::holder(party, "担当")
}

fn described(division: &str) -> IndicatorDefinition {
    IndicatorDefinition {
        meaning: "相談会を開いた回数".into(),
        adds_up: Some(AddsUp::Sum),
        division: division.into(),
        ..IndicatorDefinition::default()
    }
}

/// Returns the world after its document was taken over, so that each side's rows show figures.
fn taken_over() -> World {
    let mut world = World::after(&[]);
    let agreement = world.agreement;
    let evidence = *world.dossiers.agreements[&agreement].evidence.keys().next().expect("imported");
    for party in world.parties {
        world
            .act(operator(), Command::Evidence(EvidenceCommand::TakeOverRows { agreement, party, evidence }))
            .expect("taken over");
    }
    world
}

#[test]
fn a_definition_is_refused_with_every_reason() {
    use IndicatorRefusal::{KeeperMissing, MeaningMissing, QuotientAddsUp, QuotientUnclear, Unknown};
    let mut world = taken_over();
    let [city, bureau] = world.parties;
    let id = world.indicator(city, "相談会 開催回数");
    let itself = QuotientOf { name: "率".into(), numerator: id, denominator: id };
    let mut rate = described("しごと課");
    rate.quotient = Some(itself);
    let cases = [
        (city, id, IndicatorDefinition::default(), vec![MeaningMissing, KeeperMissing]),
        (city, id, rate, vec![QuotientUnclear, QuotientAddsUp]),
        (bureau, id, described("職業課"), vec![Unknown]),
    ];
    for (party, indicator, definition, reasons) in cases {
        let definition = Box::new(definition);
        let command = Command::Indicator(IndicatorCommand::Describe { party, indicator, definition });
        let expected: Vec<Refusal> = reasons.into_iter().map(Refusal::Indicator).collect();
        assert_eq!(world.act(officer(party), command), Err(expected));
    }
    let describe = |world: &mut World, actor: Actor| {
        let definition = Box::new(described("しごと課"));
        let command = IndicatorCommand::Describe { party: city, indicator: id, definition };
        world.act(actor, Command::Indicator(command))
    };
    assert_eq!(describe(&mut world, officer(bureau)), Err(vec![Refusal::NotYourParty]));
    assert_eq!(describe(&mut world, officer(city)), Ok(()));
    assert_eq!(describe(&mut world, officer(city)), Err(vec![Refusal::NothingChanged]));
}

#[test]
fn merged_indicators_are_one_until_separated_and_imports_find_them() {
    let mut world = World::after(&[]);
    let [city, _] = world.parties;
    world.report(city, "相談会", 10);
    world.report(city, "合同相談会", 12);
    let [one, other] = ["相談会", "合同相談会"].map(|label| world.indicator(city, label));
    let describe =
        IndicatorCommand::Describe { party: city, indicator: other, definition: Box::new(described("しごと課")) };
    let target = Target { by: AsOf::Month(2027, 3), value: Some(20.into()), note: String::new() };
    let set = IndicatorCommand::SetTarget { party: city, indicator: one, target };
    let merge = IndicatorCommand::Merge { party: city, kept: one, same: vec![other] };
    for command in [describe, set, merge.clone()] {
        world.act(officer(city), Command::Indicator(command)).expect("allowed");
    }
    let again = world.act(officer(city), Command::Indicator(merge));
    assert_eq!(again, Err(vec![Refusal::Indicator(IndicatorRefusal::NothingToMerge)]));
    world.report(city, "相談会", 14);
    {
        let indicators = seen_by(&world, Viewer::Party(city)).indicators();
        let merged = indicators.of(one).expect("known");
        assert_eq!(merged.id, other, "the described one is kept, whichever was named first");
        assert_eq!((merged.observations.len(), merged.names.len(), merged.targets.len()), (3, 1, 1));
        assert!(merged.definition().is_some());
    }
    let part = IndicatorCommand::Part { party: city, indicators: vec![one] };
    world.act(officer(city), Command::Indicator(part.clone())).expect("parted");
    assert!(world.act(officer(city), Command::Indicator(part)).is_err());
    let indicators = seen_by(&world, Viewer::Party(city)).indicators();
    let counts = [one, other].map(|id| indicators.of(id).map(|known| (known.id, known.observations.len())));
    assert_eq!(counts, [Some((one, 2)), Some((other, 1))]);
}

#[test]
fn another_unit_is_another_indicator() {
    let mut world = taken_over();
    let [city, _] = world.parties;
    world.report(city, "相談者", 10);
    let [times, persons] = ["相談会 開催回数", "相談者"].map(|label| world.indicator(city, label));
    let merge = IndicatorCommand::Merge { party: city, kept: times, same: vec![persons] };
    let expected = IndicatorRefusal::UnitsDiffer { one: "回".into(), other: "人".into() };
    let refused = world.act(officer(city), Command::Indicator(merge));
    assert_eq!(refused, Err(vec![Refusal::Indicator(expected)]));
}

#[test]
fn a_target_replaces_the_previous_target_of_the_same_date() {
    let mut world = taken_over();
    let [city, _] = world.parties;
    let id = world.indicator(city, "相談会 開催回数");
    let set = |world: &mut World, by: AsOf, value: Option<i64>| {
        let target = Target { by, value: value.map(Into::into), note: String::new() };
        let command = IndicatorCommand::SetTarget { party: city, indicator: id, target };
        world.act(officer(city), Command::Indicator(command))
    };
    let (soon, late) = (AsOf::Month(2027, 3), AsOf::Month(2028, 3));
    for (by, value, expected) in [
        (soon, Some(10), Ok(())),
        (soon, Some(10), Err(vec![Refusal::NothingChanged])),
        (late, None, Err(vec![Refusal::NothingChanged])),
        (late, Some(30), Ok(())),
        (soon, Some(12), Ok(())),
        (late, None, Ok(())),
    ] {
        assert_eq!(set(&mut world, by, value), expected, "{by} {value:?}");
    }
    let indicators = seen_by(&world, Viewer::Party(city)).indicators();
    let targets = &indicators.of(id).expect("known").targets;
    assert_eq!(targets.len(), 1);
    assert_eq!((targets[0].target.by, targets[0].target.value), (soon, Some(12.into())));
}

/// Lets the city state a shared fact of both sides' indicators 相談会 開催回数. Returns the fact's id and its members.
fn stated(world: &mut World) -> (Id<id::SharedFact>, Vec<FactMember>) {
    let [city, bureau] = world.parties;
    let member =
        |party| FactMember { party, of: Reporting::Indicator(world.indicator(party, "相談会 開催回数")) };
    let members = vec![member(city), member(bureau)];
    let state = FactDeed::State { fact: None, name: "合同相談会".into(), members: members.clone() };
    world.act(officer(city), world.of_fact(city, state)).expect("stated");
    let facts = &world.dossiers.agreements[&world.agreement].shared_facts;
    (*facts.keys().next().expect("stated"), members)
}

fn says(world: &World, viewer: Viewer) -> Vec<(bool, usize, bool)> {
    let seen = seen_by(world, viewer);
    let facts = seen.shared_facts(&seen.indicators());
    facts.iter().map(|fact| (fact.fact.is_agreed(), fact.differences().len(), fact.is_explained())).collect()
}

#[test]
fn a_shared_fact_is_a_proposal_until_both_parties_state_it() {
    let mut world = taken_over();
    let [city, bureau] = world.parties;
    let (fact, members) = stated(&mut world);
    let agreed = |world: &World| says(world, Viewer::Party(bureau)).first().map(|fact| fact.0);
    assert_eq!(agreed(&world), Some(false), "the other side sees the proposal");
    let state = |name: &str| FactDeed::State { fact: Some(fact), name: name.into(), members: members.clone() };
    let act = |world: &mut World, party, deed| world.act(officer(party), world.of_fact(party, deed));
    act(&mut world, bureau, state("合同相談会")).expect("stated");
    assert_eq!(agreed(&world), Some(true));
    assert_eq!(act(&mut world, bureau, state("合同相談会")), Err(vec![Refusal::NothingChanged]));
    act(&mut world, city, state("市と労働局の相談会")).expect("renamed");
    assert_eq!(agreed(&world), Some(false), "what both said is what counts");
    act(&mut world, bureau, FactDeed::Withdraw { fact }).expect("withdrawn");
    assert_eq!(agreed(&world), None);
    let unknown = act(&mut world, city, FactDeed::Withdraw { fact });
    assert_eq!(unknown, Err(vec![Refusal::Indicator(IndicatorRefusal::FactUnknown)]));
}

#[test]
fn reports_that_differ_are_a_finding_until_they_are_explained_and_again_when_they_change() {
    let mut world = taken_over();
    let [city, bureau] = world.parties;
    let (fact, members) = stated(&mut world);
    let act = |world: &mut World, party, deed| world.act(officer(party), world.of_fact(party, deed));
    act(&mut world, bureau, FactDeed::State { fact: Some(fact), name: "合同相談会".into(), members }).expect("agreed");
    let found = |world: &World| {
        let found = seen_by(world, operator().viewer()).findings(renkei_document::fiscal_year::FiscalYear(2026));
        found.iter().filter(|finding| finding.notice.code() == "figure.differs").count()
    };
    // The city's two rows report 4 and 7 without a date; the bureau's row reports 12.
    assert!(!says(&world, operator().viewer())[0].2 && found(&world) > 0);
    let nothing = act(&mut world, city, FactDeed::Explain { fact, reason: " ".into() });
    assert_eq!(nothing, Err(vec![Refusal::ReasonMissing]));
    act(&mut world, city, FactDeed::Explain { fact, reason: "市は共催の回だけを数える".into() }).expect("explained");
    assert_eq!(found(&world), 0);
    let observation = *world.dossiers.parties[&bureau].observations.keys().next().expect("reported");
    let stated = Stated::Value { value: 13.into(), provisional: false };
    let correct = Command::Indicator(IndicatorCommand::CorrectObservation {
        party: bureau,
        observation,
        stated,
        reason: "集計の誤り".into(),
    });
    world.act(officer(bureau), correct).expect("corrected");
    assert!(found(&world) > 0, "it explained other values");
}

#[test]
fn single_values_are_compared_whatever_their_times_and_indicators_time_by_time() {
    let mut world = taken_over();
    let [city, bureau] = world.parties;
    let reports = [(city, "来場者", 10, 1), (bureau, "来場者数", 12, 2)];
    let mut members = Vec::new();
    for (party, label, value, month) in reports {
        let indicator = Indicator { label: label.into(), unit: Some("人".into()), scope: None, qualifier: None };
        let measured = Measured { as_of: Some(AsOf::Month(2026, month)), ..Measured::default() };
        let stated = Stated::Value { value: value.into(), provisional: false };
        let report = Command::Indicator(IndicatorCommand::ReportObservation {
            party,
            indicator,
            kind: FigureKind::Actual,
            measured,
            stated,
        });
        world.act(operator(), report).expect("reported");
        let id = world.indicator(party, label);
        let (observation, _) = world.dossiers.parties[&party]
            .observations
            .iter()
            .find(|(_, known)| known.indicator == id)
            .expect("reported");
        members.push((FactMember { party, of: Reporting::Observation(*observation) }, Reporting::Indicator(id)));
    }
    let alone: Vec<FactMember> = members.iter().map(|(member, _)| *member).collect();
    let always = members.iter().map(|(member, of)| FactMember { of: *of, ..*member }).collect();
    for (members, expected) in [(alone, 1), (always, 0)] {
        let state = FactDeed::State { fact: None, name: "合同面接会".into(), members };
        world.act(operator(), world.of_fact(city, state)).expect("stated");
        let said = says(&world, operator().viewer());
        assert_eq!(said.last().map(|fact| fact.1), Some(expected), "{said:?}");
    }
}

#[test]
fn a_private_value_is_in_no_shared_fact_of_the_other_side() {
    let mut world = taken_over();
    let [city, bureau] = world.parties;
    let before = [Viewer::Party(bureau), Viewer::Public].map(|viewer| shown(&world, viewer));
    world.report(city, "ひみつの相談", 77);
    let [secret, open] = ["ひみつの相談", "相談会 開催回数"].map(|label| world.indicator(city, label));
    let theirs = world.indicator(bureau, "相談会 開催回数");
    let member = |party, id| FactMember { party, of: Reporting::Indicator(id) };
    let state = |members| FactDeed::State { fact: None, name: "ひみつ".into(), members };
    let members = vec![member(city, secret), member(bureau, theirs)];
    world.act(officer(city), world.of_fact(city, state(members))).expect("stated");
    for command in [
        IndicatorCommand::Describe { party: city, indicator: secret, definition: Box::new(described("ひみつ課")) },
        IndicatorCommand::SetTarget {
            party: city,
            indicator: secret,
            target: Target { by: AsOf::Month(2027, 3), value: Some(99.into()), note: "ひみつ".into() },
        },
    ] {
        world.act(officer(city), Command::Indicator(command)).expect("allowed");
    }
    let after = [Viewer::Party(bureau), Viewer::Public].map(|viewer| shown(&world, viewer));
    assert_eq!(after, before);
    assert!(shown(&world, Viewer::Party(city)).contains("ひみつの相談"));
    let guessed = vec![member(city, secret), member(bureau, theirs)];
    let refused = world.act(officer(bureau), world.of_fact(bureau, state(guessed)));
    assert_eq!(refused, Err(vec![Refusal::Indicator(IndicatorRefusal::Unknown)]));
    let known = vec![member(city, open), member(bureau, theirs)];
    world.act(officer(bureau), world.of_fact(bureau, state(known))).expect("both are shown");
}

fn shown(world: &World, viewer: Viewer) -> String {
    let agreement = world.dossiers.seen_by(viewer).agreement(world.agreement);
    agreement.map(indicators_shown).unwrap_or_default()
}
