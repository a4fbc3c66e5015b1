//! A list in a workbook or CSV file → rows of values with their places. The caller must interpret the columns.

use std::collections::BTreeMap;

use renkei_document::language::Language;
use renkei_document::locus::Locus;

use crate::csv_reader;
use crate::decode::{self, Unreadable};
use crate::package::{self, Kind};
use crate::workbook::Workbook;

/// Maximum number of rows, of columns and of merged areas of a list. A city has some hundred divisions.
const MOST_ROWS: usize = 10_000;
const MOST_COLUMNS: u32 = 64;
const MOST_MERGED: usize = 2_000;

/// 一覧の行 — one row that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainRow {
    /// The place in words, for example 3行目 or シート「一覧」A3.
    pub place: String,
    pub values: Vec<String>,
}

/// Returns the rows of a CSV file (UTF-8 or Shift_JIS; commas, semicolons or tabs) or of the first visible sheet of a
/// workbook. A value merged over several rows is repeated in each of them.
pub fn plain_rows(bytes: &[u8]) -> Result<Vec<PlainRow>, Unreadable> {
    let rows: Vec<PlainRow> = match package::kind(bytes)? {
        Some(Kind::Excel) => of_workbook(&Workbook::open(bytes)?),
        _ => {
            let records = csv_reader::records(&decode::decode(bytes)?)?.into_iter();
            let row = |record: csv_reader::Record| PlainRow {
                place: format!("{}行目", record.line),
                values: record.values.iter().map(|value| value.trim().to_owned()).collect(),
            };
            records.map(row).collect()
        }
    };
    if rows.len() > MOST_ROWS {
        return Err(Unreadable::TooManyLines { lines: rows.len() });
    }
    Ok(rows.into_iter().filter(|row| row.values.iter().any(|value| !value.is_empty())).collect())
}

fn of_workbook(workbook: &Workbook) -> Vec<PlainRow> {
    let Some(sheet) = workbook.sheets.iter().find(|sheet| !sheet.is_hidden) else { return Vec::new() };
    let mut texts: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    for cell in sheet.cells.iter().filter(|cell| cell.column <= MOST_COLUMNS) {
        texts.entry(cell.row).or_default().insert(cell.column, workbook.text(cell).trim().to_owned());
    }
    for area in sheet.merged.iter().take(MOST_MERGED) {
        let Some(first) = texts.get(&area.top).and_then(|row| row.get(&area.left)).cloned() else { continue };
        for (_, row) in texts.range_mut(area.top..=area.bottom) {
            row.insert(area.left, first.clone());
        }
    }
    let row = |(number, cells): (u32, BTreeMap<u32, String>)| {
        let last = cells.keys().next_back().copied().unwrap_or(0);
        let cell = crate::workbook::cell_name(number, cells.keys().next().copied().unwrap_or(0));
        let place = Locus::Sheet { sheet: sheet.name.as_str().into(), cell }.name_in(Language::Japanese);
        let values = (1..=last).map(|column| cells.get(&column).cloned().unwrap_or_default()).collect();
        PlainRow { place, values }
    };
    texts.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_with_its_places_in_either_encoding() {
        let text = "課名,職名\r\n\r\nしごと課,課長\r\n";
        let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        for bytes in [text.as_bytes(), &shift_jis] {
            let rows = plain_rows(bytes).expect("readable");
            let shown: Vec<_> = rows.iter().map(|row| (row.place.as_str(), row.values.join("|"))).collect();
            assert_eq!(shown, [("1行目", "課名|職名".to_owned()), ("3行目", "しごと課|課長".to_owned())]);
        }
    }
}
