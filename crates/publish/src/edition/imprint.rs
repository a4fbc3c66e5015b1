//! 奥付 — the statements of an edition's files about the edition, and the reference number of each of its figures.

use renkei_document::edition::{EditionName, Erratum};
use serde::Serialize;

/// 奥付 — the statements of a file about its edition.
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
    /// The reference number: R8-1-0123.
    pub reference: String,
    /// The row: 令和7年度 1(5) ④.
    pub row: Option<String>,
    pub label: String,
    /// The value: 1,304件 or 実績なし.
    pub value: String,
    /// The as-of date: 令和8年1月末.
    pub measured: String,
    pub scope: Option<String>,
    /// The reporter: 市 しごと課; `None` if no party has taken the row over.
    pub reported_by: Option<String>,
    /// The day of the report: 令和8年4月1日.
    pub reported_on: Option<String>,
}
