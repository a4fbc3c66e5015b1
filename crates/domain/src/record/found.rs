//! 限度を超えたもの — collects the parts of a command that exceed a limit. Each slice measures its own commands.

use renkei_document::passage::{Passage, Segment};

use crate::refusal::{Excess, Measure, Refusal};

/// Maximum number of exceeded limits that are reported; the first ones found are reported.
const MOST_TOLD: usize = 20;

/// The parts that exceed a limit, in the order in which they were found.
#[derive(Default)]
pub(crate) struct Found(Vec<Excess>);

impl Found {
    pub(crate) fn count(&mut self, of: Measure, found: usize) {
        self.count_at(of, found, || None);
    }

    pub(crate) fn count_at(&mut self, of: Measure, found: usize, place: impl FnOnce() -> Option<String>) {
        if found > of.most() && self.0.len() < MOST_TOLD {
            self.0.push(Excess { of, place: place(), found });
        }
    }

    pub(crate) fn letters(&mut self, of: Measure, text: &str) {
        self.count(of, letters(text));
    }

    pub fn refusals(self) -> Vec<Refusal> {
        self.0.into_iter().map(Refusal::TooMuch).collect()
    }
}

pub(crate) fn length(passage: &Passage) -> usize {
    let of = |segment: &Segment| match segment {
        Segment::Words(words) => letters(words),
        Segment::Figure { printed, .. } => letters(printed),
    };
    passage.segments.iter().map(of).sum()
}

pub(crate) fn letters(text: &str) -> usize {
    text.chars().count()
}
