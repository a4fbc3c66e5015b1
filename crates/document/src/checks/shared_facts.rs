//! 共通実績の食い違い — finds reports of one shared fact that differ without a recorded explanation.

use std::collections::HashMap;

use crate::figure_words::in_one_line;
use crate::finding::{Finding, Notice};
use crate::id::{self, Id};

use super::known_facts::KnownFacts;
use super::row::Row;

pub(super) fn check(rows: &[Row<'_>], known: &KnownFacts) -> Vec<Finding> {
    if known.differing.is_empty() {
        return Vec::new();
    }
    let mut places = HashMap::new();
    for row in rows {
        for figure in &row.initiative.figures {
            if let Some(id) = figure.observation {
                places.entry(id).or_insert((row, figure));
            }
        }
    }
    let place =
        |id: Id<id::Observation>| places.get(&id).map(|(row, figure)| (in_one_line(figure), row.place_of(figure)));
    let found = known.differing.iter().filter_map(|(name, one, other)| {
        let ((one, first), (other, second)) = place(*one).zip(place(*other))?;
        Some(Finding::new(Notice::FigureDiffers { what: name.clone(), one, other }, first).also([second]))
    });
    found.collect()
}
