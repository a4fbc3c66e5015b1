//! The house style of a party: only the party itself sets its style, and the style changes printed documents but no
//! stored data.

use renkei_document::document::Document;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::house_style::{HouseStyle, NumberStyle};
use renkei_domain::command::Command;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::refusal::Refusal;

use crate::world::{World, operator};

const FULL: HouseStyle = HouseStyle { numbers: NumberStyle::FullWidth, ..AS_WRITTEN };
const AS_WRITTEN: HouseStyle = HouseStyle {
    numbers: NumberStyle::AsWritten,
    unit_blank: renkei_document::house_style::UnitBlank::AsWritten,
    brackets: renkei_document::house_style::BracketStyle::AsWritten,
    letters: renkei_document::house_style::LetterWidth::AsWritten,
    persons: renkei_document::house_style::PersonCounter::AsWritten,
    dates: renkei_document::house_style::DateStyle::AsWritten,
};

fn set(world: &mut World, by: usize, of: usize, style: HouseStyle) -> Result<(), Vec<Refusal>> {
    let actor = crate::world::holder(world.parties[by], "担当");
    let party = world.parties[of];
    world.act(actor, Command::Organisation(OrganisationCommand::SetHouseStyle { party, style }))
}

/// Returns the report as stored, and as printed.
fn report(world: &World) -> (Document, Document) {
    let view = world.dossiers.seen_by(operator().viewer()).agreement(world.agreement).expect("concluded");
    let stored = view.report(FiscalYear(2026)).expect("a report");
    (stored.clone(), view.printed(stored))
}

fn texts(document: &Document) -> Vec<&str> {
    let sections = document.plans[0].chapters.iter().flat_map(|chapter| &chapter.sections);
    sections.flat_map(|section| &section.initiatives).map(|row| row.text.as_str()).collect()
}

#[test]
fn a_style_changes_printed_rows_of_its_party_and_no_stored_data() {
    let mut world = World::after(&[]);
    let (before, printed) = report(&world);
    assert_eq!(printed, before, "as written until it is chosen");
    set(&mut world, 0, 0, FULL).expect("set");
    let (stored, printed) = report(&world);
    assert_eq!(stored, before);
    assert_eq!(texts(&printed), ["相談会を４回開催した。", "相談会を12回開催した。", "相談会を７回開催した。"]);
    set(&mut world, 0, 0, AS_WRITTEN).expect("set back");
    assert_eq!(report(&world).1, before);
}

#[test]
fn a_party_sets_its_own_style_and_only_another_one() {
    let mut world = World::after(&[]);
    assert_eq!(set(&mut world, 1, 0, FULL), Err(vec![Refusal::NotYourParty]));
    assert_eq!(set(&mut world, 0, 0, HouseStyle::default()), Err(vec![Refusal::NothingChanged]));
    set(&mut world, 0, 0, FULL).expect("set");
    assert_eq!(set(&mut world, 0, 0, FULL), Err(vec![Refusal::NothingChanged]));
}
