//! データのブック — the tables of a document as a workbook for machines: row 1 is the header, and the data begin in row 2. The
//! sheets contain nothing else.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::csv_file::looks_like_formula;
use crate::dataset::{Column, ColumnKind, Dataset, Datum, Table};
use crate::workbook_error::WorkbookError;

/// Maximum length of the text of an Excel cell, in UTF-16 units.
pub(crate) const LONGEST_TEXT: usize = 32_767;
/// Minimum and maximum width of a column, in half-width characters. Within these limits, a column is as wide as its
/// longest cell.
const WIDTHS: std::ops::RangeInclusive<usize> = 6..=60;
/// Number of rows that are measured for the width of a column.
const ROWS_FOR_WIDTH: usize = 200;

/// Writes the tables as one workbook with a sheet for each; the same tables give the same bytes. The sheets contain
/// only values: no formulas, merged cells or colours.
pub fn data_workbook(dataset: &Dataset) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&dataset.title, dataset.day)?);
    for table in &dataset.tables {
        write(workbook.add_worksheet(), table)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// Returns the properties: the title, and the document's day as the creation day. Does not read the clock.
pub(crate) fn properties(title: &str, day: jiff::civil::Date) -> Result<DocProperties, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900).max(1900);
    let made = ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs())?;
    let title: String = title.chars().take(255).collect();
    Ok(DocProperties::new().set_title(title).set_author("renkei").set_creation_datetime(&made))
}

fn write(sheet: &mut Worksheet, table: &Table) -> Result<(), WorkbookError> {
    sheet.set_name(table.name)?;
    sheet.set_freeze_panes(1, 0)?;
    let quoted = Format::new().set_quote_prefix();
    for (place, column) in (0u16..).zip(table.columns) {
        sheet.write_string(0, place, column.name)?;
        sheet.set_column_width(place, width(table, usize::from(place), column))?;
    }
    for (line, row) in (1u32..).zip(&table.rows) {
        for (place, datum) in (0u16..).zip(row) {
            match datum {
                Datum::Empty => {}
                Datum::Number(number) => match number.parse::<f64>() {
                    Ok(value) => drop(sheet.write_number(line, place, value)?),
                    Err(_) => drop(sheet.write_string(line, place, number)?),
                },
                // A string cell is not a formula. With the quote prefix, it stays a string even if somebody edits the
                // cell.
                Datum::Text(text) if looks_like_formula(text) => {
                    sheet.write_string_with_format(line, place, fitting(text, table, line)?, &quoted)?;
                }
                Datum::Text(text) => drop(sheet.write_string(line, place, fitting(text, table, line)?)?),
            }
        }
    }
    Ok(())
}

/// Returns the text if it fits into a cell. A longer text is an error that names its sheet and row, because shortening
/// the text would change its meaning.
fn fitting<'a>(text: &'a str, table: &Table, line: u32) -> Result<&'a str, WorkbookError> {
    // A text has at least as many UTF-8 bytes as UTF-16 units, so a short text need not be counted.
    if text.len() > LONGEST_TEXT && text.encode_utf16().count() > LONGEST_TEXT {
        return Err(WorkbookError::TextTooLong { sheet: table.name.to_owned(), row: line + 1 });
    }
    Ok(text)
}

fn width(table: &Table, place: usize, column: &Column) -> f64 {
    let cells = table.rows.iter().take(ROWS_FOR_WIDTH).filter_map(|row| match row.get(place)? {
        Datum::Text(text) | Datum::Number(text) => Some(crate::printed_text::half_widths(text)),
        Datum::Empty => None,
    });
    let longest = cells.chain([crate::printed_text::half_widths(column.name)]).max().unwrap_or_default() + 2;
    let least = if column.kind == ColumnKind::Date { 12 } else { *WIDTHS.start() };
    u32::try_from(longest.clamp(least, *WIDTHS.end())).map_or(60.0, f64::from)
}
