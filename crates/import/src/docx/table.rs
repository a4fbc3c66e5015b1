//! A Word table: assigns cells to the columns of its grid. Columns in which no cell begins are dropped.

use std::collections::{BTreeSet, HashSet};

use crate::blocks::{Cell, MAX_CELLS};

/// The relation of a cell to the cell above or to its left when they are merged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Merge {
    #[default]
    None,
    Start,
    Goes,
}

/// The table being read.
#[derive(Debug, Default)]
pub struct Table {
    pub rows: Vec<Row>,
    /// The number of columns that the table declares.
    pub grid: usize,
    row: Option<Row>,
    cell: Option<OpenCell>,
    /// The grid columns in which a merged cell continues.
    merging: HashSet<u32>,
}

/// A row; each cell has the grid column in which it begins.
#[derive(Debug, Default)]
pub struct Row {
    cells: Vec<(u32, Cell)>,
    end: u32,
    /// Number of the row in the table, from 1.
    pub number: u32,
    /// Whether a tracked change deleted the row.
    pub deleted: bool,
    pub inserted: bool,
}

#[derive(Debug)]
struct OpenCell {
    paragraphs: Vec<String>,
    span: u32,
    merge: Merge,
    beside: Merge,
}

impl Table {
    pub fn begin_row(&mut self) {
        self.end_row();
        self.row = Some(Row { number: self.rows.len() as u32 + 1, ..Row::default() });
    }

    /// Skips columns that the row leaves out before its first cell or after its last cell.
    pub fn skip_columns(&mut self, columns: i64) {
        if let Some(row) = &mut self.row {
            row.end = row.end.saturating_add(span(columns));
        }
    }

    pub fn delete_row(&mut self) {
        if let Some(row) = &mut self.row {
            row.deleted = true;
        }
    }

    pub fn insert_row(&mut self) {
        if let Some(row) = &mut self.row {
            row.inserted = true;
        }
    }

    /// Whether the open row is deleted.
    pub fn is_deleted(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.deleted)
    }

    pub fn is_inserted(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.inserted)
    }

    pub fn begin_cell(&mut self) {
        if self.row.is_some() {
            self.cell = Some(OpenCell { paragraphs: Vec::new(), span: 1, merge: Merge::None, beside: Merge::None });
        }
    }

    pub fn span_columns(&mut self, columns: i64) {
        if let Some(cell) = &mut self.cell {
            cell.span = span(columns).max(1);
        }
    }

    /// Merges the cell with the one above (`vMerge`) or, in files of old programs, with the one to its left (`hMerge`).
    pub fn merge(&mut self, merge: Merge, downwards: bool) {
        if let Some(cell) = &mut self.cell {
            *(if downwards { &mut cell.merge } else { &mut cell.beside }) = merge;
        }
    }

    /// Adds a paragraph to the open cell; returns the text if no cell is open.
    pub fn paragraph(&mut self, text: String) -> Option<String> {
        match &mut self.cell {
            Some(cell) => {
                cell.paragraphs.push(text);
                None
            }
            None => Some(text),
        }
    }

    /// Ends the open cell. Returns the text of a cell that a merged cell covers, because this text is invisible.
    pub fn end_cell(&mut self) -> Option<String> {
        let (cell, row) = (self.cell.take()?, self.row.as_mut()?);
        let start = row.end;
        row.end = row.end.saturating_add(cell.span);
        let covered_from_above = cell.merge == Merge::Goes && self.merging.contains(&start);
        if cell.merge == Merge::Start {
            self.merging.insert(start);
        } else if cell.merge == Merge::None {
            self.merging.remove(&start);
        }
        let covered = covered_from_above || cell.beside == Merge::Goes && !row.cells.is_empty();
        let content = Cell(cell.paragraphs);
        let (shown, hidden) = if covered { (Cell::default(), Some(content.text())) } else { (content, None) };
        let is_full = row.cells.len() >= MAX_CELLS;
        match row.cells.last_mut() {
            Some((_, last)) if is_full => last.0.extend(shown.0),
            _ => row.cells.push((start, shown)),
        }
        hidden.filter(|text| !text.is_empty())
    }

    pub fn end_row(&mut self) {
        self.rows.extend(self.row.take());
    }

    /// Returns the columns of the grid in which a cell begins, in order.
    pub fn columns(&self) -> Vec<u32> {
        let starts =
            self.rows.iter().filter(|row| !row.deleted).flat_map(|row| row.cells.iter().map(|(start, _)| *start));
        starts.collect::<BTreeSet<u32>>().into_iter().collect()
    }
}

impl Row {
    /// Whether the row is one cell over all columns: such a row is a heading or a frame and not a row of data.
    pub fn is_wide(&self, columns: &[u32]) -> bool {
        let covers = columns.last().is_none_or(|last| *last < self.end);
        covers && matches!(self.cells.as_slice(), [(0, cell)] if !cell.is_empty())
    }

    /// Returns the cells by column; a column that another cell spans, or that the row leaves out, gets an empty cell.
    pub fn cells(self, columns: &[u32]) -> Vec<Cell> {
        let width = columns.partition_point(|column| *column < self.end).min(MAX_CELLS);
        let mut cells = vec![Cell::default(); width];
        for (start, cell) in self.cells {
            let column = columns.partition_point(|column| *column < start).min(width.saturating_sub(1));
            if let Some(place) = cells.get_mut(column) {
                place.0.extend(cell.0);
            }
        }
        cells
    }
}

fn span(columns: i64) -> u32 {
    u32::try_from(columns.max(0)).unwrap_or(u32::MAX / 2).min(u32::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the cells of rows in this notation: `text`, `text@span`, `|` (continues the cell above), `+text` (begins
    /// a merged cell).
    #[track_caller]
    fn check(rows: &[&str], expected: &[&str]) {
        let mut table = Table::default();
        for row in rows {
            table.begin_row();
            for cell in row.split('/') {
                table.begin_cell();
                let (text, columns) = cell.split_once('@').unwrap_or((cell, "1"));
                table.span_columns(columns.parse().unwrap());
                let text = match text.split_at_checked(1) {
                    Some(("|", rest)) => {
                        table.merge(Merge::Goes, true);
                        rest
                    }
                    Some(("+", rest)) => {
                        table.merge(Merge::Start, true);
                        rest
                    }
                    _ => text,
                };
                if !text.is_empty() {
                    table.paragraph(text.to_owned());
                }
                table.end_cell();
            }
            table.end_row();
        }
        let columns = table.columns();
        let shown =
            table.rows.into_iter().map(|row| row.cells(&columns).iter().map(Cell::text).collect::<Vec<_>>().join("/"));
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn cells_are_assigned_to_the_columns_of_the_grid() {
        check(&["a/b@2/c", "d/e/f/g"], &["a/b//c", "d/e/f/g"]);
        check(&["a@5/b@7/c", "d@5/e@7/f"], &["a/b/c", "d/e/f"]);
        check(&["+局/①", "|/②", "市/③", "|x/④"], &["局/①", "/②", "市/③", "x/④"]);
        check(&["|a/①"], &["a/①"]);
        check(&["a@1000000000/b", "c@1000000000/d@1000000000/e@1000000000/f@1000000000/g"], &["a/b", "c/d/e/f/g"]);
    }
}
