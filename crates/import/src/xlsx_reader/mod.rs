//! Excel → blocks and lines: each sheet row by row, without columns that are empty in the whole sheet.

mod headings;
mod notices;
mod rows;

use std::borrow::Cow;
use std::sync::Arc;

use renkei_document::finding::Finding;
use renkei_document::locus::{Locus, SourceCell, SourceLine};

use crate::blocks::{Block, Body};
use crate::decode::{MAX_LINES, Unreadable};
use crate::grid::{GridReader, GridRow, one_line};
use crate::reading::Reading;
use crate::workbook::{Sheet, Workbook, column_name};

use headings::RunningHeads;
use rows::SheetRow;

/// Reads an Excel file.
pub fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    let workbook = Workbook::open(bytes)?;
    let mut reader = Reader::default();
    for sheet in &workbook.sheets {
        reader.sheet(sheet, &workbook)?;
    }
    if !workbook.other_sheets.is_empty() {
        reader.reading.findings.push(notices::other_sheets(&workbook.other_sheets));
    }
    Ok(reader.reading)
}

#[derive(Default)]
struct Reader {
    reading: Reading,
    heads: RunningHeads,
}

impl Reader {
    fn sheet(&mut self, sheet: &Sheet, workbook: &Workbook) -> Result<(), Unreadable> {
        let mut read = rows::read(sheet, workbook);
        let first_line = self.reading.lines.len() + 1;
        let mut repeated = self.heads.repeated(&read.rows);
        if self.heads.is_told_by_its_name(&sheet.name, &read.rows) {
            self.name(&sheet.name);
        }
        self.heads.remember(&read.rows);
        let places = Places::of(&sheet.name, &read.columns);
        let mut grid = GridReader::default();
        let mut last_row = None;
        for row in &mut read.rows {
            if last_row.is_some_and(|last| row.number > last + 1) || (last_row.is_none() && first_line > 1) {
                self.reading.lines.push(SourceLine::default());
            }
            last_row = Some(row.number);
            let bodies = grid.bodies(&row.grid);
            let is_paragraph = bodies.iter().all(|body| matches!(body, Body::Text(_)));
            self.reading.lines.push(line(row, &places, is_paragraph));
            if self.reading.lines.len() > MAX_LINES {
                return Err(Unreadable::TooManyLines { lines: self.reading.lines.len() });
            }
            let is_repeated = repeated.next().unwrap_or(false);
            if !is_repeated {
                let line = self.reading.lines.len() as u32;
                self.reading.blocks.extend(bodies.into_iter().map(|body| Block { line, body }));
            }
        }
        let findings: Vec<Finding> = notices::of_sheet(sheet, &read, first_line as u32);
        self.reading.findings.extend(findings);
        Ok(())
    }

    /// Adds the sheet's name as a separate line.
    fn name(&mut self, name: &str) {
        let at = Some(Locus::Sheet { sheet: name.into(), cell: "A1".to_owned() });
        self.reading.lines.push(SourceLine { text: name.to_owned(), at, cells: Vec::new() });
        let line = self.reading.lines.len() as u32;
        self.reading.blocks.push(Block { line, body: Body::Text(name.to_owned()) });
    }
}

/// The places of the cells of one sheet: its name, and the names of its columns.
struct Places {
    sheet: Arc<str>,
    columns: Vec<String>,
}

impl Places {
    fn of(sheet: &str, columns: &[u32]) -> Self {
        Self { sheet: sheet.into(), columns: columns.iter().map(|column| column_name(*column)).collect() }
    }

    fn of_cell(&self, column: usize, row: &str) -> Locus {
        Locus::Sheet { sheet: Arc::clone(&self.sheet), cell: [self.columns[column].as_str(), row].concat() }
    }
}

/// Makes the line of a row, which gives its texts to it.
fn line(row: &mut SheetRow, places: &Places, is_paragraph: bool) -> SourceLine {
    let number = row.number.to_string();
    let text = row.grid.line();
    let GridRow { texts, .. } = &mut row.grid;
    let first = texts.iter().position(|text| !text.is_empty()).map(|column| places.of_cell(column, &number));
    if is_paragraph {
        return SourceLine { text: text.trim().to_owned(), at: first, cells: Vec::new() };
    }
    let cell = |(column, text): (usize, String)| {
        let at = (!text.is_empty()).then(|| places.of_cell(column, &number));
        let other = match one_line(&text) {
            Cow::Borrowed(line) if line.len() == text.len() => None,
            line => Some(line.into_owned()),
        };
        SourceCell { text: other.unwrap_or(text), at }
    };
    let cells = std::mem::take(texts).into_iter().enumerate().map(cell).collect();
    SourceLine { text, at: first, cells }
}
