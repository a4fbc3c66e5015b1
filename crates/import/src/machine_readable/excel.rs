//! Checks the rules that only a workbook can break: shapes, colours, merged and hidden cells, formulas.

use std::collections::HashMap;

use super::counting::Notices;
use super::rule::{Rule, Verdict};
use super::table::Table;
use crate::workbook::{Look, Sheet, Workbook, cell_name, column_name};

/// Minimum number of rows for recognising stripes.
const STRIPED: usize = 8;

pub fn check(sheet: &Sheet, workbook: &Workbook, notices: &mut Notices) {
    for text in &sheet.drawn {
        let verdict = if text.is_empty() { Verdict::Look } else { Verdict::Fails };
        notices.at(Rule::L1_10, verdict, (1, 1), text);
    }
    for area in sheet.merged.iter().filter(|area| !area.is_one_cell()) {
        let first = sheet.cells.binary_search_by_key(&(area.top, area.left), |cell| (cell.row, cell.column));
        let text = first.map_or(String::new(), |place| workbook.text(&sheet.cells[place]));
        notices.at_area(Rule::L1_12, &area.name(), &text);
    }
    if sheet.is_hidden {
        notices.at(Rule::L1_13, Verdict::Fails, (1, 1), &sheet.name);
    }
    for row in &sheet.hidden_rows {
        notices.at_area(Rule::L1_13, &format!("{row}:{row}"), "");
    }
    for (first, last) in &sheet.hidden_columns {
        // Many programs hide all empty columns after a table; such columns are ignored.
        if sheet.cells.iter().any(|cell| (first..=last).contains(&&cell.column)) {
            notices.at_area(Rule::L1_13, &format!("{}:{}", column_name(*first), column_name(*last)), "");
        }
    }
    for cell in sheet.cells.iter().filter(|cell| cell.has_formula) {
        notices.at_area(Rule::L2_06, &cell_name(cell.row, cell.column), &workbook.text(cell));
    }
}

/// Checks L1-11: cells whose look differs from the rest of their column. Striped rows are allowed, so even and odd rows
/// are compared separately.
pub fn check_looks(table: &Table, notices: &mut Notices) {
    let stripes = if table.body.len() >= STRIPED { 2 } else { 1 };
    let mut counts: HashMap<(u32, usize, &Look), usize> = HashMap::new();
    for (place, row) in table.body().enumerate() {
        for datum in &row.data {
            *counts.entry((datum.column, place % stripes, &datum.look)).or_default() += 1;
        }
    }
    let mut usual: HashMap<(u32, usize), (usize, &Look)> = HashMap::new();
    for ((column, stripe, look), count) in counts {
        let most = usual.entry((column, stripe)).or_insert((count, look));
        // If two looks are equally frequent, the plainer look is treated as the usual one.
        let plainer = (!look.is_bold, look.colour.is_empty(), look.fill.is_empty());
        let known = (!most.1.is_bold, most.1.colour.is_empty(), most.1.fill.is_empty());
        if (count, plainer) > (most.0, known) {
            *most = (count, look);
        }
    }
    for (place, row) in table.body().enumerate() {
        for datum in &row.data {
            if usual.get(&(datum.column, place % stripes)).is_some_and(|(_, look)| **look != datum.look) {
                notices.at(Rule::L1_11, Verdict::Fails, (row.number, datum.column), &datum.text);
            }
        }
    }
}
