//! A text that is being converted to a style, with the current positions of its figures.

use std::ops::Range;

use crate::figure::Figure;

/// 表記中の文 — a text and the current positions of its figures.
pub(super) struct Styled {
    pub text: String,
    item: Option<u32>,
    /// Index of each figure in the row, and its byte range in `text`; first to last.
    pub spans: Vec<(usize, Range<usize>)>,
}

/// A range of the text and its replacement.
pub(super) type Edit = (Range<usize>, String);

impl Styled {
    /// Creates the text with the positions of its figures. Ignores figures of other texts of the row, and positions
    /// outside of the text.
    pub fn of(text: &str, item: Option<u32>, figures: &[Figure]) -> Self {
        let mut spans = Vec::new();
        for (place, figure) in figures.iter().enumerate() {
            let Some(span) = figure.span.filter(|span| span.item == item) else { continue };
            let range = span.start as usize..span.end as usize;
            if text.get(range.clone()).is_some_and(|printed| !printed.is_empty()) {
                spans.push((place, range));
            }
        }
        spans.sort_by_key(|(_, range)| (range.start, range.end));
        Self { text: text.to_owned(), item, spans }
    }

    /// Applies edits, which must be sorted by position. An edit that crosses the boundary of a figure is skipped.
    pub fn change(&mut self, edits: Vec<Edit>) {
        let mut done: Vec<Edit> = Vec::new();
        for (range, text) in edits {
            let behind_last = done.last().is_none_or(|(last, _)| last.end <= range.start);
            let changes = self.text.get(range.clone()).is_some_and(|there| there != text);
            if behind_last && changes && self.spans.iter().all(|(_, span)| lies_well(&range, span)) {
                done.push((range, text));
            }
        }
        if done.is_empty() {
            return;
        }
        let mut changed = String::with_capacity(self.text.len() + 16);
        let mut at = 0;
        for (range, text) in &done {
            changed.push_str(&self.text[at..range.start]);
            changed.push_str(text);
            at = range.end;
        }
        changed.push_str(&self.text[at..]);
        for (_, span) in &mut self.spans {
            let start = moved(span.start, done.iter().filter(|(range, _)| range.end <= span.start));
            let end = moved(span.end, done.iter().filter(|(range, _)| range.start < span.end));
            *span = start..end;
        }
        self.text = changed;
    }

    /// Whether a figure covers some of these bytes.
    pub fn has_figure_in(&self, range: &Range<usize>) -> bool {
        self.spans.iter().any(|(_, span)| span.start < range.end && range.start < span.end)
    }

    /// Writes the new positions to the figures and returns the text.
    pub fn give_back(self, figures: &mut [Figure]) -> String {
        for (place, range) in self.spans {
            let span = figures.get_mut(place).and_then(|figure| figure.span.as_mut());
            let ends = u32::try_from(range.start).ok().zip(u32::try_from(range.end).ok());
            if let (Some(span), Some((start, end))) = (span.filter(|span| span.item == self.item), ends) {
                (span.start, span.end) = (start, end);
            }
        }
        self.text
    }
}

/// Whether the range is entirely inside or entirely outside the figure.
fn lies_well(range: &Range<usize>, span: &Range<usize>) -> bool {
    let outside = range.end <= span.start || span.end <= range.start;
    let inside = span.start <= range.start && range.end <= span.end && !range.is_empty();
    outside || inside
}

fn moved<'a>(at: usize, edits: impl Iterator<Item = &'a Edit>) -> usize {
    edits.fold(at, |at, (range, text)| (at + text.len()).saturating_sub(range.len()))
}
