//! Excel → blocks and lines: each sheet row by row, without columns that are empty in the whole sheet.

mod headings;
mod notices;
mod rows;

use renkei_document::finding::Finding;
use renkei_document::locus::{Locus, SourceCell, SourceLine};

use crate::blocks::{Block, Body};
use crate::decode::{MAX_LINES, Unreadable};
use crate::grid::{GridReader, GridRow, one_line};
use crate::reading::Reading;
use crate::workbook::{Sheet, Workbook, cell_name};

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
        let read = rows::read(sheet, workbook);
        let first_line = self.reading.lines.len() + 1;
        let mut repeated = self.heads.repeated(&read.rows);
        if self.heads.is_told_by_its_name(&sheet.name, &read.rows) {
            self.name(&sheet.name);
        }
        let mut grid = GridReader::default();
        let mut last_row = None;
        for row in &read.rows {
            if last_row.is_some_and(|last| row.number > last + 1) || (last_row.is_none() && first_line > 1) {
                self.reading.lines.push(SourceLine::default());
            }
            last_row = Some(row.number);
            let bodies = grid.bodies(&row.grid);
            let is_paragraph = bodies.iter().all(|body| matches!(body, Body::Text(_)));
            self.reading.lines.push(line(&sheet.name, row, &read.columns, is_paragraph));
            if self.reading.lines.len() > MAX_LINES {
                return Err(Unreadable::TooManyLines { lines: self.reading.lines.len() });
            }
            let is_repeated = repeated.next().unwrap_or(false);
            if !is_repeated {
                let line = self.reading.lines.len() as u32;
                self.reading.blocks.extend(bodies.into_iter().map(|body| Block { line, body }));
            }
        }
        self.heads.remember(&read.rows);
        let findings: Vec<Finding> = notices::of_sheet(sheet, &read, first_line as u32);
        self.reading.findings.extend(findings);
        Ok(())
    }

    /// Adds the sheet's name as a separate line.
    fn name(&mut self, name: &str) {
        let at = Some(Locus::Sheet { sheet: name.to_owned(), cell: "A1".to_owned() });
        self.reading.lines.push(SourceLine { text: name.to_owned(), at, cells: Vec::new() });
        let line = self.reading.lines.len() as u32;
        self.reading.blocks.push(Block { line, body: Body::Text(name.to_owned()) });
    }
}

fn line(sheet: &str, row: &SheetRow, columns: &[u32], is_paragraph: bool) -> SourceLine {
    let GridRow { texts, .. } = &row.grid;
    let at = |place: usize| Locus::Sheet { sheet: sheet.to_owned(), cell: cell_name(row.number, columns[place]) };
    let filled = |place: &usize| !texts[*place].is_empty();
    let first = (0..texts.len()).find(filled).map(at);
    if is_paragraph {
        return SourceLine { text: row.grid.line().trim().to_owned(), at: first, cells: Vec::new() };
    }
    let cell = |place: usize| SourceCell { text: one_line(&texts[place]), at: filled(&place).then(|| at(place)) };
    SourceLine { text: row.grid.line(), at: first, cells: (0..texts.len()).map(cell).collect() }
}
