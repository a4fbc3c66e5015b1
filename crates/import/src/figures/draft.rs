//! A figure while it is being read, and the notes that rule several of them.

use std::ops::Range;

use renkei_document::figure::{FigureKind, Period, State};
use renkei_document::wareki::AsOf;
use rust_decimal::Decimal;

/// Which part of the row: its sentences, or one of its items.
pub(crate) type Part = Option<u32>;

/// A figure with what was found around it. Places are characters of its part.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) part: Part,
    /// The digits, or the word that states.
    pub(crate) digits: Range<usize>,
    /// From the first word of its clause to past its unit.
    pub(crate) phrase: Range<usize>,
    pub(crate) state: State,
    pub(crate) value: Option<Decimal>,
    pub(crate) unit: Option<String>,
    /// The words before the number that name it; may be empty.
    pub(crate) own: String,
    /// The words after it that do: が参加.
    pub(crate) tail: String,
    /// Headings in brackets that stand over it, outermost first.
    pub(crate) headings: Vec<String>,
    /// The headings stand in an earlier item.
    pub(crate) headed_from_afar: bool,
    /// What stands before 「：」.
    pub(crate) colon: Option<String>,
    /// What the item tells of before it: 「講座の実施。参加者 29 人」.
    pub(crate) topic: Option<String>,
    /// The figure that this one stands behind in brackets.
    pub(crate) parent: Option<usize>,
    pub(crate) kind: FigureKind,
    pub(crate) scope: Option<String>,
    pub(crate) qualifiers: Vec<String>,
    pub(crate) provisional: bool,
    pub(crate) event_dates: Vec<AsOf>,
    /// The first of the event's days, as printed.
    pub(crate) event_printed: Option<String>,
    pub(crate) as_of: Option<AsOf>,
    pub(crate) period: Option<Period>,
    /// The run of clauses it stands in: a remark on scope reaches no further back.
    pub(crate) stretch: u32,
}

/// An as-of note; it rules the figures before it that have none, or those behind it where none stand before.
#[derive(Debug, Clone)]
pub(crate) struct AsOfNote {
    pub(crate) as_of: Option<AsOf>,
    pub(crate) period: Option<Period>,
    pub(crate) scope: Option<String>,
    pub(crate) printed: String,
    /// How many figures had been read when the note came.
    pub(crate) after: usize,
    /// It opens a clause (「12月末時点の会員数」) and rules what follows in it.
    pub(crate) forward: bool,
    pub(crate) malformed: bool,
    pub(crate) without_end: bool,
}
