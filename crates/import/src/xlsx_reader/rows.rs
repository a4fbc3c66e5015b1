//! A sheet → its rows of texts, including hidden rows and columns.

use std::collections::BTreeSet;

use crate::grid::GridRow;
use crate::workbook::{CellValue, Merges, Sheet, SheetCell, Workbook, cell_name};

/// The rows of a sheet that contain text.
#[derive(Debug, Default)]
pub struct SheetRows {
    pub rows: Vec<SheetRow>,
    /// The columns of the sheet that the texts of each row belong to.
    pub columns: Vec<u32>,
    /// Cells that contain an error, with its name.
    pub errors: Vec<String>,
    /// Cells whose text a merged cell covers.
    pub covered: Vec<String>,
}

#[derive(Debug)]
pub struct SheetRow {
    /// Row number on the sheet.
    pub number: u32,
    pub grid: GridRow,
}

/// A text, its position, and the last column that its merged cell covers.
struct Said {
    row: u32,
    column: u32,
    last_column: u32,
    text: String,
}

/// Reads the rows of a sheet with their texts; empty rows and columns are left out.
pub fn read(sheet: &Sheet, workbook: &Workbook) -> SheetRows {
    let mut read = SheetRows::default();
    let mut merges = Merges::new(&sheet.merged);
    let mut said = Vec::new();
    for cell in &sheet.cells {
        said.extend(shown(cell, workbook, &mut merges, &mut read));
    }
    let columns: BTreeSet<u32> = said.iter().map(|said| said.column).collect();
    read.columns = columns.into_iter().collect();
    let mut at = 0;
    while let Some(first) = said.get(at) {
        let number = first.row;
        let length = said[at..].iter().take_while(|said| said.row == number).count();
        read.rows.push(SheetRow { number, grid: row(&mut said[at..at + length], &read.columns) });
        at += length;
    }
    read
}

fn shown(cell: &SheetCell, workbook: &Workbook, merges: &mut Merges, read: &mut SheetRows) -> Option<Said> {
    let text = workbook.text(cell);
    if text.trim().is_empty() {
        return None;
    }
    let name = || cell_name(cell.row, cell.column);
    let area = merges.of(cell.row, cell.column);
    if area.is_some_and(|area| (area.top, area.left) != (cell.row, cell.column)) {
        read.covered.push(name());
        return None;
    }
    if matches!(cell.value, CellValue::Error(_)) {
        read.errors.push(format!("{} {}", name(), text));
    }
    let last_column = area.map_or(cell.column, |area| area.right);
    Some(Said { row: cell.row, column: cell.column, last_column, text })
}

fn row(said: &mut [Said], columns: &[u32]) -> GridRow {
    let mut texts = vec![String::new(); columns.len()];
    // A merged cell is treated as wide if it covers several used columns and either begins in the first column or
    // covers more than half of the columns.
    let is_wide = match said {
        [only] => {
            let covered = columns.iter().filter(|column| (only.column..=only.last_column).contains(column)).count();
            covered >= 2 && (columns.first() == Some(&only.column) || covered * 2 > columns.len())
        }
        _ => false,
    };
    for one in said {
        if let Ok(place) = columns.binary_search(&one.column) {
            texts[place] = std::mem::take(&mut one.text);
        }
    }
    GridRow { texts, is_wide }
}
