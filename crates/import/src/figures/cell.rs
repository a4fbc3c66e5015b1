//! The state of reading a row, and the context that one clause passes to the next.

use std::ops::Range;

use renkei_document::figure::Period;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::wareki::AsOf;

use super::draft::{AsOfNote, Draft, Part};

pub(crate) struct Cell {
    pub(crate) fiscal_year: FiscalYear,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) notes: Vec<AsOfNote>,
    /// Words for unfinished things, such as 募集中 and 予定, with their positions.
    pub(crate) open: Vec<(Part, Range<usize>)>,
    /// Words that assign a figure to another fiscal year.
    pub(crate) other_years: Vec<(Part, Range<usize>)>,
    /// The last heading without figures of its own; this heading applies to the following items.
    pub(super) standing: Standing,
    pub(super) stretch: u32,
    /// The days of the events that the items describe.
    pub(super) events: Vec<AsOf>,
}

/// The headings that apply to the following figures, with their scope and qualifiers.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// The part of the row that contains the headings.
    pub(super) part: Part,
    pub(super) headings: Vec<String>,
    pub(super) scope: Option<String>,
    pub(super) qualifiers: Vec<String>,
    pub(super) target: bool,
}

/// The state of reading the clauses at one depth of brackets.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Start of the words that name the next figure (its lead): after the last figure, heading or full stop.
    pub(super) lead: usize,
    /// Position after the last comma since `lead`.
    pub(super) comma: Option<usize>,
    /// Ranges of the lead that do not belong to a label.
    pub(super) cut: Vec<Range<usize>>,
    pub(super) standing: Standing,
    pub(super) colon: Option<String>,
    pub(super) topic: Option<String>,
    pub(super) last: Option<usize>,
    /// The figure of which the figures of this run are parts.
    pub(super) parent: Option<usize>,
    pub(super) breakdown: bool,
    pub(super) events: Vec<AsOf>,
    pub(super) events_used: bool,
    pub(super) event_printed: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) provisional: bool,
    pub(super) qualifiers: Vec<String>,
    pub(super) reference: bool,
    /// Another fiscal year that the following figures belong to, with its position.
    pub(super) other_year: Option<(FiscalYear, Range<usize>)>,
    pub(super) period: Option<Period>,
    /// Whether no text has followed the last heading.
    pub(super) after_heading: bool,
    /// Number of brackets around the run.
    pub(super) depth: u8,
    /// The subject of the sentence: 登録者数 in 「登録者数は、前年度比5%増の…」.
    pub(super) theme: Option<String>,
    /// The word that later figures share: 参加 in 「参加実績 企業48社、生徒50名」.
    pub(super) shared: Option<&'static str>,
}

impl Run {
    /// Starts the words of the next figure at `at`.
    pub(super) fn begin_lead(&mut self, at: usize) {
        self.lead = at;
        self.comma = None;
        self.cut.clear();
    }
}

impl Cell {
    pub(crate) fn new(fiscal_year: FiscalYear) -> Self {
        Self {
            fiscal_year,
            drafts: Vec::new(),
            notes: Vec::new(),
            open: Vec::new(),
            other_years: Vec::new(),
            standing: Standing::default(),
            stretch: 0,
            events: Vec::new(),
        }
    }
}
