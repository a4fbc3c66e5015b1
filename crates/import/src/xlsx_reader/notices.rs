//! Reports hidden content and objects that are not cells, with one finding of each kind per sheet.

use renkei_document::finding::{Finding, Notice, Place};
use renkei_document::locus::Locus;

use super::rows::SheetRows;
use crate::plans::shortened;
use crate::workbook::{Sheet, cell_name, column_name};

/// Maximum number of places that one sentence names.
const MOST_NAMED: usize = 10;

pub fn of_sheet(sheet: &Sheet, read: &SheetRows, first_line: u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut tell = |notice: Notice, cell: String| {
        let at = Some(Locus::Sheet { sheet: sheet.name.as_str().into(), cell });
        let line = Some(first_line).filter(|_| !read.rows.is_empty());
        findings.push(Finding::new(notice, Place { line, row: None, at }));
    };
    let first_cell = || "A1".to_owned();
    if sheet.is_hidden && !read.rows.is_empty() {
        tell(Notice::SourceHidden { what: format!("シート「{}」", sheet.name) }, first_cell());
    }
    let rows = hidden_rows(sheet, read);
    if let Some(first) = rows.first() {
        let what = format!("シート「{}」の行 {}", sheet.name, runs(&rows, |row| row.to_string()));
        tell(Notice::SourceHidden { what }, cell_name(*first, 1));
    }
    let columns = hidden_columns(sheet, read);
    if let Some(first) = columns.first() {
        let what = format!("シート「{}」の列 {}", sheet.name, runs(&columns, column_name));
        tell(Notice::SourceHidden { what }, cell_name(1, *first));
    }
    if let Some(first) = read.errors.first() {
        let what = format!("計算できていないセル（{}）", listed(&read.errors));
        tell(Notice::SourceLeftOut { what }, first.split(' ').next().unwrap_or_default().to_owned());
    }
    if let Some(first) = read.covered.first() {
        let what = format!("結合されたセルの下にある値（{}）", listed(&read.covered));
        tell(Notice::SourceLeftOut { what }, first.clone());
    }
    for what in left_out(sheet) {
        tell(Notice::SourceLeftOut { what }, first_cell());
    }
    findings
}

pub fn other_sheets(names: &[String]) -> Finding {
    let what = format!("表でないシート「{}」", listed(names));
    Finding::new(Notice::SourceLeftOut { what }, Place::whole())
}

fn left_out(sheet: &Sheet) -> Vec<String> {
    let texts: Vec<String> = sheet.drawn.iter().filter(|text| !text.is_empty()).map(|text| shortened(text)).collect();
    let pictures = sheet.drawn.len() - texts.len();
    let mut all = Vec::new();
    if !texts.is_empty() {
        all.push(format!("図形・テキストボックスの文字「{}」", listed(&texts)));
    }
    if pictures > 0 {
        all.push(format!("画像・グラフなど {pictures} 個"));
    }
    if sheet.comments > 0 {
        all.push(format!("コメント {} 件", sheet.comments));
    }
    if sheet.is_damaged {
        all.push(format!("シート「{}」の壊れている部分", sheet.name));
    }
    all
}

/// Returns the hidden rows that contain text.
fn hidden_rows(sheet: &Sheet, read: &SheetRows) -> Vec<u32> {
    let mut hidden = sheet.hidden_rows.clone();
    hidden.sort_unstable();
    hidden.dedup();
    hidden.retain(|row| read.rows.binary_search_by_key(row, |said| said.number).is_ok());
    hidden
}

fn hidden_columns(sheet: &Sheet, read: &SheetRows) -> Vec<u32> {
    let is_hidden = |column: &u32| sheet.hidden_columns.iter().any(|(first, last)| (first..=last).contains(&column));
    read.columns.iter().copied().filter(is_hidden).collect()
}

/// Writes numbers as ranges, for example 3～5、9.
fn runs(numbers: &[u32], name: impl Fn(u32) -> String) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let named = |(first, last): &(u32, u32)| match first == last {
        true => name(*first),
        false => format!("{}～{}", name(*first), name(*last)),
    };
    listed(&runs.iter().map(named).collect::<Vec<_>>())
}

fn listed(names: &[String]) -> String {
    let mut text = names[..names.len().min(MOST_NAMED)].join("、");
    if names.len() > MOST_NAMED {
        text.push_str(&format!(" ほか{}件", names.len() - MOST_NAMED));
    }
    text
}
