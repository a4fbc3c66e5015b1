//! Collects the differences found so far. Also defines a text with its place, from which a side of a difference is
//! made.

use super::difference::{Aspect, Difference, DifferenceKind, Part, Side};
use crate::finding::Place;
use crate::locus::SourceLine;
use crate::same_text::{TextRange, differing, same_text};

/// The differences found so far, and the lines of both files, which give the place of each side.
pub(super) struct Found<'a> {
    pub left: &'a [SourceLine],
    pub right: &'a [SourceLine],
    pub differences: Vec<Difference>,
}

/// A text with its place, before it becomes a side.
#[derive(Clone)]
pub(super) struct Standing {
    pub text: String,
    pub place: Place,
}

impl Standing {
    pub fn new(text: impl Into<String>, place: &Place) -> Self {
        Self { text: text.into(), place: place.clone() }
    }
}

impl Found<'_> {
    pub fn tell(&mut self, kind: DifferenceKind, part: Part, left: Option<Standing>, right: Option<Standing>) {
        self.tell_aspects(kind, part, Vec::new(), (left, right));
    }

    pub fn tell_aspects(
        &mut self,
        kind: DifferenceKind,
        part: Part,
        aspects: Vec<Aspect>,
        (left, right): (Option<Standing>, Option<Standing>),
    ) {
        let (mut in_left, mut in_right) = (Vec::new(), Vec::new());
        if let (Some(one), Some(other), DifferenceKind::Text | DifferenceKind::Figure) = (&left, &right, kind) {
            (in_left, in_right) = differing(&one.text, &other.text);
        }
        let left = left.map(|standing| side(standing, in_left, self.left));
        let right = right.map(|standing| side(standing, in_right, self.right));
        self.differences.push(Difference { kind, part, aspects, left, right });
    }

    /// Compares a short text; `None` if a document does not have it.
    pub fn text(&mut self, part: Part, left: Option<&str>, right: Option<&str>, places: (&Place, &Place)) {
        let said = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
        let (left, right) = (said(left), said(right));
        let kind = match (&left, &right) {
            (Some(one), Some(other)) if same_text(one, other) => return,
            (Some(_), Some(_)) => DifferenceKind::Text,
            (None, None) => return,
            _ => DifferenceKind::Missing,
        };
        let standing = |text: Option<String>, place| text.map(|text| Standing::new(text, place));
        self.tell(kind, part, standing(left, places.0), standing(right, places.1));
    }
}

fn side(standing: Standing, differs: Vec<TextRange>, lines: &[SourceLine]) -> Side {
    let Standing { text, mut place } = standing;
    if place.at.is_none()
        && let Some(line) = place.line.and_then(|number| lines.get((number as usize).checked_sub(1)?))
    {
        let phrase = text.lines().next().unwrap_or_default();
        place.at = line.locate(phrase).cloned();
    }
    Side { text, differs, place }
}
