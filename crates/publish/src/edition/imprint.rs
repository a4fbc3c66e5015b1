//! 奥付 — the information about an edition that its files print: name, hash, and the reference number of each figure.

use renkei_document::edition::{EditionName, Erratum};
use serde::Serialize;

/// 奥付 — the information about an edition that its files print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint<'a> {
    pub name: EditionName,
    /// SHA-256 of the content, in hexadecimal digits.
    pub digest: &'a str,
    /// One line for each figure, in reading order.
    pub references: &'a [ReferenceLine],
    pub errata: &'a [Erratum],
    /// Number of open findings of severity 誤り.
    pub open_errors: u32,
}

/// 参照番号の行 — a figure of an edition with its reference number and its reporter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReferenceLine {
    /// The reference number, for example R8-1-0123.
    pub reference: String,
    /// The row, for example 令和7年度 1(5) ④.
    pub row: Option<String>,
    pub label: String,
    /// The value, for example 1,304件 or 実績なし.
    pub value: String,
    /// The as-of date, for example 令和8年1月末.
    pub measured: String,
    pub scope: Option<String>,
    /// The reporter, for example 市 しごと課; `None` if no party has taken the row over.
    pub reported_by: Option<String>,
    /// The day on which the value was reported, for example 令和8年4月1日.
    pub reported_on: Option<String>,
}
