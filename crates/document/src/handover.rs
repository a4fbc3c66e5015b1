//! 引継書 — the printed description of a division's indicators. The printed document and the page have the same content.

use crate::figure::Indicator;
use crate::id::Id;

/// 引継書 — the indicators of a division, prepared for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    pub agreement: String,
    pub division: String,
    /// The full names of the parties. An operator may see several parties, if two of them have a division of this name.
    pub parties: Vec<String>,
    pub sheets: Vec<HandoverSheet>,
}

/// 引継書の指標 — one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverSheet {
    pub indicator: Id<Indicator>,
    pub name: String,
    /// A word that changes the way of counting, such as 延べ; empty if there is none.
    pub qualifier: String,
    /// Whether anybody has described what the indicator counts.
    pub is_described: bool,
    /// The lines of the sheet: a heading such as 定義, with the lines of its text.
    pub pairs: Vec<(&'static str, Vec<String>)>,
    /// The values, newest first.
    pub values: Vec<HandoverValue>,
    /// The number of older values that are not in `values`.
    pub older: usize,
}

/// 引継書の値 — one value with its unit, its time and its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverValue {
    pub measured: String,
    pub value: String,
    pub kind: &'static str,
}

impl Handover {
    /// Returns the number of indicators without a description.
    pub fn undescribed(&self) -> usize {
        self.sheets.iter().filter(|sheet| !sheet.is_described).count()
    }
}
