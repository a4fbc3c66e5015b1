//! Ten years of one city, imported together in any order, give one history. Rows are recognised in the next year, and
//! each renamed division is asked about once.

use renkei_app::{evidence, organisation};
use std::collections::BTreeSet;

use renkei_app::access::{local_operator, local_viewer};
use renkei_document::document::{PlanKind, PlanTable};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::party::PartyKey;
use renkei_domain::plan::lineage::RowRef;
use renkei_sample::{RowTruth, Settings, Table, Truth, document_with_truth, renamed_offices};

use crate::fixture::Office;

const FIRST: i16 = 2017;
const YEARS: i16 = 10;

/// The order in which the years are imported, which is not the order of time.
const ORDER: [usize; 10] = [6, 2, 9, 0, 4, 8, 1, 7, 3, 5];

#[test]
fn ten_years_imported_in_any_order_give_one_history() {
    for (seed, floor) in [(3, 98), (7, 98)] {
        let years: Vec<(String, Truth)> =
            (FIRST..FIRST + YEARS).map(|year| document_with_truth(&Settings::usual(seed, year))).collect();
        let office = imported(&years);
        check_history(&office);
        let (right, all) = recognised(&office, &years);
        println!("seed {seed}: {right} of {all} rows with the right ancestors");
        assert!(right * 100 >= all * floor, "seed {seed}: {right} of {all}");
        let questions = check_questions(&office, seed, &years);
        let office = office.reopened();
        check_history(&office);
        assert_eq!(names(&office), questions, "opened again");
        answer_all(&office);
        assert_eq!(names(&office), BTreeSet::new());
        let (again, _) = recognised(&office, &years);
        assert!(again * 100 >= all * floor, "knowing the names does not hurt: {again} after {right}");
        let office = office.reopened();
        assert_eq!(names(&office), BTreeSet::new(), "opened again");
    }
}

fn imported(years: &[(String, Truth)]) -> Office {
    let office = Office::empty();
    let file = |place: usize| (format!("{place}.txt"), years[place].0.clone().into_bytes());
    let files: Vec<(String, Vec<u8>)> = ORDER.map(file).to_vec();
    let mut order = Vec::new();
    evidence::import_many(&office.node, &local_operator(), &files, None, |imported| {
        imported.outcome.expect("imports");
        order.push(ORDER[imported.file]);
    });
    assert!(order.is_sorted() && order.len() == years.len(), "the oldest first: {order:?}");
    evidence::import_many(&office.node, &local_operator(), &files[..1], None, |imported| {
        assert!(imported.outcome.is_err(), "it is there already");
    });
    office
}

/// Checks that the history is one agreement with ten years of plans and ten years of progress.
fn check_history(office: &Office) {
    let state = office.node.state();
    let view = state.seen_by(local_viewer());
    let agreement = view.agreements().next().expect("an agreement");
    assert_eq!(view.agreements().count(), 1);
    let years = |kind: PlanKind| -> Vec<i16> {
        let plans = agreement.plans().into_iter().filter(|(_, plan)| plan.kind == kind);
        plans.map(|(_, plan)| plan.fiscal_year.0).rev().collect()
    };
    assert_eq!(years(PlanKind::Plan), (FIRST..FIRST + YEARS).collect::<Vec<_>>());
    assert_eq!(years(PlanKind::Progress), (FIRST - 1..FIRST + YEARS - 1).collect::<Vec<_>>());
}

/// Returns the number of plan rows for which the node finds the predecessors that the generator gave them, and the
/// number of all plan rows.
fn recognised(office: &Office, years: &[(String, Truth)]) -> (usize, usize) {
    let state = office.node.state();
    let rows = |truth: &Truth, table: Table| -> Vec<RowTruth> {
        truth.rows.iter().filter(|row| row.table == table).cloned().collect()
    };
    let place = |row: &RowTruth| (row.chapter, row.section, row.number);
    let place_of = |row: &RowRef| (row.chapter as usize, row.section as usize, row.number as usize);
    let (mut right, mut all) = (0, 0);
    for (year, pair) in (FIRST..).zip(years.windows(2)) {
        // The document of a year also contains the progress of the year before, beside the plan that follows it.
        let (old, new) = (rows(&pair[1].1, Table::Progress), rows(&pair[1].1, Table::Plan));
        let found = state.lineage(local_viewer(), None, FiscalYear(year), FiscalYear(year + 1)).expect("both years");
        for row in &new {
            let carries = |known: &&RowTruth| known.origins.iter().any(|origin| row.origins.contains(origin));
            let expected: BTreeSet<_> = old.iter().filter(carries).map(place).collect();
            let suggestion = found.rows.iter().find(|suggestion| place_of(&suggestion.to) == place(row));
            let suggested: BTreeSet<_> = suggestion.into_iter().flat_map(|known| &known.from).map(place_of).collect();
            all += 1;
            right += usize::from(suggestion.is_some() && suggested == expected);
        }
    }
    (right, all)
}

fn names(office: &Office) -> BTreeSet<(String, String)> {
    let asked = office.node.state().renamed_divisions(local_viewer());
    let names: BTreeSet<_> = asked.iter().map(|known| (known.former.clone(), known.latter.clone())).collect();
    assert_eq!(names.len(), asked.len(), "each is asked once");
    names
}

/// Checks that the node asks about each renamed division which a row of a plan names, and about no other division.
fn check_questions(office: &Office, seed: u64, years: &[(String, Truth)]) -> BTreeSet<(String, String)> {
    let state = office.node.state();
    let agreement = state.seen_by(local_viewer()).agreements().next().expect("an agreement");
    let tables: Vec<PlanTable> = agreement.plans().iter().filter_map(|(id, _)| agreement.table(*id)).collect();
    let bears = |name: &str| {
        let rows =
            tables.iter().flat_map(|table| &table.chapters).flat_map(|c| &c.sections).flat_map(|s| &s.initiatives);
        rows.into_iter().any(|row| row.divisions.iter().any(|division| division == name))
    };
    let last = years.last().map_or(0, |(_, truth)| truth.fiscal_year);
    let renamed = renamed_offices(seed).into_iter().filter(|office| (FIRST..=last).contains(&office.since));
    let shown = renamed.filter(|office| bears(office.former) && bears(office.latter));
    let expected: BTreeSet<_> = shown.map(|office| (office.former.to_owned(), office.latter.to_owned())).collect();
    let asked = names(office);
    println!("seed {seed}: asked about {asked:?}");
    assert!(!asked.is_empty());
    assert_eq!(asked, expected);
    asked
}

/// Answers "yes" to all questions except the last, and "no" to the last.
fn answer_all(office: &Office) {
    let asked = office.node.state().renamed_divisions(local_viewer());
    let party = {
        let state = office.node.state();
        let agreement = state.seen_by(local_viewer()).agreements().next().expect("an agreement");
        agreement.agreement.party_of(&PartyKey::new("city")).expect("the city")
    };
    for (place, known) in asked.iter().enumerate() {
        let (names, same) = ((known.former.as_str(), known.latter.as_str()), place + 1 < asked.len() || place == 0);
        let answer =
            || organisation::identify_divisions(&office.node, local_operator(), party, names, known.since, same);
        answer().expect("recorded");
        assert!(answer().is_err(), "the same answer twice");
    }
}
