//! Joins tables over several pages. The next page may repeat the head, continue a cut row, or repeat names of
//! organisations.

use crate::blocks::squash;
use crate::marks;
use crate::pdf::joining;
use crate::pdf::lines::Line;
use crate::pdf::marks::Area;
use crate::pdf::page::{Table, TableCell, TableRow};

/// Maximum distance, in points, between the positions of one column on different pages.
const SAME_PLACE: f64 = 5.0;

/// A table as if on one long page.
#[derive(Debug, Clone, PartialEq)]
pub struct LongTable {
    pub columns: Vec<f64>,
    pub rows: Vec<LongRow>,
    /// Index of the row whose first cell, the name of an organisation, also applies to the rows below.
    first_cell: usize,
}

/// One row, joined over pages. A column covered by another cell is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct LongRow {
    pub page: u32,
    pub area: Area,
    pub cells: Vec<Option<LongCell>>,
}

/// The lines of a cell from all its pages.
#[derive(Debug, Clone, PartialEq)]
pub struct LongCell {
    pub area: Area,
    pub page: u32,
    pub lines: Vec<Line>,
}

impl LongTable {
    /// Creates a table from its part on the first page.
    pub fn new(table: Table, page: u32) -> Self {
        let columns = table.columns.clone();
        let right = table.area.right;
        let rows: Vec<LongRow> = table.rows.into_iter().map(|row| long_row(row, page, right)).collect();
        let first_cell = rows.iter().rposition(|row| row.cells.first().is_some_and(Option::is_some)).unwrap_or(0);
        Self { columns, rows, first_cell }
    }

    /// Whether a table at the head of the next page continues this one: each of its columns begins where a column of
    /// this table begins.
    pub fn goes_on_in(&self, table: &Table) -> bool {
        let near = |a: &f64, b: &f64| (a - b).abs() < SAME_PLACE;
        let ends = |columns: &[f64]| columns.first().copied().zip(columns.last().copied());
        let same_sides = match (ends(&self.columns), ends(&table.columns)) {
            (Some(own), Some(other)) => near(&own.0, &other.0) && near(&own.1, &other.1),
            _ => false,
        };
        same_sides && table.columns.iter().all(|column| self.columns.iter().any(|own| near(own, column)))
    }

    /// Adds the part on the next page.
    pub fn go_on(&mut self, table: Table, page: u32) {
        let places = self.places(&table.columns);
        let right = table.area.right;
        let mut rows: Vec<LongRow> = table.rows.into_iter().map(|row| long_row(row, page, right)).collect();
        for row in &mut rows {
            let mut cells = vec![None; self.columns.len() - 1];
            for (cell, place) in row.cells.drain(..).zip(&places) {
                cells[*place] = cell;
            }
            row.cells = cells;
        }
        let head = self.rows.first().map(texts).unwrap_or_default();
        if rows.len() > 1 && self.rows.len() > 1 && texts(&rows[0]) == head {
            rows.remove(0);
        }
        self.take_first_cell(&mut rows);
        if let (Some(last), Some(first)) = (self.rows.last_mut(), rows.first())
            && is_rest_of(last, first)
        {
            let first = rows.remove(0);
            add_rest(last, first, rows.first_mut());
        }
        let before = self.rows.len();
        let begins = rows.iter().rposition(|row| row.cells[0].is_some());
        self.rows.extend(rows);
        if let Some(at) = begins {
            self.first_cell = before + at;
        }
    }

    /// Returns, for each column of the other part, the corresponding column of this table.
    fn places(&self, columns: &[f64]) -> Vec<usize> {
        let own = &self.columns;
        let nearest =
            |place: &f64| (0..own.len() - 1).min_by(|a, b| (own[*a] - place).abs().total_cmp(&(own[*b] - place).abs()));
        columns[..columns.len() - 1].iter().map(|place| nearest(place).unwrap_or(0)).collect()
    }

    /// Joins the first cell of a part with the cell that the page break cut. A repeated name is dropped. A name that
    /// occurs only after the break also applies to the rows before the break.
    fn take_first_cell(&mut self, rows: &mut [LongRow]) {
        let spans = |rows: &[LongRow], at: usize| rows.get(at + 1).is_some_and(|below| below.cells[0].is_none());
        let is_long = spans(rows, 0) || spans(&self.rows, self.first_cell);
        let Some(cell) = rows.first_mut().and_then(|row| row.cells[0].as_mut()) else { return };
        let Some(above) = self.rows.get_mut(self.first_cell).and_then(|row| row.cells[0].as_mut()) else { return };
        let (name, known) = (cell.text(), above.text());
        if name.is_empty() || marks::mark(&name).is_some() {
            return;
        }
        if name == known {
            cell.lines.clear();
        } else if known.is_empty() && is_long && self.first_cell > 0 {
            above.lines = std::mem::take(&mut cell.lines);
        }
    }
}

impl LongCell {
    /// Returns the text of the cell without white space.
    fn text(&self) -> String {
        squash(&self.lines.iter().map(Line::text).collect::<String>())
    }
}

fn long_row(row: TableRow, page: u32, right: f64) -> LongRow {
    let cells: Vec<Option<LongCell>> =
        row.cells.into_iter().map(|cell| cell.map(|cell| long_cell(cell, page))).collect();
    let left = cells.iter().flatten().map(|cell| cell.area.left).fold(right, f64::min);
    let area = Area { left, top: row.top, right, bottom: row.top };
    LongRow { page, area, cells }
}

fn long_cell(cell: TableCell, page: u32) -> LongCell {
    let TableCell { area, mut lines, right, .. } = cell;
    lines.iter_mut().for_each(|line| line.right = right);
    LongCell { area, page, lines }
}

fn texts(row: &LongRow) -> Vec<String> {
    row.cells.iter().map(|cell| cell.as_ref().map(LongCell::text).unwrap_or_default()).collect()
}

/// Returns the columns of a row that contain text; the first column is included only if it contains a mark and not a
/// name.
fn filled(row: &LongRow) -> Vec<usize> {
    let text = |at: usize| row.cells[at].as_ref().map(LongCell::text).unwrap_or_default();
    let counts = |at: &usize| match at {
        0 => marks::mark(&text(0)).is_some(),
        at => !text(*at).is_empty(),
    };
    (0..row.cells.len()).filter(counts).collect()
}

/// Whether the first row of a page is the rest of the last row. Either the last row has a number and this row has none.
/// Or numbers are printed in the middle of rows: then the last row has no number, and its last line continues in this
/// row.
fn is_rest_of(last: &LongRow, first: &LongRow) -> bool {
    let (own, rest) = (filled(last), filled(first));
    let (Some(begins), Some(rest_begins)) = (own.first(), rest.first()) else { return false };
    let within =
        |some: &[usize], others: &[usize]| some.len() < others.len() && some.iter().all(|at| others.contains(at));
    if begins < rest_begins {
        let text = first.cells[*rest_begins].as_ref().map(LongCell::text).unwrap_or_default();
        return within(&rest, &own) && marks::numbered(&text).is_none();
    }
    let line = |row: &LongRow, pick: fn(&LongCell) -> Option<&Line>| {
        own.last().and_then(|at| row.cells[*at].as_ref()).and_then(pick).cloned()
    };
    let (before, after) = (line(last, |cell| cell.lines.last()), line(first, |cell| cell.lines.first()));
    let cut = before.zip(after).is_some_and(|(before, after)| joining::goes_on(&before, &after));
    begins > rest_begins && own.len() > 1 && within(&own, &rest) && cut
}

/// Adds the rest of a row. If the rest has a name in its first cell, the name is moved to the next row.
fn add_rest(row: &mut LongRow, mut rest: LongRow, below: Option<&mut LongRow>) {
    let name = rest.cells[0].take().filter(|cell| !cell.lines.is_empty());
    for (own, cell) in row.cells.iter_mut().zip(rest.cells) {
        match (own, cell) {
            (Some(own), Some(cell)) => own.lines.extend(cell.lines),
            (own, Some(cell)) => *own = Some(cell),
            (_, None) => {}
        }
    }
    if let Some(below) = below.filter(|below| below.cells[0].is_none()) {
        below.cells[0] = name;
    }
}
