//! 引継書 — what is printed of the indicators that a division keeps. Paper and page show the same.

use crate::figure::Indicator;
use crate::id::Id;

/// 引継書 — the indicators of a division, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    pub agreement: String,
    pub division: String,
    /// By their full names. An operator sees several when two parties have a division of this name.
    pub parties: Vec<String>,
    pub sheets: Vec<HandoverSheet>,
}

/// 引継書の指標 — one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverSheet {
    pub indicator: Id<Indicator>,
    pub name: String,
    /// 延べ and other words that make it another count; empty where there is none.
    pub qualifier: String,
    /// Whether anybody has said what it counts.
    pub is_described: bool,
    /// Terms and what is said of each, in lines.
    pub pairs: Vec<(&'static str, Vec<String>)>,
    /// Newest first.
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
    /// How many of its indicators nobody has described.
    pub fn undescribed(&self) -> usize {
        self.sheets.iter().filter(|sheet| !sheet.is_described).count()
    }
}
