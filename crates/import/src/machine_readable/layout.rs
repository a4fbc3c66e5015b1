//! Checks the rules of layout: one table on a sheet, a head in the first row, and nothing that splits the table or is
//! next to it.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::counting::Notices;
use super::rule::{Rule, Verdict};
use super::table::{Kind, Row, Table};
use crate::blocks::squash;

pub fn check(table: &Table, notices: &mut Notices) {
    first_row(table, notices);
    second_head(table, notices);
    gaps(table, notices);
    outside(table, notices);
    names(table, notices);
}

/// Checks L3-01: a title above the head, or a table that does not begin in the first row.
fn first_row(table: &Table, notices: &mut Notices) {
    let fails = Verdict::Fails;
    if table.head > 0 {
        for row in table.rows.iter().take(table.head) {
            notices.at(Rule::L3_01, fails, (row.number, row.data[0].column), &row.data[0].text);
        }
    } else if table.head_row().number > 1 {
        notices.at(Rule::L3_01, fails, (1, 1), "");
    } else if table.head_row().data.iter().all(|datum| datum.kind == Kind::Number && !is_year(&datum.text)) {
        let first = &table.head_row().data[0];
        notices.at(Rule::L3_01, fails, (table.head_row().number, first.column), &first.text);
    }
}

fn is_year(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// Checks L1-02: the head repeated, or words over columns of numbers after a blank row.
fn second_head(table: &Table, notices: &mut Notices) {
    let numeric: Vec<u32> =
        table.columns.iter().filter(|column| column.numbers * 2 > column.filled).map(|column| column.number).collect();
    let is_over_numbers = |row: &&Row| {
        row.is_after_gap
            && row.data.len() >= 2
            && row.data.iter().all(|datum| datum.kind == Kind::Text)
            && row.data.iter().any(|datum| numeric.contains(&datum.column))
    };
    let repeated = table.repeated_heads.iter().map(|place| &table.rows[*place]);
    for row in repeated.chain(table.body().filter(is_over_numbers)) {
        notices.at(Rule::L1_02, Verdict::Fails, (row.number, row.data[0].column), &row.data[0].text);
    }
}

/// Checks L1-03: blank rows and columns inside the table.
fn gaps(table: &Table, notices: &mut Notices) {
    let (fails, head) = (Verdict::Fails, table.head_row());
    let first_column = head.data[0].column;
    for row in table.body().filter(|row| row.is_after_gap) {
        notices.at(Rule::L1_03, fails, (row.number - 1, first_column), "");
    }
    // Columns after the last column with a name are outside the table.
    let named: Vec<u32> = table.columns.iter().filter(|column| !column.name.is_empty()).map(|c| c.number).collect();
    for two in named.windows(2) {
        let is_used = table.columns.iter().any(|column| column.number > two[0] && column.number < two[1]);
        if two[1] > two[0] + 1 && !is_used {
            notices.at(Rule::L1_03, fails, (head.number, two[0] + 1), "");
        }
    }
}

/// Checks L1-04: notes below the table, and cells to the right or left of it.
fn outside(table: &Table, notices: &mut Notices) {
    for row in table.strays.iter().map(|place| &table.rows[*place]) {
        notices.at(Rule::L1_04, Verdict::Fails, (row.number, row.data[0].column), &row.data[0].text);
    }
    if table.is_csv {
        // In a CSV file, such a row is a record with more values than columns, which another rule reports.
        return;
    }
    let last_name = table.head_row().data.last().map_or(0, |datum| datum.column);
    let beside = |column: u32| column > last_name && !is_next_to(table, last_name, column);
    for row in table.body() {
        for datum in row.data.iter().filter(|datum| beside(datum.column)) {
            notices.at(Rule::L1_04, Verdict::Fails, (row.number, datum.column), &datum.text);
        }
    }
}

/// Whether a column without a name belongs to the table: it directly follows the named ones and is filled in most rows.
fn is_next_to(table: &Table, last_name: u32, column: u32) -> bool {
    let is_full = |number: u32| {
        table.columns.iter().any(|column| column.number == number && column.filled * 2 >= table.body.len())
    };
    column - last_name <= 64 && (last_name + 1..=column).all(is_full)
}

/// Checks L1-05 (columns without a name, or with a meaningless one) and L2-03 (duplicate names).
fn names(table: &Table, notices: &mut Notices) {
    let head = table.head_row();
    let last_name = head.data.last().map_or(0, |datum| datum.column);
    let mut seen: HashMap<String, u32> = HashMap::new();
    for column in &table.columns {
        let place = (head.number, column.number);
        let name: String = squash(&column.name).nfkc().collect::<String>().to_lowercase();
        if name.is_empty() {
            let is_inside = column.number < last_name || is_next_to(table, last_name, column.number);
            if is_inside && column.filled > 0 {
                notices.at(Rule::L1_05, Verdict::Fails, place, "");
            }
            continue;
        }
        if says_nothing(&name) {
            notices.at(Rule::L1_05, Verdict::Fails, place, &column.name);
        }
        if seen.insert(name, column.number).is_some() {
            notices.at(Rule::L2_03, Verdict::Fails, place, &column.name);
        }
    }
}

/// Whether a column name is meaningless: 項目1, 列A, column 3, 〃, 7.
fn says_nothing(name: &str) -> bool {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    let is_empty_word =
        ["項目", "列", "カラム", "column", "field", "データ", "data", "unnamed:", "名称未設定"].contains(&stem);
    // データ without a number can be a sufficient name in a table with one column of values.
    let is_numbered = stem.len() < name.len() || (stem != "データ" && stem != "data");
    let is_mark = name.chars().all(|c| !c.is_alphanumeric());
    (is_empty_word && is_numbered) || is_mark || (stem.is_empty() && !is_year(name))
}
