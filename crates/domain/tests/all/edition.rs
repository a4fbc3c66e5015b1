//! Tests of editions: their numbers per year, the refusal if nothing changed, and the 正誤表 derived from the journal.

use renkei_document::edition::{EditionName, Reference, canonical};
use renkei_document::figure::Stated;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_domain::command::Command;
use renkei_domain::edition::Edition;
use renkei_domain::edition::proposal::propose;
use renkei_domain::edition::refusal::EditionRefusal;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::refusal::Refusal;

use crate::world::{Deed, World, operator};

const YEAR: FiscalYear = FiscalYear(2026);

/// Returns the world (see `world.rs`) after both parties have taken over their rows.
fn world() -> World {
    World::after(&[(7, 0, 0, 0), (7, 0, 0, 1)].map(Deed::from))
}

fn freeze(world: &mut World) -> Result<(), Vec<Refusal>> {
    let command = world.freezing(world.parties[0], YEAR);
    world.act(operator(), command)
}

fn editions(world: &World) -> Vec<Edition> {
    let view = world.dossiers.seen_by(operator().viewer()).agreement(world.agreement).expect("concluded");
    view.editions_of(YEAR).into_iter().cloned().collect()
}

/// Returns the first figure of a party, and its value.
fn first_figure(world: &World, party: Id<id::Party>) -> (Id<id::Observation>, Stated) {
    let (id, observation) = world.dossiers.parties[&party].observations.iter().next().expect("taken over");
    (*id, observation.current())
}

fn correct(world: &mut World, value: i64, reason: &str) {
    let party = world.parties[0];
    let (observation, _) = first_figure(world, party);
    let stated = Stated::Value { value: value.into(), provisional: false };
    let command =
        Command::Indicator(IndicatorCommand::CorrectObservation { party, observation, stated, reason: reason.into() });
    world.act(crate::world::holder(party, "しごと課"), command).expect("corrected");
}

#[test]
fn an_edition_follows_a_change_and_nothing_else() {
    let mut world = world();
    freeze(&mut world).expect("the first");
    let first = EditionName { fiscal_year: YEAR, number: 1 };
    assert_eq!(freeze(&mut world), Err(vec![Refusal::Edition(EditionRefusal::Unchanged { edition: first })]));
    let (_, before) = first_figure(&world, world.parties[0]);
    correct(&mut world, 99, "数え漏れ");
    let Stated::Value { value, .. } = before else { panic!("a number") };
    correct(&mut world, value.try_into().expect("small"), "やはり元どおり");
    assert_eq!(
        freeze(&mut world),
        Err(vec![Refusal::Edition(EditionRefusal::Unchanged { edition: first })]),
        "corrected back"
    );
    correct(&mut world, 98, "集計の誤り");
    freeze(&mut world).expect("the second");
    let known = editions(&world);
    assert_eq!(known.iter().map(|edition| edition.number).collect::<Vec<_>>(), [1, 2]);
    assert!(known[0].errata.is_empty());
}

#[test]
fn the_errata_name_the_corrected_figure_with_every_reason_since() {
    let mut world = world();
    correct(&mut world, 50, "版より前の訂正");
    freeze(&mut world).expect("the first");
    correct(&mut world, 60, "一度目");
    correct(&mut world, 61, "二度目");
    freeze(&mut world).expect("the second");
    let [_, second] = &editions(&world)[..] else { panic!("two editions") };
    let [erratum] = &second.errata[..] else { panic!("{:?}", second.errata) };
    assert!(erratum.wrong.contains("50回") && erratum.right.contains("61回"), "{erratum:?}");
    assert_eq!(erratum.place.as_deref(), Some("令和7年度 1(1) ①"));
    let causes: Vec<_> = erratum.causes.iter().map(|cause| (cause.reason.as_str(), cause.post.as_str())).collect();
    assert_eq!(causes, [("一度目", "しごと課"), ("二度目", "しごと課")]);
}

#[test]
fn a_private_row_is_in_no_edition() {
    let mut world = world();
    world.draft(world.parties[0], true);
    let shared = propose(&world.dossiers, world.agreement, FiscalYear(2027)).expect("a plan").document;
    world.draft_in_private(1, 0, 3);
    let now = propose(&world.dossiers, world.agreement, FiscalYear(2027)).expect("a plan").document;
    assert_eq!(canonical(&now), canonical(&shared));
}

#[test]
fn files_of_something_else_are_refused_and_so_is_a_year_without_a_report() {
    let mut world = world();
    let command = world.freezing(world.parties[0], YEAR);
    correct(&mut world, 70, "作成中の訂正");
    assert_eq!(world.act(operator(), command), Err(vec![Refusal::Edition(EditionRefusal::ContentMoved)]));
    let drafted = FiscalYear(2027);
    let command = world.freezing(world.parties[0], drafted);
    assert_eq!(
        world.act(operator(), command),
        Err(vec![Refusal::Edition(EditionRefusal::NothingShown { fiscal_year: drafted })])
    );
    let none = FiscalYear(1999);
    let command = world.freezing(world.parties[0], none);
    assert_eq!(
        world.act(operator(), command),
        Err(vec![Refusal::Edition(EditionRefusal::NoReport { fiscal_year: none })])
    );
}

#[test]
fn each_figure_of_an_edition_leads_to_who_reported_it() {
    let mut world = world();
    freeze(&mut world).expect("the first");
    correct(&mut world, 42, "あとからの訂正");
    let view = world.dossiers.seen_by(operator().viewer()).agreement(world.agreement).expect("concluded");
    let reference: Reference = "R8-1-0001".parse().expect("a reference");
    let found = view.provenance(reference).expect("found");
    assert_eq!(found.printed.row.as_deref(), Some("令和7年度 1(1) ①"));
    let kept = found.observation.expect("taken over");
    assert_ne!(found.printed.figure.value, Some(42.into()), "the edition keeps what it printed");
    assert_eq!(kept.observation.corrections.len(), 1);
    assert_eq!(found.evidence.map(|(evidence, _)| evidence.file_name.as_str()), Some("昨年度.txt"));
    assert!(view.provenance("R8-1-9999".parse().expect("a reference")).is_none());
    assert!(view.provenance("R8-2-0001".parse().expect("a reference")).is_none());
}
