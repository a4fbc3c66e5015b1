//! Tests that the lineage suggests the right relation for rows that continue, merge or split from one year to the next.

use std::collections::BTreeSet;

use renkei_document::document::{PlanKind, PlanTable};
use renkei_domain::plan::lineage;
use renkei_sample::{Damage, RowTruth, Settings, Table, Truth, document_with_truth};

/// The place of a row: chapter, section, number.
type Place = (usize, usize, usize);

#[test]
fn nineteen_of_twenty_rows_find_their_ancestors() {
    let (mut right, mut all, mut moved) = (0, 0, 0);
    for (seed, year) in [(60, 2024), (61, 2026)] {
        let (old, old_truth) = plan(seed, year);
        let (new, new_truth) = plan(seed, year + 1);
        let suggested = lineage::suggest(&old, &new);
        for row in &new_truth.rows {
            let ancestors: BTreeSet<Place> = ancestors(row, &old_truth).map(place).collect();
            let suggestion = suggested.rows.iter().find(|suggestion| place_of(&suggestion.to) == place(row));
            let found: BTreeSet<Place> = suggestion.into_iter().flat_map(|s| &s.from).map(place_of).collect();
            all += 1;
            right += u32::from(found == ancestors);
            moved += u32::from(ancestors.len() != 1);
        }
    }
    assert!(moved > 0, "the years between show something new, merged or split");
    assert!(right * 20 >= all * 19, "{right} of {all}");
}

/// Returns the plan of a year as the import reads it, and its expected content.
fn plan(seed: u64, year: i16) -> (PlanTable, Truth) {
    let (text, mut truth) = document_with_truth(&Settings { damage: Damage::None, ..Settings::usual(seed, year) });
    let document = renkei_import::read(text.as_bytes()).expect("a sample is readable").value;
    truth.rows.retain(|row| row.table == Table::Plan);
    (document.plans.into_iter().find(|plan| plan.kind == PlanKind::Plan).expect("the sample has a plan"), truth)
}

fn ancestors<'a>(row: &'a RowTruth, old: &'a Truth) -> impl Iterator<Item = &'a RowTruth> {
    old.rows.iter().filter(|known| known.origins.iter().any(|origin| row.origins.contains(origin)))
}

fn place(row: &RowTruth) -> Place {
    (row.chapter, row.section, row.number)
}

fn place_of(row: &lineage::RowRef) -> Place {
    (row.chapter as usize, row.section as usize, row.number as usize)
}
