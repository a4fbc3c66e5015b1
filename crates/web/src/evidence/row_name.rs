//! Names of the rows of a file that is under review.

use renkei_app::{Review, RowPlace, placed_rows};
use renkei_document::document::Initiative;
use renkei_document::language::Language;

use crate::frame::phrases::tell;

/// Returns the name of a row, such as 令和7年度 1(5) ④.
pub fn row_name(language: Language, review: &Review, place: RowPlace) -> String {
    let row = placed_rows(&review.document.value).find(|(known, _)| *known == place).map(|(_, row)| row);
    name_of(language, review, place, row)
}

/// Returns the name of a row like [`row_name`], for a caller that has the row already. Finding each row by its place
/// would take time quadratic in the size of the file.
pub fn name_of(language: Language, review: &Review, place: RowPlace, row: Option<&Initiative>) -> String {
    let table = review.document.value.plans.get(place.table);
    let year = table.map(|table| table.fiscal_year.in_language(language)).unwrap_or_default();
    let counted = || tell(language, "{}番目の行", [place.row.to_string()]);
    let mark = row.and_then(|row| row.mark.clone()).unwrap_or_else(counted);
    format!("{year} {}({}) {mark}", place.chapter, place.section)
}
