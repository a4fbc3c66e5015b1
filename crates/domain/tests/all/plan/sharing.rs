//! Tests that a state shares memory with the previous state, except for the parts that the command changed.

use std::sync::Arc;

use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::id::Id;
use renkei_document::passage::Passage;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::event::Authored;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::indicator::event::{IndicatorEvent, Reported};
use renkei_domain::plan::command::PlanCommand;
use renkei_domain::plan::{Standing, Wording};
use renkei_domain::record::agreement_dossier::AgreementDossier;
use renkei_domain::record::chain::{DossierKey, Order};
use renkei_domain::record::dossiers::{Dossiers, Heard};
use renkei_domain::record::entry::Entry;

use crate::world::World;

const MANY: u64 = 20_000;

fn indicator(number: u64) -> Indicator {
    Indicator { label: format!("相談件数 {number}"), unit: Some("件".to_owned()), scope: None, qualifier: None }
}

fn stated(value: u64) -> Stated {
    Stated::Value { value: value.into(), provisional: false }
}

fn id<T>(number: u64) -> Id<T> {
    Id::new(uuid::Uuid::from_u128(u128::from(number) << 64 | 1))
}

/// Returns a world in which the first party has reported very many values.
fn counted() -> World {
    let mut world = World::after(&[]);
    let party = world.parties[0];
    let indicators = (0..MANY / 100).map(|number| (id(number), indicator(number))).collect();
    let reported = |number| Reported {
        observation: id(number),
        indicator: id(number / 100),
        kind: FigureKind::Actual,
        measured: Measured::default(),
        stated: stated(number),
    };
    let events = [
        IndicatorEvent::IndicatorsDefined { indicators },
        IndicatorEvent::ObservationsReported { observations: (0..MANY).map(reported).collect() },
    ];
    for event in events {
        let last = world.dossiers.last.expect("something happened");
        let dossier = DossierKey::Party(party);
        let number = world.dossiers.head(Order { dossier, party, ..last }.chain()) + 1;
        let order = Order { time: last.time.next(0), party, dossier, number };
        let authored = Authored { post: "担当".to_owned(), on_behalf_of: None, event: event.into() };
        assert_eq!(world.dossiers.hear(&Entry { order, authored: Some(authored) }), Heard::Folded);
    }
    world
}

fn officer(world: &World) -> Actor {
    crate::world::holder(world.parties[0], "担当")
}

/// Performs a command, and returns the dossiers from before it.
fn after(world: &mut World, command: Command) -> Dossiers {
    let before = world.dossiers.clone();
    world.act(officer(world), command).expect("allowed");
    before
}

#[track_caller]
fn copies_at_most(most: usize, (shared, all): (usize, usize)) {
    assert!(all - shared <= most, "{} of {all} blocks were copied", all - shared);
}

fn same_agreements(one: &Dossiers, other: &Dossiers) -> bool {
    one.agreements.iter().all(|(id, dossier)| Arc::ptr_eq(dossier, &other.agreements[id]))
}

#[test]
fn a_value_copies_the_block_of_that_value() {
    let mut world = counted();
    let [party, other] = world.parties;
    let (kind, measured) = (FigureKind::Actual, Measured::default());
    let report = Command::Indicator(IndicatorCommand::ReportObservation {
        party,
        indicator: indicator(7),
        kind,
        measured,
        stated: stated(1),
    });
    let correct = Command::Indicator(IndicatorCommand::CorrectObservation {
        party,
        observation: id(70),
        stated: stated(9),
        reason: "数え直し".to_owned(),
    });
    for command in [report, correct] {
        let before = after(&mut world, command);
        let (then, now) = (&before.parties[&party], &world.dossiers.parties[&party]);
        assert_ne!(then.observations, now.observations);
        copies_at_most(2, now.observations.shared_blocks(&then.observations));
        assert!(now.indicators.is_same(&then.indicators) && now.described.is_same(&then.described));
        assert!(Arc::ptr_eq(&now.organisation, &then.organisation));
        assert!(Arc::ptr_eq(&world.dossiers.parties[&other], &before.parties[&other]));
        assert!(same_agreements(&world.dossiers, &before));
    }
    let known = &world.dossiers.parties[&party].indicators;
    assert_eq!(
        known.values().filter(|known| ***known == indicator(7)).count(),
        1,
        "the indicator is known by its words"
    );
}

#[test]
fn a_row_copies_that_row_and_no_value_of_any_party() {
    let mut world = counted();
    world.draft_in_private(0, 0, 1);
    let party = world.parties[0];
    let rows = |dossier: &AgreementDossier| {
        let own = dossier.initiatives.iter().filter(|(_, row)| row.party == party && row.standing == Standing::Private);
        own.map(|(id, _)| *id).next_back().expect("drafted")
    };
    let agreement = world.agreement;
    let initiative = rows(&world.dossiers.agreements[&agreement]);
    let divisions = vec!["しごと課".to_owned()];
    let wording = Wording { divisions, text: Passage::words("改める。".to_owned()), ..Wording::default() };
    let before =
        after(&mut world, Command::Plan(PlanCommand::RewordInitiative { agreement, initiative, base: None, wording }));
    for (id, known) in before.parties.iter() {
        assert!(Arc::ptr_eq(known, &world.dossiers.parties[id]));
    }
    let (then, now) = (&before.agreements[&agreement], &world.dossiers.agreements[&agreement]);
    assert!(now.evidence.is_same(&then.evidence) && now.plans.is_same(&then.plans));
    assert!(now.editions.is_same(&then.editions) && now.suggestions.is_same(&then.suggestions));
    for (id, row) in then.initiatives.iter() {
        assert_eq!(Arc::ptr_eq(row, &now.initiatives[id]), *id != initiative);
    }
}
