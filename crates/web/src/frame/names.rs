//! The names of tables, rows and agreements on the pages, in each language.

use renkei_document::document::{Initiative as Row, PlanKind, PlanTable};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;
use renkei_document::numbering::circled;
use renkei_domain::view::AgreementView;

use crate::frame::phrases::{say, tell};

/// Returns the name of a table: 令和7年度 事業進捗状況, FY2025 (Reiwa 7) progress.
pub fn table_name(language: Language, year: FiscalYear, kind: PlanKind) -> String {
    format!("{} {}", year.in_language(language), say(language, kind.name()))
}

/// Returns the usual short name of a row: 令和7年度 1(5) ④.
pub fn row_name(language: Language, table: &PlanTable, chapter: u32, section: u32, row: &Row) -> String {
    format!("{} {chapter}({section}) {}", table.fiscal_year.in_language(language), mark_of(row))
}

/// Returns the printed mark of a row; if it has none, the mark that belongs to its number.
pub fn mark_of(row: &Row) -> String {
    row.mark.clone().unwrap_or_else(|| circled(row.number))
}

/// Returns the title of the agreement, or a default title if the agreement has none.
pub fn title_of(language: Language, agreement: AgreementView<'_>) -> String {
    let title = agreement.agreement.text.title.clone();
    title.unwrap_or_else(|| say(language, "雇用対策協定").to_owned())
}

/// Returns the title of an agreement with its parties, which distinguishes agreements of the same title.
pub fn named_with_parties(language: Language, agreement: AgreementView<'_>) -> String {
    let parties = agreement.agreement.parties.iter().map(|party| agreement.party_name(party.id));
    let parties = parties.collect::<Vec<_>>().join(say(language, "、"));
    tell(language, "{0}（{1}）", [title_of(language, agreement), parties])
}

/// Returns the name of a line of an imported file.
pub fn line_name(language: Language, line: u32) -> String {
    tell(language, "{}行", [line.to_string()])
}
