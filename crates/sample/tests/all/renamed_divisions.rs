//! Tests that, over ten years of documents, the program finds renamed offices with at least 95 % precision and recall,
//! and asks about each office only once.

use std::collections::BTreeSet;

use renkei_document::document::{Document, PlanTable};
use renkei_document::party::PartyKey;
use renkei_domain::plan::lineage::suggest;
use renkei_domain::plan::renamed_divisions::{Renaming, renamed_divisions};
use renkei_sample::{RowTruth, Settings, Table, Truth, document_with_truth, renamed_offices};

const FIRST: i16 = 2017;

#[test]
fn each_office_that_is_renamed_is_asked_about_once_and_no_other() {
    let (mut right, mut asked, mut shown) = (0, 0, 0);
    for seed in seeds() {
        let years: Vec<(Document, Truth)> = (FIRST..FIRST + 10).map(|year| read(seed, year)).collect();
        let tables: Vec<&PlanTable> = years.iter().flat_map(|(document, _)| &document.plans).collect();
        let found = renamed_divisions(&tables, &[], |old, new| Some(suggest(old, new)));
        let truth: Vec<&Truth> = years.iter().map(|(_, truth)| truth).collect();
        let expected = renamings(seed, &truth);
        let pair = |known: &Renaming| (known.former.clone(), known.latter.clone());
        let distinct: BTreeSet<(String, String)> = found.iter().map(pair).collect();
        assert_eq!(distinct.len(), found.len(), "each is asked once: {found:?}");
        assert!(found.iter().all(|known| known.party == PartyKey::new("city")));
        let missed: Vec<_> = expected.difference(&distinct).collect();
        let wrong: Vec<_> = found.iter().filter(|known| !expected.contains(&pair(known))).collect();
        println!("seed {seed}: {} of {} found", expected.len() - missed.len(), expected.len());
        missed.iter().for_each(|pair| println!("    missed {pair:?}"));
        wrong.iter().for_each(|known| println!("    wrong {:?} {}: {}", pair(known), known.since, known.carried.len()));
        right += expected.intersection(&distinct).count();
        (asked, shown) = (asked + found.len(), shown + expected.len());
    }
    println!("precision {right}/{asked}, recall {right}/{shown}");
    assert!(
        shown > 0 && right * 20 >= asked * 19 && right * 20 >= shown * 19,
        "{right} of {asked} asked, {shown} shown"
    );
}

fn seeds() -> std::ops::Range<u64> {
    0..2 * u64::from(renkei_sample::times())
}

fn read(seed: u64, year: i16) -> (Document, Truth) {
    let (text, truth) = document_with_truth(&Settings::usual(seed, year));
    (renkei_import::read(text.as_bytes()).expect("a sample is readable").value, truth)
}

/// Returns the renamings that some row shows: it has the former name in one year and the latter in the next.
fn renamings(seed: u64, years: &[&Truth]) -> BTreeSet<(String, String)> {
    let shows = |table: Table, former: &str, latter: &str| {
        let rows = |truth: &'_ Truth, name: &str| -> BTreeSet<u64> {
            let named = |row: &&RowTruth| row.table == table && row.divisions.iter().any(|division| division == name);
            truth.rows.iter().filter(named).flat_map(|row| row.origins.clone()).collect()
        };
        years.windows(2).any(|pair| !rows(pair[0], former).is_disjoint(&rows(pair[1], latter)))
    };
    let renamed = renamed_offices(seed).into_iter();
    let shown = renamed.filter(|office| {
        [Table::Plan, Table::Progress].map(|t| shows(t, office.former, office.latter)).contains(&true)
    });
    shown.map(|office| (office.former.to_owned(), office.latter.to_owned())).collect()
}
