//! The notices of one file: a few cells for each rule and sheet, the rest counted.

use std::collections::HashMap;

use super::{Rule, RuleNotice, RulePlace, Verdict};
use crate::workbook::cell_name;

/// The most places that are listed for one rule on one sheet.
const MOST_LISTED: usize = 20;

#[derive(Debug, Default)]
pub struct Notices {
    all: Vec<RuleNotice>,
    /// Where the notices of each rule on the sheet being read end, and how many there are.
    listed: HashMap<(Rule, Verdict), (usize, usize)>,
    sheet: Option<String>,
}

impl Notices {
    pub fn on_sheet(&mut self, name: &str) {
        self.sheet = Some(name.to_owned());
        self.listed.clear();
    }

    /// Something at a cell: its row (in a CSV, its line) and column.
    pub fn at(&mut self, rule: Rule, verdict: Verdict, (row, column): (u32, u32), found: &str) {
        let place = match &self.sheet {
            Some(sheet) => RulePlace::Cell { sheet: sheet.clone(), cell: cell_name(row, column) },
            None => RulePlace::Value { line: row, column },
        };
        self.put(rule, verdict, place, found);
    }

    /// Something at an area of the sheet.
    pub fn at_area(&mut self, rule: Rule, area: &str, found: &str) {
        let sheet = self.sheet.clone().unwrap_or_default();
        self.put(rule, Verdict::Fails, RulePlace::Cell { sheet, cell: area.to_owned() }, found);
    }

    pub fn whole(&mut self, rule: Rule, verdict: Verdict, found: &str) {
        self.put(rule, verdict, RulePlace::File {}, found);
    }

    fn put(&mut self, rule: Rule, verdict: Verdict, place: RulePlace, found: &str) {
        let (last, count) = self.listed.entry((rule, verdict)).or_default();
        *count += 1;
        if *count > MOST_LISTED {
            self.all[*last].more += 1;
            return;
        }
        *last = self.all.len();
        let mut short: String = found.chars().take(40).collect();
        if short.len() < found.len() {
            short.push('…');
        }
        self.all.push(RuleNotice { rule, verdict, place, found: short.replace('\n', "⏎"), more: 0 });
    }

    /// The notices in the order of the rules, those of a sheet together.
    pub fn finish(self) -> Vec<RuleNotice> {
        let mut all = self.all;
        all.sort_by_key(|notice| notice.rule);
        all
    }
}
