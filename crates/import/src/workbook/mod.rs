//! 表計算ファイル — a workbook as its cells: the stored data of each sheet, without its drawing.
//!
//! One pass over the XML of each sheet reads values, formulas, styles, merged areas and hidden rows and columns.
//! Numbers are converted to text by their formats (`shown`). Of a damaged part, the content before the damage is read.

mod area;
mod dates;
mod drawn;
mod limits;
mod parts;
mod sections;
mod sheet;
mod shown;
mod strings;
mod styles;
mod xml;

use crate::decode::Unreadable;

pub use area::{Merges, cell_name, column_name};
pub use sheet::{CellValue, Sheet, SheetCell};
pub use styles::Look;

use limits::{MAX_CELLS, MAX_SHEETS, MAX_TEXT};
use sections::Format;
use strings::Strings;
use styles::Styles;

/// A workbook.
#[derive(Debug)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    /// Names of sheets without cells: charts, macros.
    pub other_sheets: Vec<String>,
    strings: Strings,
    styles: Styles,
    counts_from_1904: bool,
}

impl Workbook {
    /// Opens a package of the kind Excel (`package::kind`).
    pub fn open(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut parts = parts::Parts::new(bytes);
        let listed = parts.sheets()?;
        if listed.sheets.len() > MAX_SHEETS {
            return Err(Unreadable::TooMuchInside { limit: "シートの数" });
        }
        let strings = Strings::read(&parts.text_of_kind("/sharedStrings")?.unwrap_or_default())?;
        let styles = Styles::read(&parts.text_of_kind("/styles")?.unwrap_or_default());
        let (mut sheets, mut other_sheets, mut cells) = (Vec::new(), Vec::new(), 0);
        for entry in listed.sheets {
            if !entry.has_cells {
                other_sheets.push(entry.name);
                continue;
            }
            let mut sheet = parts.sheet(&entry)?;
            cells += sheet.cells.len();
            if cells > MAX_CELLS {
                return Err(Unreadable::TooMuchInside { limit: "セルの数" });
            }
            (sheet.name, sheet.is_hidden) = (entry.name, entry.is_hidden);
            sheets.push(sheet);
        }
        let workbook = Self { sheets, other_sheets, strings, styles, counts_from_1904: listed.counts_from_1904 };
        workbook.bounded()?;
        Ok(workbook)
    }

    /// Returns the text of a cell as Excel shows it.
    pub fn text(&self, cell: &SheetCell) -> String {
        match &cell.value {
            CellValue::Shared(index) => self.strings.get(*index).to_owned(),
            CellValue::Text(text) | CellValue::Error(text) => text.to_string(),
            CellValue::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            CellValue::Number(number) => shown::shown(number, self.styles.format(cell.style), self.counts_from_1904),
        }
    }

    /// Whether a cell's number is shown as a day or a time.
    pub fn is_date(&self, cell: &SheetCell) -> bool {
        matches!(cell.value, CellValue::Number(_)) && self.styles.format(cell.style).is_some_and(Format::is_date)
    }

    /// Returns the look of a cell: bold, size and colours.
    pub fn look(&self, cell: &SheetCell) -> &Look {
        self.styles.look(cell.style)
    }

    /// Refuses a workbook whose texts exceed [`MAX_TEXT`].
    fn bounded(&self) -> Result<(), Unreadable> {
        let mut left = MAX_TEXT;
        for cell in self.sheets.iter().flat_map(|sheet| &sheet.cells) {
            let length = match &cell.value {
                CellValue::Shared(index) => self.strings.get(*index).len(),
                CellValue::Text(text) | CellValue::Error(text) | CellValue::Number(text) => text.len(),
                CellValue::Flag(_) => 5,
            };
            left = left.checked_sub(length).ok_or(Unreadable::TooMuchInside { limit: "文字の数" })?;
        }
        Ok(())
    }
}
