//! 版のファイル — the report as an edition: with its name and hash, the reference number of each figure, and the 正誤表.
//!
//! In the page, each figure links to its line in the table of references, and the line links back. No code here reads
//! the clock: the same edition gives the same bytes.

mod errata;
mod marking;
mod page;
mod paper;

use renkei_document::edition::{EditionName, Erratum};
use serde::Serialize;

pub(crate) use marking::{Mark, mark};
pub(crate) use paper::ImprintSheet;

pub use errata::{errata_csv, errata_html, errata_json};
pub use page::edition_html;

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

/// Returns the edition's data beside its document, as `renkei-edition/1`: name, hash, references and 正誤表.
pub fn edition_json(imprint: &Imprint<'_>) -> String {
    let told = serde_json::json!({
        "format": "renkei-edition/1",
        "name": imprint.name.to_string(),
        "title": imprint.name.in_words(),
        "fiscal_year": imprint.name.fiscal_year,
        "number": imprint.name.number,
        "digest": imprint.digest,
        "open_errors": imprint.open_errors,
        "references": imprint.references,
        "errata": errata::told(imprint.errata),
    });
    // Each map key is a field name, so writing to memory cannot fail.
    let mut text = serde_json::to_string_pretty(&told).unwrap_or_default();
    text.push('\n');
    text
}
