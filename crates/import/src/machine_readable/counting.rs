//! Collects the notices of one file: lists the first places for each rule and sheet, and counts the other places.

use std::collections::HashMap;

use super::notice::RuleNotice;
use super::rule::{Rule, RulePlace, Verdict};
use crate::workbook::cell_name;

/// Maximum number of places that are listed for one rule on one sheet.
const MOST_LISTED: usize = 20;

#[derive(Debug, Default)]
pub struct Notices {
    all: Vec<RuleNotice>,
    /// For each rule on the current sheet: the index of its last notice, and the number of places.
    listed: HashMap<(Rule, Verdict), (usize, usize)>,
    sheet: Option<String>,
}

impl Notices {
    pub fn on_sheet(&mut self, name: &str) {
        self.sheet = Some(name.to_owned());
        self.listed.clear();
    }

    /// Adds a notice at a cell, given by row (in a CSV, line) and column.
    pub fn at(&mut self, rule: Rule, verdict: Verdict, (row, column): (u32, u32), found: &str) {
        let place = match &self.sheet {
            Some(sheet) => RulePlace::Cell { sheet: sheet.clone(), cell: cell_name(row, column) },
            None => RulePlace::Value { line: row, column },
        };
        self.put(rule, verdict, place, found);
    }

    /// Adds a notice at an area of the sheet.
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

    /// Returns the notices in the order of the rules, grouped by sheet.
    pub fn finish(self) -> Vec<RuleNotice> {
        let mut all = self.all;
        all.sort_by_key(|notice| notice.rule);
        all
    }
}
