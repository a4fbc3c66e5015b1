//! The workbook that is being written, and a sheet with one column.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::lines::lines_of;
use super::look::{self, Look, Widths, half_widths_in, height};
use super::names::Names;
use crate::csv_file::looks_like_formula;
use crate::workbook_error::WorkbookError;

/// The workbook that is being written.
pub(super) struct Book {
    pub made: Workbook,
    pub look: Look,
    pub names: Names,
    pub widths: Widths,
}

/// A sheet of one column, written from top to bottom.
pub(super) struct Column<'a> {
    pub sheet: &'a mut Worksheet,
    pub row: u32,
    /// Height of all rows so far, in points.
    pub height: f64,
}

impl Column<'_> {
    pub fn text(&mut self, text: &str, format: &Format, size: f64) -> Result<(), WorkbookError> {
        let room = (half_widths_in(Widths::whole()) as f64 * 10.5 / size) as usize;
        write(self.sheet, self.row, 0, text, format)?;
        self.gap(height(lines_of(text, room), size))
    }

    pub fn gap(&mut self, points: f64) -> Result<(), WorkbookError> {
        self.sheet.set_row_height(self.row, points)?;
        self.row += 1;
        self.height += points;
        look::on_one_page(self.sheet, self.height);
        Ok(())
    }
}

impl Book {
    /// Adds a sheet of one column as wide as the page.
    pub fn column(&mut self, name: &str) -> Result<Column<'_>, WorkbookError> {
        let sheet = self.made.add_worksheet();
        sheet.set_name(name)?;
        look::page(sheet, "");
        look::columns(sheet, &[Widths::whole()])?;
        Ok(Column { sheet, row: 0, height: 0.0 })
    }
}

/// Writes a text. It stays a text even if it looks like a formula and somebody edits the cell.
pub(super) fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), WorkbookError> {
    if looks_like_formula(text) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}
