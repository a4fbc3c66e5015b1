//! The state of reading a text: the words that wait for their number, and the properties that the last headings,
//! markers and dates have set.

use renkei_document::figure::{Figure, FigureKind};

use super::super::dates::Said;
use super::super::marks::Style;
use super::super::setting::Setting;
use super::super::tokens::Token;

/// A word that waits for its number.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub text: String,
    /// Number of the clause; all chunks of one clause share it.
    pub group: u32,
}

pub(super) struct Flow<'a> {
    pub setting: &'a Setting<'a>,
    pub tokens: &'a [Token],
    pub pending: Vec<Chunk>,
    pub group: u32,
    /// Number of the first clause of this line.
    pub line_group: u32,
    /// The kind given by the last marker, or by the words after the last date.
    pub kind: Option<FigureKind>,
    pub said: Option<Said>,
    /// The kind stated by label words that the subject has replaced, as in 目標の2,300件.
    pub clause_kind: Option<FigureKind>,
    /// The style of mark of the heading 数値目標 above the current text, if there is one.
    pub aimed: Option<Style>,
    pub heading: Option<usize>,
    /// The last thing that was counted.
    pub subject: Option<String>,
    /// The last label without its last word: 公共職業訓練 in 「公共職業訓練 施設内 80%、委託 70%」.
    pub prefix: Option<String>,
    /// The last comparison, such as 前年同月比, which 同 repeats.
    pub comparison: Option<String>,
    /// The brackets open after a figure or a word.
    pub opened: Vec<Opened>,
    pub found: Vec<Figure>,
}

/// An open bracket that contains numbers.
pub(super) struct Opened {
    /// The clause that the bracket opened.
    pub group: u32,
    /// The label of the figure before the bracket.
    pub base: Option<String>,
}

impl Flow<'_> {
    /// Drops the words that wait for their number.
    pub fn clear(&mut self) {
        self.pending.clear();
        self.prefix = None;
    }
}
