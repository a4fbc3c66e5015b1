//! 機械可読性 — checks each cell of a workbook or CSV against the thirty rules for machine-readable data.
//!
//! The rules are from the Digital Agency's 行政データにおける機械可読性に関するルール (2026-03-31). For a rule that needs human judgement,
//! the check only lists the places to look at. Rules that do not apply to the kind of file are left out; L3-07 is also
//! left out for a file with only one year.

mod commas;
mod counting;
mod excel;
mod layout;
mod meaning;
mod notice;
mod rule;
mod table;
mod values;
mod wording;

use crate::decode::{self, Unreadable};
use crate::package::{self, Kind};
use crate::workbook::Workbook;
use crate::{csv_reader, html_reader};

pub use notice::RuleNotice;
pub use rule::{Rule, RulePlace, Verdict};

use counting::Notices;
use table::Table;

/// Checks a file against the rules. The file name shows whether a text is CSV.
pub fn machine_readable(name: &str, bytes: &[u8]) -> Result<Vec<RuleNotice>, Unreadable> {
    let mut notices = Notices::default();
    if bytes.starts_with(b"%PDF-") {
        notices.whole(Rule::L1_01, Verdict::Fails, "PDF");
        return Ok(notices.finish());
    }
    match package::kind(bytes)? {
        Some(Kind::Word) => notices.whole(Rule::L1_01, Verdict::Fails, "Word"),
        Some(Kind::Excel) => of_workbook(&Workbook::open(bytes)?, &mut notices),
        None => of_text(name, bytes, &mut notices)?,
    }
    Ok(notices.finish())
}

fn of_workbook(workbook: &Workbook, notices: &mut Notices) {
    let mut tables = Vec::new();
    for sheet in &workbook.sheets {
        notices.on_sheet(&sheet.name);
        excel::check(sheet, workbook, notices);
        let table = Table::of_sheet(sheet, workbook);
        if table.is_table() {
            check(&table, notices);
            excel::check_looks(&table, notices);
        }
        tables.push((sheet.name.clone(), table));
    }
    meaning::check_years(&tables, notices);
}

fn of_text(name: &str, bytes: &[u8], notices: &mut Notices) -> Result<(), Unreadable> {
    let text = decode::decode(bytes)?;
    let name = name.to_lowercase();
    if [".json", ".xml"].iter().any(|ending| name.ends_with(ending)) {
        return Ok(());
    }
    let is_csv = [".csv", ".tsv"].iter().any(|ending| name.ends_with(ending));
    if !is_csv {
        let kind = if html_reader::is_html(&text) { "HTML" } else { "テキスト" };
        notices.whole(Rule::L1_01, Verdict::Fails, kind);
        return Ok(());
    }
    let records = csv_reader::records(&text)?;
    let table = Table::of_records(&records);
    let head_line = table.rows.get(table.head).map_or(0, |row| row.number);
    commas::check(bytes, &records, head_line, notices);
    if table.is_table() {
        check(&table, notices);
    }
    Ok(())
}

fn check(table: &Table, notices: &mut Notices) {
    layout::check(table, notices);
    values::check(table, notices);
    meaning::check(table, notices);
}
