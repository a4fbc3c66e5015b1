//! 数えたものの一致 — matches the figures of a document with those of a recorded row. Two figures match if they count the same
//! thing at the same time.

use std::collections::HashMap;

use renkei_document::figure::Figure;
use renkei_document::house_style;
use renkei_document::quantity::same_unit;

/// The figures of a recorded row that are not matched yet with a figure of the document.
pub(super) struct Left<'a> {
    figures: Vec<Option<Counted<'a>>>,
    /// The indexes of the figures, by both spellings of their labels.
    labelled: HashMap<String, Vec<usize>>,
}

impl<'a> Left<'a> {
    pub(super) fn of(figures: &'a [Figure]) -> Self {
        let figures: Vec<_> = figures.iter().map(|figure| Some(Counted::of(figure))).collect();
        let mut labelled: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, counted) in
            figures.iter().enumerate().filter_map(|(place, counted)| Some((place, counted.as_ref()?)))
        {
            for way in counted.label.ways() {
                labelled.entry(way.clone()).or_default().push(place);
            }
        }
        Self { figures, labelled }
    }

    /// Removes and returns the first figure that counts the same thing at the same time, whatever its value.
    pub(super) fn take(&mut self, figure: &Figure) -> Option<&'a Figure> {
        let wanted = Counted::of(figure);
        let is_it = |place: &usize| self.figures[*place].as_ref().is_some_and(|known| known.is_one_with(&wanted));
        let labelled = wanted.label.ways().filter_map(|way| self.labelled.get(way));
        let place = labelled.filter_map(|places| places.iter().copied().find(is_it)).min()?;
        self.figures[place].take().map(|taken| taken.figure)
    }
}

/// A text in two spellings: as written, and in plain style. Two texts match if they have one of the spellings in
/// common.
#[derive(PartialEq, Eq)]
struct Words {
    written: String,
    plain: String,
}

impl Words {
    fn of(text: &str) -> Self {
        let (written, plain) = house_style::keys(text);
        Self { written, plain }
    }

    /// Returns both spellings, or one if they are equal.
    fn ways(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.written).chain(Some(&self.plain).filter(|plain| **plain != self.written))
    }

    fn are_the_same(&self, other: &Self) -> bool {
        self.written == other.written || self.plain == other.plain
    }
}

/// The words that say what a figure counts, in a form that can be compared.
pub(super) struct Counted<'a> {
    figure: &'a Figure,
    label: Words,
    scope: Option<Words>,
    qualifier: Option<Words>,
}

impl<'a> Counted<'a> {
    pub(super) fn of(figure: &'a Figure) -> Self {
        let words = |text: &Option<String>| text.as_deref().map(Words::of);
        let (scope, qualifier) = (words(&figure.scope), words(&figure.qualifier));
        Self { figure, label: Words::of(&figure.label), scope, qualifier }
    }

    /// Whether two figures count the same thing at the same time, whatever their values.
    pub(super) fn is_one_with(&self, other: &Counted<'_>) -> bool {
        let said = |one: &Option<Words>, other: &Option<Words>| match (one, other) {
            (Some(one), Some(other)) => one.are_the_same(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let (one, its) = (self.figure, other.figure);
        (one.kind, one.as_of, one.period, &one.event_dates) == (its.kind, its.as_of, its.period, &its.event_dates)
            && self.label.are_the_same(&other.label)
            && same_unit(one.unit.as_deref(), its.unit.as_deref())
            && said(&self.scope, &other.scope)
            && said(&self.qualifier, &other.qualifier)
    }
}
