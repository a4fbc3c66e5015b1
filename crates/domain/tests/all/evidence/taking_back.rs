//! Tries all orders in which two sides import, merge, take over, decline and undo. No side may change data that the
//! other side owns.

use crate::world::{World, document_of, faults, officer};
use renkei_document::document::{Document, Initiative};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use renkei_domain::command::Command;
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::evidence::command::{DeclineRows, ImportDocument, Merge};
use renkei_domain::evidence::refusal::EvidenceRefusal;
use renkei_domain::plan::Standing;
use renkei_domain::refusal::Refusal;

const STEPS: usize = 4;

/// The content of a merged document about the bureau's rows, compared with the document that was imported first.
#[derive(Debug, Clone, Copy)]
enum Says {
    TheSame,
    Otherwise,
    Nothing,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Merge(Says),
    TakeOver(Id<id::Evidence>),
    Decline(Id<id::Evidence>),
    Undo(Id<id::Evidence>),
}

fn document(says: Says, number: usize) -> Document {
    let mut document = document_of(FiscalYear(2023));
    let is_the_bureaus = |row: &Initiative| row.party == PartyKey::new("labour_bureau");
    for section in document.plans.iter_mut().flat_map(|plan| &mut plan.chapters).flat_map(|c| &mut c.sections) {
        match says {
            Says::TheSame => {}
            Says::Otherwise => {
                let rows = section.initiatives.iter_mut().filter(|row| is_the_bureaus(row));
                rows.for_each(|row| row.items = vec![format!("{number}回目に加えた事項")]);
            }
            Says::Nothing => section.initiatives.retain(|row| !is_the_bureaus(row)),
        }
    }
    // A document without changes is refused, so this document always changes the city's last row.
    let last = document.plans[0].chapters[0].sections[1].initiatives.last_mut().expect("a row");
    last.items = vec![format!("{number}回目の事項")];
    document
}

fn documents(world: &World) -> Vec<Id<id::Evidence>> {
    let known = &world.dossiers.agreements[&world.agreement].evidence;
    let mut known: Vec<_> = known.iter().map(|(id, known)| (known.at, *id)).collect();
    known.sort_by_key(|(at, _)| *at);
    known.into_iter().map(|(_, id)| id).collect()
}

/// Returns the world after the city has imported a document of 2023; the world's first document is of another year.
fn imported() -> World {
    let mut world = World::after(&[]);
    let city = world.parties[0];
    import(&mut world, city, document_of(FiscalYear(2023)), None).expect("imported");
    world
}

fn import(world: &mut World, by: Id<id::Party>, document: Document, merge: Option<Merge>) -> Result<(), Vec<Refusal>> {
    let (agreement, digest) = (world.agreement, format!("{:064}", world.entries.len()));
    let import = ImportDocument {
        agreement,
        by,
        file_name: "文書.txt".to_owned(),
        digest,
        document,
        findings: Vec::new(),
        merge,
    };
    world.act(officer(by), Command::Evidence(EvidenceCommand::ImportDocument(Box::new(import))))
}

fn take(world: &mut World, party: Id<id::Party>, step: Step) -> bool {
    let agreement = world.agreement;
    let number = world.entries.len();
    let done = match step {
        Step::Merge(says) => {
            import(world, party, document(says, number), Some(Merge { gone: usize::MAX, ..Merge::default() }))
        }
        Step::TakeOver(evidence) => {
            world.act(officer(party), Command::Evidence(EvidenceCommand::TakeOverRows { agreement, party, evidence }))
        }
        Step::Decline(evidence) => {
            let reason = "所管しないため".to_owned();
            world.act(
                officer(party),
                Command::Evidence(EvidenceCommand::DeclineRows(DeclineRows { agreement, party, evidence, reason })),
            )
        }
        Step::Undo(evidence) => {
            let reason = "誤り".to_owned();
            world.act(officer(party), Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, reason }))
        }
    };
    done.is_ok()
}

/// Tries every possible step, then every step after each of them. Returns the number of steps that succeeded.
fn walk(world: &World, way: &mut Vec<(usize, Step)>, undone: &mut usize) -> usize {
    if way.len() == STEPS {
        return 0;
    }
    let of_documents = documents(world)
        .into_iter()
        .skip(1)
        .flat_map(|known| [Step::TakeOver(known), Step::Decline(known), Step::Undo(known)]);
    let merges = [Says::TheSame, Says::Otherwise, Says::Nothing].map(Step::Merge);
    let mut taken = 0;
    for step in of_documents.chain(merges) {
        for (side, party) in world.parties.into_iter().enumerate() {
            let mut next = world.clone();
            if !take(&mut next, party, step) {
                continue;
            }
            way.push((side, step));
            let other = world.parties[1 - side];
            assert_eq!(next.owned_by(other), world.owned_by(other), "{way:?}");
            let written = &next.entries[world.entries.len()..];
            assert!(written.iter().all(|entry| entry.order.party == party), "{way:?}");
            assert_eq!(faults(&next.dossiers), Vec::<String>::new(), "{way:?}");
            if let Step::Decline(document) = step {
                assert_eq!(waits_for(&next, party, document), 0, "{way:?}");
                let before: usize = documents(world).into_iter().map(|known| waits_for(world, party, known)).sum();
                let after: usize = documents(&next).into_iter().map(|known| waits_for(&next, party, known)).sum();
                assert_eq!(before - after, waits_for(world, party, document), "nothing else goes: {way:?}");
            }
            *undone += usize::from(matches!(step, Step::Undo(_)));
            taken += 1 + walk(&next, way, undone);
            way.pop();
        }
    }
    taken
}

#[test]
fn no_order_of_actions_lets_a_side_change_data_of_the_other() {
    let mut undone = 0;
    let taken = walk(&imported(), &mut Vec::new(), &mut undone);
    assert!(taken > 500 && undone > 50, "{taken} steps, {undone} of them back");
}

/// A merge by the city leaves the bureau's row unchanged, and then the bureau takes the row over. Undoing the merge
/// does not change that.
#[test]
fn a_row_that_a_merge_did_not_change_stays_taken_over_when_the_merge_is_undone() {
    let mut world = imported();
    let [city, bureau] = world.parties;
    assert!(take(&mut world, city, Step::Merge(Says::TheSame)));
    let [_, first, second] = documents(&world)[..] else { panic!("three documents") };
    assert!(take(&mut world, bureau, Step::TakeOver(first)));
    let owned = world.owned_by(bureau);
    assert!(take(&mut world, city, Step::Undo(second)));
    assert!(!take(&mut world, city, Step::Undo(first)));
    assert_eq!(world.owned_by(bureau), owned);
    let rows = world.dossiers.agreements[&world.agreement].initiatives.values();
    let taken = |standing: &Standing| matches!(standing, Standing::TakenOver { evidence, .. } if *evidence == first);
    assert_eq!(rows.filter(|row| row.party == bureau && taken(&row.standing)).count(), 1);
}

/// Returns the number of rows of a document that a party has not taken over yet.
fn waits_for(world: &World, party: Id<id::Party>, evidence: Id<id::Evidence>) -> usize {
    let rows = world.dossiers.agreements[&world.agreement].initiatives.values();
    rows.filter(|row| row.party == party && row.standing == Standing::Evidence { evidence }).count()
}

/// Returns the number of a party's rows in the year of the imported documents.
fn rows_of(world: &World, party: Id<id::Party>) -> usize {
    let dossier = &world.dossiers.agreements[&world.agreement];
    let of_year = |plan| dossier.plans[&plan].fiscal_year == FiscalYear(2023);
    dossier.initiatives.values().filter(|row| row.party == party && of_year(row.plan)).count()
}

#[test]
fn declined_rows_leave_the_plan_and_the_document_stays_with_who_declined_and_why() {
    let mut world = imported();
    let [city, bureau] = world.parties;
    let first = documents(&world)[1];
    assert_eq!((rows_of(&world, city), rows_of(&world, bureau), waits_for(&world, bureau, first)), (2, 1, 1));
    assert!(take(&mut world, bureau, Step::Decline(first)));
    assert_eq!((rows_of(&world, city), rows_of(&world, bureau)), (2, 0));
    let evidence = &world.dossiers.agreements[&world.agreement].evidence[&first];
    assert_eq!(evidence.document.plans[0].rows().count(), 3, "the document stays as it is");
    let told: Vec<_> = evidence.declined.iter().map(|one| (one.party, one.rows, one.reason.as_str())).collect();
    assert_eq!(told, [(bureau, 1, "所管しないため")]);
    assert_eq!(evidence.declined[0].post, "担当");
    assert!(!take(&mut world, bureau, Step::Decline(first)), "once");
    assert!(take(&mut world, city, Step::Undo(first)), "the import can be undone as before");
    assert_eq!((rows_of(&world, city), rows_of(&world, bureau)), (0, 0));
}

#[test]
fn rows_are_declined_with_a_reason_by_their_own_party_alone() {
    let mut world = imported();
    let ([city, bureau], agreement, evidence) = (world.parties, world.agreement, documents(&world)[1]);
    let before = world.dossiers.clone();
    let unexplained = Refusal::Evidence(EvidenceRefusal::UnexplainedDecline);
    for (by, party, reason, refusals) in [
        (city, bureau, "所管しないため", vec![Refusal::NotYourParty]),
        (city, city, "", vec![Refusal::NothingToTakeOver, unexplained.clone()]),
        (bureau, bureau, " ", vec![unexplained]),
    ] {
        let taken = Command::Evidence(EvidenceCommand::TakeOverRows { agreement, party: city, evidence });
        if party == city {
            world.act(officer(city), taken).expect("taken over");
        }
        let command = Command::Evidence(EvidenceCommand::DeclineRows(DeclineRows {
            agreement,
            party,
            evidence,
            reason: reason.to_owned(),
        }));
        assert_eq!(world.act(officer(by), command), Err(refusals));
    }
    assert_eq!(before.agreements[&agreement].plans, world.dossiers.agreements[&agreement].plans);
}

/// The city merges a second document with the same row of the bureau; then the bureau declines the row of the first
/// document.
#[test]
fn a_declined_row_does_not_come_back_when_a_later_merge_is_undone() {
    let mut world = imported();
    let [city, bureau] = world.parties;
    assert!(take(&mut world, city, Step::Merge(Says::TheSame)));
    let [_, first, second] = documents(&world)[..] else { panic!("three documents") };
    assert!(take(&mut world, bureau, Step::Decline(first)));
    assert!(take(&mut world, city, Step::Undo(second)));
    assert_eq!((rows_of(&world, city), rows_of(&world, bureau)), (2, 0));
    assert_eq!(faults(&world.dossiers), Vec::<String>::new());
}

/// A merge changes one of two rows of the bureau, which declines both documents. Undoing the merge restores neither
/// row.
#[test]
fn a_row_that_a_merge_changed_is_declined_with_the_document_that_showed_it_first() {
    let mut world = World::after(&[]);
    let [city, bureau] = world.parties;
    let with_two_rows = |text: &str| {
        let mut document = document_of(FiscalYear(2023));
        let sections = &mut document.plans[0].chapters[0].sections;
        let mut other = sections[0].initiatives[1].clone();
        other.text = "窓口を開く。".into();
        sections[1].initiatives.push(other);
        sections[0].initiatives[1].text = text.into();
        document
    };
    for (text, merge) in
        [("相談会を12回開催した。", None), ("相談会を12回開催し、求人を集めた。", Some(Merge::default()))]
    {
        let import = crate::record::ownership::importing(&world, city, with_two_rows(text), merge);
        world.act(officer(city), import).expect("imported");
    }
    let [_, first, second] = documents(&world)[..] else { panic!("three documents") };
    assert_eq!((waits_for(&world, bureau, first), waits_for(&world, bureau, second)), (1, 1));
    assert!(take(&mut world, bureau, Step::Decline(second)));
    assert!(take(&mut world, bureau, Step::Decline(first)));
    assert!(take(&mut world, city, Step::Undo(second)));
    assert_eq!(rows_of(&world, bureau), 0);
    assert_eq!(faults(&world.dossiers), Vec::<String>::new());
}

/// The row that a merge replaced was not declined, so it waits again once the merge is undone.
#[test]
fn undoing_a_merge_whose_rows_were_declined_restores_the_replaced_rows() {
    let mut world = imported();
    let [city, bureau] = world.parties;
    let before = rows_of(&world, bureau);
    assert!(take(&mut world, city, Step::Merge(Says::Otherwise)));
    let [_, first, second] = documents(&world)[..] else { panic!("three documents") };
    assert!(take(&mut world, bureau, Step::Decline(second)));
    assert_eq!(rows_of(&world, bureau), 0);
    assert!(take(&mut world, city, Step::Undo(second)));
    assert_eq!((rows_of(&world, bureau), waits_for(&world, bureau, first)), (before, before));
}

#[test]
fn the_same_file_may_come_again_after_its_rows_were_declined_and_they_wait_again() {
    let mut world = World::after(&[]);
    let [city, bureau] = world.parties;
    let import_it = |world: &mut World| {
        let import =
            crate::record::ownership::importing(world, city, document_of(FiscalYear(2023)), Some(Merge::default()));
        world.act(officer(city), import)
    };
    import_it(&mut world).expect("imported");
    assert!(matches!(import_it(&mut world).expect_err("twice")[..], [Refusal::AlreadyImported { .. }]));
    let first = documents(&world)[1];
    assert!(take(&mut world, bureau, Step::Decline(first)));
    assert_eq!(rows_of(&world, bureau), 0);
    import_it(&mut world).expect("once more");
    let second = documents(&world)[2];
    assert_eq!((rows_of(&world, bureau), waits_for(&world, bureau, second)), (1, 1));
    assert!(matches!(import_it(&mut world).expect_err("twice")[..], [Refusal::AlreadyImported { .. }]));
}
