//! A document merged into a year that is there, and imports taken back as a whole.

use crate::world::{World, operator};
use renkei_document::document::PlanTable;
use renkei_document::figure::Stated;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_domain::command::Command;
use renkei_domain::evidence::Evidence;
use renkei_domain::facts::Actor;
use renkei_domain::plan::Standing;
use renkei_domain::refusal::Refusal;

fn newest(world: &World) -> Id<Evidence> {
    *world.dossiers.agreements[&world.agreement].evidence.keys().next_back().expect("imported")
}

fn take_over(world: &mut World, evidence: Id<Evidence>) {
    for party in world.parties {
        let command = Command::TakeOverRows { agreement: world.agreement, party, evidence };
        // A party without rows in the document has nothing to take over.
        let _ = world.act(operator(), command);
    }
}

fn progress(world: &World) -> PlanTable {
    let view = world.dossiers.seen_by(operator().viewer()).agreement(world.agreement).expect("concluded");
    let (id, _) = view.plans().into_iter().find(|(_, plan)| plan.fiscal_year == FiscalYear(2025)).expect("imported");
    view.table(id).expect("a table")
}

fn first_value(world: &World) -> Option<Stated> {
    progress(world).chapters[0].sections[0].initiatives[0].figures.first().map(Stated::of)
}

fn merged(more: i64) -> World {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let merging = world.merging(world.parties[0], more);
    world.act(operator(), merging).expect("merged");
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    world
}

fn undo(world: &mut World, evidence: Id<Evidence>) -> Result<(), Vec<Refusal>> {
    let agreement = world.agreement;
    world.act(operator(), Command::UndoImport { agreement, evidence, reason: "別の文書だった".into() })
}

#[test]
fn a_merged_document_changes_values_by_corrections_and_keeps_the_rows() {
    let before = World::after(&[]);
    let world = merged(3);
    let (old, new) = (progress(&before), progress(&world));
    assert_eq!(new.id, old.id);
    let rows = |table: &PlanTable| -> Vec<_> {
        table.chapters[0].sections.iter().flat_map(|s| &s.initiatives).map(|row| row.id).collect()
    };
    // 項目2 is not in the document any more: its row is gone, the others are the same rows.
    assert_eq!(rows(&new), rows(&old)[..2]);
    assert_eq!(first_value(&world), Some(Stated::Value { value: 8.into(), provisional: false }));
    let city = &world.dossiers.parties[&world.parties[0]];
    let corrected: Vec<_> = city.observations.values().flat_map(|known| &known.corrections).collect();
    assert_eq!(corrected.len(), 1);
    assert_eq!(corrected[0].reason, "文書「確定3.txt」の統合による");
    let standing = |party: Id<id::Party>| {
        let rows = world.dossiers.agreements[&world.agreement].initiatives.values();
        rows.filter(|row| row.party == party).all(|row| matches!(row.standing, Standing::TakenOver { .. }))
    };
    assert!(world.parties.into_iter().all(standing));
}

#[test]
fn an_import_taken_back_leaves_everything_as_it_was() {
    let mut world = World::after(&[]);
    let first = newest(&world);
    take_over(&mut world, first);
    let shown = world.all_that_is_shown_to(operator().viewer());
    let mut world = merged(4);
    assert_ne!(world.all_that_is_shown_to(operator().viewer()), shown);
    let (first, second) = {
        let mut evidence = world.dossiers.agreements[&world.agreement].evidence.keys().copied();
        (evidence.next().expect("imported"), evidence.next().expect("merged"))
    };
    assert_eq!(undo(&mut world, first), Err(vec![Refusal::MergedSince { file_name: "確定4.txt".into() }]));
    undo(&mut world, second).expect("undone");
    let table = progress(&world);
    assert_eq!(table.chapters[0].sections[0].initiatives[0].text, "相談会を4回開催した。");
    assert_eq!(first_value(&world), Some(Stated::Value { value: 4.into(), provisional: false }));
    let already = Refusal::AlreadyUndone { file_name: "確定4.txt".into() };
    assert_eq!(undo(&mut world, second), Err(vec![already]));
    undo(&mut world, first).expect("undone");
    let dossier = &world.dossiers.agreements[&world.agreement];
    assert!(dossier.plans.values().all(|plan| plan.fiscal_year == FiscalYear(2027)));
    assert!(world.parties.iter().all(|party| world.dossiers.parties[party].observations.is_empty()));
    // The same file may come again.
    let again = world.merging(world.parties[0], 4);
    world.act(operator(), again).expect("imported again");
}

#[test]
fn an_import_whose_figures_were_corrected_since_stays() {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let party = world.parties[0];
    let observation = *world.dossiers.parties[&party].observations.keys().next().expect("reported");
    let stated = Stated::Value { value: 99.into(), provisional: false };
    let command = Command::CorrectObservation { party, observation, stated, reason: "再集計".into() };
    world.act(operator(), command).expect("corrected");
    let refused = undo(&mut world, evidence).expect_err("refused");
    assert_eq!(refused, [Refusal::CorrectedSince { figures: vec!["相談会 開催回数".into()] }]);
}

#[test]
fn an_officer_changes_no_row_that_the_other_party_has_taken_over() {
    let mut world = World::after(&[]);
    let evidence = newest(&world);
    take_over(&mut world, evidence);
    let [_, bureau] = world.parties;
    let merging = world.merging(bureau, 1);
    let officer = Actor::Officer { party: bureau, post: "担当".into(), on_behalf_of: None };
    assert_eq!(world.act(officer.clone(), merging), Err(vec![Refusal::NotYourParty]));
    let agreement = world.agreement;
    let undoing = Command::UndoImport { agreement, evidence, reason: "誤り".into() };
    assert_eq!(world.act(officer, undoing), Err(vec![Refusal::NotYourParty]));
}
