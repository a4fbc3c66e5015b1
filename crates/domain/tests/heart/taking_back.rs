//! Every order in which two sides import, merge, take over and take back: neither touches what the other owns.

use crate::world::{World, document_of, faults, officer};
use renkei_document::document::{Document, Initiative};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use renkei_domain::command::{Command, ImportDocument, Merge};
use renkei_domain::evidence::Evidence;
use renkei_domain::plan::Standing;

const STEPS: usize = 4;

/// What the bureau's row of the second document is.
#[derive(Debug, Clone, Copy)]
enum Says {
    TheSame,
    Otherwise,
    Nothing,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Merge(Says),
    TakeOver(Id<Evidence>),
    Undo(Id<Evidence>),
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
    // A document in which nothing is new is not recorded: the city's last row always is.
    let last = document.plans[0].chapters[0].sections[1].initiatives.last_mut().expect("a row");
    last.items = vec![format!("{number}回目の事項")];
    document
}

fn documents(world: &World) -> Vec<Id<Evidence>> {
    let known = &world.dossiers.agreements[&world.agreement].evidence;
    let mut known: Vec<_> = known.iter().map(|(id, known)| (known.at, *id)).collect();
    known.sort_by_key(|(at, _)| *at);
    known.into_iter().map(|(_, id)| id).collect()
}

/// The document of 2023, brought by the city; the world's first document is of another year.
fn imported() -> World {
    let mut world = World::after(&[]);
    let city = world.parties[0];
    import(&mut world, city, document_of(FiscalYear(2023)), None).expect("imported");
    world
}

fn import(
    world: &mut World,
    by: Id<id::Party>,
    document: Document,
    merge: Option<Merge>,
) -> Result<(), Vec<renkei_domain::refusal::Refusal>> {
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
    world.act(officer(by), Command::ImportDocument(Box::new(import)))
}

fn take(world: &mut World, party: Id<id::Party>, step: Step) -> bool {
    let agreement = world.agreement;
    let number = world.entries.len();
    let done = match step {
        Step::Merge(says) => {
            import(world, party, document(says, number), Some(Merge { gone: usize::MAX, ..Merge::default() }))
        }
        Step::TakeOver(evidence) => world.act(officer(party), Command::TakeOverRows { agreement, party, evidence }),
        Step::Undo(evidence) => {
            let reason = "誤り".to_owned();
            world.act(officer(party), Command::UndoImport { agreement, evidence, reason })
        }
    };
    done.is_ok()
}

/// Takes every step that can be taken, and from there every next one; answers how many were taken.
fn walk(world: &World, way: &mut Vec<(usize, Step)>, undone: &mut usize) -> usize {
    if way.len() == STEPS {
        return 0;
    }
    let documents = documents(world).into_iter().skip(1);
    let of_documents = documents.flat_map(|known| [Step::TakeOver(known), Step::Undo(known)]);
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
            *undone += usize::from(matches!(step, Step::Undo(_)));
            taken += 1 + walk(&next, way, undone);
            way.pop();
        }
    }
    taken
}

#[test]
fn in_no_order_does_a_side_touch_what_the_other_owns() {
    let mut undone = 0;
    let taken = walk(&imported(), &mut Vec::new(), &mut undone);
    assert!(taken > 500 && undone > 50, "{taken} steps, {undone} of them back");
}

/// A merge by the city leaves the bureau's row unchanged, then the bureau takes it over: undoing the merge keeps it taken over.
#[test]
fn a_row_that_a_merge_left_as_it_was_stays_taken_over_when_the_merge_is_taken_back() {
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
