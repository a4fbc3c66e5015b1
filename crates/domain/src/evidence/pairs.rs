//! The old row of each row of a document that replaces a table.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::lineage::{Lineage, RowRef};

/// A row, given by its chapter, section and number, each from 1.
pub(super) type At = (u32, u32, u32);

/// The old row of each row of the document.
pub(super) type Pairs = BTreeMap<At, At>;

fn at(row: &RowRef) -> At {
    (row.chapter, row.section, row.number)
}

/// Returns the old row of each row of the document; each old row is used once.
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
