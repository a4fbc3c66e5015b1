//! A draft: a figure while it is being read. Also the notes on dates, which apply to several figures.

use std::ops::Range;

use renkei_document::figure::{FigureKind, Period, State};
use renkei_document::wareki::AsOf;
use rust_decimal::Decimal;

/// A part of the row: its sentences (`None`) or the item with this index.
pub(crate) type Part = Option<u32>;

/// A figure with its surroundings in the text. Positions are character indexes in its part.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) part: Part,
    /// Range of the digits, or of the state word.
    pub(crate) digits: Range<usize>,
    /// From the first word of its clause to the end of its unit.
    pub(crate) phrase: Range<usize>,
    pub(crate) state: State,
    pub(crate) value: Option<Decimal>,
    pub(crate) unit: Option<String>,
    /// The words before the number that name the figure; may be empty.
    pub(crate) own: String,
    /// The action after the number, for example が参加.
    pub(crate) tail: String,
    /// Headings in brackets over the figure, outermost first.
    pub(crate) headings: Vec<String>,
    /// Whether the headings are in an earlier item.
    pub(crate) headed_from_afar: bool,
    /// The text before 「：」.
    pub(crate) colon: Option<String>,
    /// The topic of the preceding text of the item: 講座 in 「講座の実施。参加者 29 人」.
    pub(crate) topic: Option<String>,
    /// For a figure in brackets, the figure before the brackets.
    pub(crate) parent: Option<usize>,
    pub(crate) kind: FigureKind,
    pub(crate) scope: Option<String>,
    pub(crate) qualifiers: Vec<String>,
    pub(crate) provisional: bool,
    pub(crate) event_dates: Vec<AsOf>,
    /// The first day of the event, as printed.
    pub(crate) event_printed: Option<String>,
    pub(crate) as_of: Option<AsOf>,
    pub(crate) period: Option<Period>,
    /// Number of the group of clauses (stretch) that contains the figure; a remark on scope applies only within this
    /// group.
    pub(crate) stretch: u32,
}

/// An as-of note. It applies to the preceding figures that have no date; if no figures precede it, to the following
/// figures.
#[derive(Debug, Clone)]
pub(crate) struct AsOfNote {
    pub(crate) as_of: Option<AsOf>,
    pub(crate) period: Option<Period>,
    pub(crate) scope: Option<String>,
    pub(crate) printed: String,
    /// Number of figures read before the note.
    pub(crate) after: usize,
    /// Whether the note opens a clause (「12月末時点の会員数」) and applies to the figures after it.
    pub(crate) forward: bool,
    pub(crate) malformed: bool,
    pub(crate) without_end: bool,
}
