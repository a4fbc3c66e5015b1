//! 順序の比較 — finds parts that both documents have, but in different order.

use super::difference::{DifferenceKind, Part};
use super::found::{Found, Standing};
use crate::finding::Place;

/// Reports one difference if the pairs, given in the order of the left list, have another order on the right. The
/// difference lists the parts from the first to the last displaced pair; each side is in its own order.
pub(super) fn compare(
    found: &mut Found<'_>,
    part: Part,
    pairs: &[(usize, usize)],
    names: (&dyn Fn(usize) -> String, &dyn Fn(usize) -> String),
    places: (&Place, &Place),
) {
    let mut in_right_order: Vec<(usize, usize)> = pairs.to_vec();
    in_right_order.sort_unstable_by_key(|(_, right)| *right);
    let displaced = |place: &usize| pairs[*place] != in_right_order[*place];
    let (Some(first), Some(last)) = ((0..pairs.len()).find(displaced), (0..pairs.len()).rev().find(displaced)) else {
        return;
    };
    let left: Vec<String> = pairs[first..=last].iter().map(|(left, _)| names.0(*left)).collect();
    let right: Vec<String> = in_right_order[first..=last].iter().map(|(_, right)| names.1(*right)).collect();
    let (left, right) = (Standing::new(left.join("、"), places.0), Standing::new(right.join("、"), places.1));
    found.tell(DifferenceKind::Order, part, Some(left), Some(right));
}
