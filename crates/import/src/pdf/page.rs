//! A page → its pieces (lines of text and tables) from top to bottom.

use crate::pdf::grid::{self, Grid};
use crate::pdf::lines::{self, Line};
use crate::pdf::marks::{Area, Glyph, PageMarks};
use crate::pdf::rules;

/// Maximum number of characters that are read on one page.
const MAX_GLYPHS: usize = 60_000;

/// One page after reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    pub pieces: Vec<Piece>,
}

/// A line or a table of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Line(Line),
    Table(Table),
}

impl Piece {
    pub fn area(&self) -> Area {
        match self {
            Piece::Line(line) => line.area,
            Piece::Table(table) => table.area,
        }
    }

    /// Returns the lines of each cell of the piece; for a line outside tables, only this line.
    pub fn columns(&self) -> Vec<&[Line]> {
        match self {
            Piece::Line(line) => vec![std::slice::from_ref(line)],
            Piece::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
                cells.map(|cell| cell.lines.as_slice()).collect()
            }
        }
    }

    pub fn lines_mut(&mut self) -> Vec<&mut Line> {
        match self {
            Piece::Line(line) => vec![line],
            Piece::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| row.cells.iter_mut().flatten());
                cells.flat_map(|cell| &mut cell.lines).collect()
            }
        }
    }

    pub fn line(&self) -> Option<&Line> {
        match self {
            Piece::Line(line) => Some(line),
            Piece::Table(_) => None,
        }
    }
}

/// A table on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub area: Area,
    pub columns: Vec<f64>,
    pub rows: Vec<TableRow>,
}

/// One row with its cells by column. A column covered by another cell is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    pub top: f64,
    pub cells: Vec<Option<TableCell>>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct TableCell {
    pub area: Area,
    pub lines: Vec<Line>,
    /// The rightmost position that its lines could reach.
    pub right: f64,
}

/// Reads the pieces of a page.
pub fn read(marks: PageMarks) -> Page {
    let PageMarks { width, height, mut glyphs, rules, .. } = marks;
    glyphs.truncate(MAX_GLYPHS);
    let mut grids: Vec<Grid> = rules::frames(&rules).iter().flat_map(grid::of).collect();
    // A character belongs to the smallest table around it.
    grids.sort_by(|a, b| (a.area.width() * a.area.height()).total_cmp(&(b.area.width() * b.area.height())));
    let mut in_cells: Vec<Vec<Vec<Glyph>>> = grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
    let mut outside = Vec::new();
    for glyph in glyphs {
        let middle = glyph.seat;
        let place = grids.iter().enumerate().find_map(|(at, grid)| {
            grid.area
                .holds(middle)
                .then(|| grid.cells.iter().position(|cell| cell.area.holds(middle)).map(|cell| (at, cell)))?
        });
        match place {
            Some((grid, cell)) => in_cells[grid][cell].push(glyph),
            None => outside.push(glyph),
        }
    }
    let tables = grids.into_iter().zip(in_cells).filter_map(|(grid, glyphs)| table(grid, glyphs));
    let mut pieces: Vec<Piece> =
        lines::of(outside).into_iter().map(Piece::Line).chain(tables.map(Piece::Table)).collect();
    pieces.sort_by(|a, b| a.area().top.total_cmp(&b.area().top));
    Page { width, height, pieces }
}

/// Returns a table with its text; `None` if it has no text.
fn table(grid: Grid, glyphs: Vec<Vec<Glyph>>) -> Option<Table> {
    if glyphs.iter().all(|cell| cell.iter().all(Glyph::is_blank)) {
        return None;
    }
    let width = grid.columns.len() - 1;
    let row = |top: &f64| TableRow { top: *top, cells: vec![None; width] };
    let mut rows: Vec<TableRow> = grid.rows[..grid.rows.len() - 1].iter().map(row).collect();
    for (span, glyphs) in grid.cells.iter().zip(glyphs) {
        let lines = lines::of(glyphs);
        let cell = TableCell { area: span.area, lines, right: span.area.right };
        rows[span.row].cells[span.column] = Some(cell);
    }
    set_right_ends(&mut rows);
    Some(Table { area: grid.area, columns: grid.columns, rows })
}

/// Sets the right end of lines in cells: the distance to the right border is assumed to equal the left indent of the
/// column.
fn set_right_ends(rows: &mut [TableRow]) {
    let columns = rows.first().map_or(0, |row| row.cells.len());
    for column in 0..columns {
        let cells = || rows.iter().filter_map(|row| row.cells[column].as_ref());
        let indent = cells().flat_map(|cell| cell.lines.iter().map(|line| line.area.left - cell.area.left));
        let indent = indent.fold(12.0, f64::min).max(0.0);
        for cell in rows.iter_mut().filter_map(|row| row.cells[column].as_mut()) {
            let furthest = cell.lines.iter().map(Line::reach).fold(f64::MIN, f64::max);
            cell.right = (cell.area.right - indent).max(furthest);
            let right = cell.right;
            cell.lines.iter_mut().for_each(|line| line.right = right);
        }
    }
}
