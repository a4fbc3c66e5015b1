//! 図 — an indicator over the years as bars. All its values have the same time of year, the same scope, and the same way
//! of counting.

use renkei_document::as_of::{Measure, difference};
use renkei_document::figure::Stated;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::frame::indicator_words::number;
use crate::frame::phrases::{say, tell};

const MOST: usize = 8;
const STEP: u32 = 80;
const FLOOR: f64 = 150.0;
const HIGHEST: f64 = 118.0;

/// A bar chart, with the same content in words.
pub(crate) struct Chart {
    pub title: String,
    pub description: String,
    pub width: u32,
    pub bars: Vec<Bar>,
}

pub(crate) struct Bar {
    pub x: u32,
    pub middle: u32,
    pub y: String,
    pub height: String,
    pub value: String,
    /// Vertical position of the number that is printed above the bar.
    pub above: String,
    pub year: String,
    pub is_last: bool,
}

/// Returns a chart of the newest value and the values that are comparable with it; `None` if there are fewer than two.
pub(crate) fn chart(language: Language, label: &str, measures: &[Measure]) -> Option<Chart> {
    let newest = measures.iter().rev().find(|measure| value(measure).is_some())?;
    let newest_day = newest.time.last_day()?;
    let mut shown: Vec<(FiscalYear, Decimal)> = Vec::new();
    for measure in measures {
        let (Some(day), Some(value)) = (measure.time.last_day(), value(measure)) else { continue };
        let is_same_time = newest.time.moved(day.year() - newest_day.year()) == measure.time;
        let is_newest = measure.observation == newest.observation;
        if measure.kind == newest.kind && is_same_time && (is_newest || difference(newest, measure).is_ok()) {
            shown.push((FiscalYear::of(day), value));
        }
    }
    shown.dedup_by_key(|(year, _)| *year);
    let shown = &shown[shown.len().saturating_sub(MOST)..];
    if shown.len() < 2 || shown.iter().any(|(_, value)| value.is_sign_negative()) {
        return None;
    }
    let unit = newest.unit.clone().unwrap_or_default();
    let told: Vec<String> = shown
        .iter()
        .map(|(year, value)| tell(language, "{}は{}{}", [&year.in_language(language), &number(*value), &unit]))
        .collect();
    Some(Chart {
        title: tell(language, "{}の年度ごとの移り変わり", [label]),
        description: tell(language, "{}。", [told.join(say(language, "、"))]),
        width: STEP * u32::try_from(shown.len()).unwrap_or(1),
        bars: bars(language, shown),
    })
}

fn value(measure: &Measure) -> Option<Decimal> {
    if let Stated::Value { value, .. } = measure.stated { Some(value) } else { None }
}

fn bars(language: Language, shown: &[(FiscalYear, Decimal)]) -> Vec<Bar> {
    let largest = shown.iter().filter_map(|(_, value)| value.to_f64()).fold(1.0, f64::max);
    let bar = |(place, (year, value)): (usize, &(FiscalYear, Decimal))| {
        let height = HIGHEST * value.to_f64().unwrap_or(0.0) / largest;
        let left = STEP * u32::try_from(place).unwrap_or(0);
        Bar {
            x: left + 16,
            middle: left + STEP / 2,
            y: format!("{:.1}", FLOOR - height),
            height: format!("{height:.1}"),
            value: number(*value),
            above: format!("{:.1}", FLOOR - height - 6.0),
            year: short(language, *year),
            is_last: place + 1 == shown.len(),
        }
    };
    shown.iter().enumerate().map(bar).collect()
}

/// Returns the short name of a year: 令和7 or FY2025.
fn short(language: Language, year: FiscalYear) -> String {
    match language {
        Language::Japanese => year.to_string().trim_end_matches(['年', '度']).to_owned(),
        Language::English => format!("FY{}", year.0),
    }
}
