//! Matches each row of a document with the old row that it replaces in the recorded table.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::lineage::{Lineage, RowRef};

/// A row, identified by its chapter, section and number, each from 1.
pub(super) type At = (u32, u32, u32);

/// The old row of each row of the document; new rows are not included.
pub(super) type Pairs = BTreeMap<At, At>;

fn at(row: &RowRef) -> At {
    (row.chapter, row.section, row.number)
}

/// Maps each row of the document that replaces an old row to that old row. Each old row is used at most once.
pub(super) fn pairs(lineage: &Lineage) -> Pairs {
    let mut taken = BTreeSet::new();
    let mut pairs = BTreeMap::new();
    for suggestion in &lineage.rows {
        if let Some(from) = suggestion.from.iter().map(at).find(|from| !taken.contains(from)) {
            taken.insert(from);
            pairs.insert(at(&suggestion.to), from);
        }
    }
    pairs
}
