//! What has been read of a row so far, and what one clause hands on to the next.

use std::ops::Range;

use renkei_document::figure::Period;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::wareki::AsOf;

use super::draft::{AsOfNote, Draft, Part};

pub(crate) struct Cell {
    pub(crate) fiscal_year: FiscalYear,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) notes: Vec<AsOfNote>,
    /// Words of what is not finished, with their places: 募集中, 予定.
    pub(crate) open: Vec<(Part, Range<usize>)>,
    /// Words that say that a figure is of another fiscal year.
    pub(crate) other_years: Vec<(Part, Range<usize>)>,
    /// A heading that stands alone rules the items after it.
    pub(super) standing: Standing,
    pub(super) stretch: u32,
    /// The days of what the items tell of.
    pub(super) events: Vec<AsOf>,
}

/// Headings over figures, with what they say of scope and of what is left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// Where the headings stand.
    pub(super) part: Part,
    pub(super) headings: Vec<String>,
    pub(super) scope: Option<String>,
    pub(super) qualifiers: Vec<String>,
    pub(super) target: bool,
}

/// The clauses at one depth of brackets.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// After the last figure, heading or full stop.
    pub(super) lead: usize,
    /// After the last comma since.
    pub(super) comma: Option<usize>,
    /// Parts of the lead that are no part of a label.
    pub(super) cut: Vec<Range<usize>>,
    pub(super) standing: Standing,
    pub(super) colon: Option<String>,
    pub(super) topic: Option<String>,
    pub(super) last: Option<usize>,
    /// The figures of this run are parts of that one.
    pub(super) parent: Option<usize>,
    pub(super) breakdown: bool,
    pub(super) events: Vec<AsOf>,
    pub(super) events_used: bool,
    pub(super) event_printed: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) provisional: bool,
    pub(super) qualifiers: Vec<String>,
    pub(super) reference: bool,
    /// The figures that follow are of this other fiscal year.
    pub(super) other_year: Option<(FiscalYear, Range<usize>)>,
    pub(super) period: Option<Period>,
    /// Nothing has followed the last heading.
    pub(super) after_heading: bool,
    /// How many brackets it stands in.
    pub(super) depth: u8,
    /// 「参加実績 企業48社、生徒50名」: what the later ones share.
    /// 「登録者数は、前年度比5%増の…」: what the sentence is about.
    pub(super) theme: Option<String>,
    pub(super) shared: Option<&'static str>,
}

impl Run {
    /// The words of the next figure begin here.
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
