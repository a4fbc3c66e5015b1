//! 外れ値 — finds a figure far from its earlier values. Either a digit or unit is wrong, or the change needs an
//! explanation.
//!
//! Earlier values are figures with the same label and unit in reports of earlier years. With one earlier value, only a
//! lost or doubled digit is reported. With two or more, a figure far outside their range is reported.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::document::{Document, PlanTable};
use crate::finding::{Finding, Notice};
use crate::fiscal_year::FiscalYear;
use crate::passage::with_separators;
use crate::search::folded;

use super::printed::{Printed, printed};
use super::row::{Row, rows, rows_of};

/// Minimum difference to report, whatever the ratio.
const LEAST_DIFFERENCE: i64 = 20;

/// Label and unit; figures that have both in common form one history.
type Measured = (String, &'static str);

/// Reports figures that are unlikely, judged by the tables of earlier reports. The tables may be in any order.
pub(super) fn check(document: &Document, earlier: &[&PlanTable]) -> Vec<Finding> {
    let mut history: BTreeMap<Measured, BTreeMap<FiscalYear, Decimal>> = BTreeMap::new();
    for row in earlier.iter().flat_map(|table| rows_of(table)).filter(Row::is_result) {
        for figure in printed(&row).iter().filter(|figure| figure.is_count()) {
            history.entry(measured(figure)).or_default().insert(row.table.fiscal_year, figure.value);
        }
    }
    let mut findings = Vec::new();
    for row in rows(document).iter().filter(|row| row.is_result()) {
        for figure in printed(row).iter().filter(|figure| figure.is_count()) {
            let Some(values) = history.get(&measured(figure)) else { continue };
            let before: Vec<(&FiscalYear, &Decimal)> = values.range(..row.table.fiscal_year).collect();
            if is_far(figure.value, &before) {
                let before: Vec<String> = before
                    .iter()
                    .map(|(year, value)| format!("{year} {}", with_separators(&value.to_string())))
                    .collect();
                let notice = Notice::FigureOutlier { figure: figure.said(), before: before.join("、") };
                findings.push(Finding::new(notice, row.place_of(figure.figure)));
            }
        }
    }
    findings
}

fn measured(figure: &Printed<'_>) -> Measured {
    (folded(&figure.figure.label), figure.counted_in)
}

fn is_far(value: Decimal, before: &[(&FiscalYear, &Decimal)]) -> bool {
    let values = before.iter().map(|(_, value)| **value);
    let (Some(least), Some(most)) = (values.clone().min(), values.max()) else { return false };
    let factor = Decimal::from(if before.len() == 1 { 9 } else { 3 });
    let outside = value * factor < least || value > most * factor;
    outside && (value - most).abs().min((value - least).abs()) >= Decimal::from(LEAST_DIFFERENCE)
}
