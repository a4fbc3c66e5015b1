//! 数値の比較 — pairs the figures of two rows by label, value and place, and then compares each pair in every aspect.

use super::difference::{Aspect, DifferenceKind, Part};
use super::found::{Found, Standing};
use super::pairing::{alone, pairs};
use crate::figure::Figure;
use crate::figure_words::in_one_line;
use crate::finding::Place;
use crate::house_style::{keys, same_words};
use crate::likeness::CharacterPairs;
use crate::quantity::{same_unit, unit_key};
use crate::search::folded;

/// Minimum score of a pair; with a lower score, the figures are not compared with each other.
const LEAST: f64 = 0.5;

pub(super) fn compare(found: &mut Found<'_>, left: &[Figure], right: &[Figure], places: (&Place, &Place)) {
    let (one, other): (Vec<Counted<'_>>, Vec<Counted<'_>>) =
        (left.iter().map(Counted::of).collect(), right.iter().map(Counted::of).collect());
    let pairs = pairs(left.len(), right.len(), LEAST, |a, b| score(&one[a], &other[b]));
    let standing = |figure: &Figure, row: &Place| Some(Standing::new(in_one_line(figure), &place(figure, row)));
    for (one, other) in &pairs {
        let (one, other) = (&left[*one], &right[*other]);
        let aspects = aspects(one, other);
        if !aspects.is_empty() {
            let sides = (standing(one, places.0), standing(other, places.1));
            found.tell_aspects(DifferenceKind::Figure, Part::Figure, aspects, sides);
        }
    }
    let (only_left, only_right) = alone(&pairs, left.len(), right.len());
    for one in only_left {
        found.tell(DifferenceKind::Missing, Part::Figure, standing(&left[one], places.0), None);
    }
    for other in only_right {
        found.tell(DifferenceKind::Missing, Part::Figure, None, standing(&right[other], places.1));
    }
}

/// A figure with the normalised forms used to pair it. They are computed once for each figure.
struct Counted<'a> {
    figure: &'a Figure,
    keys: (String, String),
    folded: String,
    pairs: CharacterPairs,
    unit: String,
}

impl<'a> Counted<'a> {
    fn of(figure: &'a Figure) -> Self {
        let folded = folded(&figure.label);
        let (keys, pairs) = (keys(&figure.label), CharacterPairs::of(&folded));
        Self { figure, keys, folded, pairs, unit: unit_key(figure.unit.as_deref()) }
    }
}

fn score(a: &Counted<'_>, b: &Counted<'_>) -> f64 {
    let (one, other) = (a.figure, b.figure);
    let same_label = a.keys.0 == b.keys.0 || a.keys.1 == b.keys.1 || a.folded == b.folded;
    let label = if same_label { 1.0 } else { a.pairs.likeness(&b.pairs) };
    let worth = |same: bool, worth: f64| if same { worth } else { 0.0 };
    let same_unit = a.unit == b.unit;
    0.5 * label
        + worth((one.value, one.state) == (other.value, other.state), 0.5)
        + worth(same_unit, 0.1)
        + worth(one.kind == other.kind, 0.1)
        + worth((one.as_of, one.period) == (other.as_of, other.period), 0.1)
        - worth(one.unit.is_some() && other.unit.is_some() && !same_unit, 0.2)
}

fn aspects(one: &Figure, other: &Figure) -> Vec<Aspect> {
    let differing = [
        (Aspect::Value, one.value != other.value && one.state == other.state),
        (Aspect::State, one.state != other.state),
        (Aspect::Unit, !same_unit(one.unit.as_deref(), other.unit.as_deref())),
        (Aspect::Label, !same_words(&one.label, &other.label)),
        (Aspect::AsOf, one.as_of != other.as_of),
        (Aspect::Period, one.period != other.period),
        (Aspect::EventDates, one.event_dates != other.event_dates),
        (Aspect::Scope, !same_or_none(&one.scope, &other.scope)),
        (Aspect::Kind, one.kind != other.kind),
        (Aspect::Qualifier, !same_or_none(&one.qualifier, &other.qualifier)),
        (Aspect::Provisional, one.provisional != other.provisional),
    ];
    differing.into_iter().filter(|(_, differs)| *differs).map(|(aspect, _)| aspect).collect()
}

fn same_or_none(one: &Option<String>, other: &Option<String>) -> bool {
    same_words(one.as_deref().unwrap_or_default(), other.as_deref().unwrap_or_default())
}

/// Returns the place of the figure in its row.
fn place(figure: &Figure, row: &Place) -> Place {
    let source = &figure.source;
    Place { line: source.line.or(row.line), row: row.row.clone(), at: source.at.clone() }
}
