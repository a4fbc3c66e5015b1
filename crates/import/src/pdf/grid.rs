//! The rules of a table → its cells: rows, columns, and cells that span several.

use crate::pdf::marks::{Area, Rule};
use crate::pdf::rules::{self, Frame, NEAR};

/// Maximum number of rows or columns of a table; a larger grid is treated as a drawing.
const MAX_SIDE: usize = 400;

/// The cells of a table before text is added.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    pub area: Area,
    /// Borders of the columns, from left to right.
    pub columns: Vec<f64>,
    /// Borders of the rows, from top to bottom.
    pub rows: Vec<f64>,
    /// The cells, in order of their first row and column.
    pub cells: Vec<Span>,
}

/// One cell: its position and its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub row: usize,
    pub column: usize,
    pub area: Area,
}

/// Returns the grids of a frame. A frame contains several grids if tables with different columns touch.
pub fn of(frame: &Frame) -> Vec<Grid> {
    let Some((top, bottom)) = span(frame.vertical.iter().flat_map(|rule| [rule.from, rule.to])) else {
        return Vec::new();
    };
    let Some((left, right)) = span(frame.vertical.iter().map(|rule| rule.at)) else { return Vec::new() };
    let crossing = |rule: &&Rule| rule.to > left - NEAR && rule.from < right + NEAR;
    let mut at: Vec<f64> = frame.horizontal.iter().filter(crossing).map(|rule| rule.at).collect();
    at.sort_by(f64::total_cmp);
    // If vertical rules extend past the last horizontal rule, the page ended inside the table.
    let open_head = at.first().is_none_or(|first| first - top > NEAR);
    let open_foot = at.last().is_none_or(|last| bottom - last > NEAR);
    at.extend(open_head.then_some(top));
    at.extend(open_foot.then_some(bottom));
    let rows = rules::places(at);
    if rows.len() > MAX_SIDE * 10 || frame.vertical.len() > MAX_SIDE * 10 {
        return Vec::new();
    }
    let parts = parts(frame, &rows);
    parts.iter().filter_map(|part| part_grid(frame, part)).collect()
}

/// Returns the grid of a part; `None` for a single box, which is not a table.
fn part_grid(frame: &Frame, rows: &[f64]) -> Option<Grid> {
    let (top, bottom) = (*rows.first()?, *rows.last()?);
    let within = |rule: &&Rule| rule.to.min(bottom) - rule.from.max(top) > NEAR;
    let columns = rules::places(frame.vertical.iter().filter(within).map(|rule| rule.at).collect());
    if columns.len() < 2 || columns.len() * rows.len() <= 4 || columns.len() > MAX_SIDE {
        return None;
    }
    let cells = spans(frame, &columns, rows);
    let area = Area { left: columns[0], right: columns[columns.len() - 1], top, bottom };
    Some(Grid { area, columns, rows: rows.to_vec(), cells })
}

/// Splits the rows of a frame where the columns change: neither the columns above nor the columns below include all
/// columns of the other side.
fn parts(frame: &Frame, rows: &[f64]) -> Vec<Vec<f64>> {
    let columns = |two: &[f64]| -> Vec<f64> {
        let along = frame.vertical.iter().filter(|rule| rule.from < two[0] + NEAR && rule.to > two[1] - NEAR);
        along.map(|rule| rule.at).collect()
    };
    let all_in = |some: &[f64], others: &[f64]| some.iter().all(|a| others.iter().any(|b| (a - b).abs() < NEAR));
    let mut parts: Vec<Vec<f64>> = Vec::new();
    let mut above: Vec<f64> = Vec::new();
    for two in rows.windows(2) {
        let own = columns(two);
        match parts.last_mut() {
            Some(part) if all_in(&own, &above) || all_in(&above, &own) => {
                part.push(two[1]);
                if own.len() > above.len() {
                    above = own;
                }
            }
            _ => {
                parts.push(two.to_vec());
                above = own;
            }
        }
    }
    parts
}

/// Returns the least and the greatest value.
fn span(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.map(|value| (value, value)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// Returns the cells; grid squares without a rule between them form one cell.
fn spans(frame: &Frame, columns: &[f64], rows: &[f64]) -> Vec<Span> {
    let (width, height) = (columns.len() - 1, rows.len() - 1);
    let verticals = lanes(&frame.vertical, columns);
    let horizontals = lanes(&frame.horizontal, rows);
    let wall_right = |row: usize, column: usize| covers(&verticals[column + 1], rows[row], rows[row + 1]);
    let wall_below = |row: usize, column: usize| covers(&horizontals[row + 1], columns[column], columns[column + 1]);
    let mut taken = vec![false; width * height];
    let mut spans = Vec::new();
    for row in 0..height {
        for column in 0..width {
            if taken[row * width + column] {
                continue;
            }
            let mut right = column;
            while right + 1 < width && !taken[row * width + right + 1] && !wall_right(row, right) {
                right += 1;
            }
            let mut below = row;
            let is_open = |at: usize| (column..=right).all(|column| !wall_below(at, column));
            while below + 1 < height && is_open(below) {
                below += 1;
            }
            for row in row..=below {
                taken[row * width + column..=row * width + right].fill(true);
            }
            let area =
                Area { left: columns[column], right: columns[right + 1], top: rows[row], bottom: rows[below + 1] };
            spans.push(Span { row, column, area });
        }
    }
    spans
}

/// Returns the rules at each position.
fn lanes(rules: &[Rule], places: &[f64]) -> Vec<Vec<Rule>> {
    let mut lanes = vec![Vec::new(); places.len()];
    for rule in rules {
        let nearest =
            (0..places.len()).min_by(|a, b| (places[*a] - rule.at).abs().total_cmp(&(places[*b] - rule.at).abs()));
        if let Some(nearest) = nearest {
            lanes[nearest].push(*rule);
        }
    }
    lanes
}

/// Whether rules cover more than half of a side of a grid square.
fn covers(lane: &[Rule], from: f64, to: f64) -> bool {
    let covered: f64 = lane.iter().map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0)).sum();
    covered > (to - from) * 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: f64, from: f64, to: f64) -> Rule {
        Rule { is_horizontal: true, at, from, to }
    }

    fn down(at: f64, from: f64, to: f64) -> Rule {
        Rule { is_horizontal: false, at, from, to }
    }

    /// Compares the cells with `expected`, each as row, column and size.
    #[track_caller]
    fn check(rules: &[Rule], expected: &[&[(usize, usize, f64, f64)]]) {
        let grids: Vec<Grid> = rules::frames(rules).iter().flat_map(of).collect();
        let cell = |cell: &Span| (cell.row, cell.column, cell.area.width().round(), cell.area.height().round());
        let cells: Vec<Vec<_>> = grids.iter().map(|grid| grid.cells.iter().map(cell).collect()).collect();
        assert_eq!(cells, expected);
    }

    #[test]
    fn rules_make_cells_and_a_missing_rule_makes_a_larger_one() {
        let sides = [across(0.0, 0.0, 100.0), across(40.0, 0.0, 100.0), down(0.0, 0.0, 40.0), down(100.0, 0.0, 40.0)];
        check(&sides, &[]);
        let inner = [down(30.0, 0.0, 40.0), across(20.0, 30.0, 100.0)];
        check(&[&sides[..], &inner].concat(), &[&[(0, 0, 30.0, 40.0), (0, 1, 70.0, 20.0), (1, 1, 70.0, 20.0)]]);
    }

    #[test]
    fn borders_of_neighbours_are_one_rule() {
        let cell = |left: f64| {
            [
                across(0.0, left, left + 50.0),
                across(20.0, left, left + 50.0),
                down(left, 0.0, 20.0),
                down(left + 50.0, 0.0, 20.0),
            ]
        };
        check(
            &[cell(0.0), cell(52.0), cell(104.0)].concat(),
            &[&[(0, 0, 51.0, 20.0), (0, 1, 52.0, 20.0), (0, 2, 51.0, 20.0)]],
        );
    }

    #[test]
    fn a_table_that_a_page_cuts_has_a_last_row_without_a_rule_below() {
        let rules = [across(0.0, 0.0, 100.0), across(20.0, 0.0, 100.0), down(0.0, 0.0, 50.0), down(100.0, 0.0, 50.0)];
        check(&rules, &[&[(0, 0, 100.0, 20.0), (1, 0, 100.0, 30.0)]]);
    }

    #[test]
    fn touching_tables_with_different_columns_are_separated() {
        let rules = [
            across(0.0, 0.0, 100.0),
            across(20.0, 0.0, 100.0),
            across(40.0, 0.0, 100.0),
            down(0.0, 0.0, 40.0),
            down(100.0, 0.0, 40.0),
            down(30.0, 0.0, 20.0),
            down(60.0, 20.0, 40.0),
        ];
        check(&rules, &[&[(0, 0, 30.0, 20.0), (0, 1, 70.0, 20.0)], &[(0, 0, 60.0, 20.0), (0, 1, 40.0, 20.0)]]);
    }
}
