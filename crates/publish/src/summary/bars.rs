//! 図 — draws bar charts as SVG, each with a title, a description and a table of the same numbers.
//!
//! The charts use one blue and grey, print the number at each bar, and have a baseline at zero (LOOK.md). Dark and
//! light fills distinguish the parties even in black and white. A bar shows its party's name if the name fits.

use std::fmt::Write;

use renkei_document::document::PlanTable;
use renkei_document::figure::Figure;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::party::PartyKey;
use serde::Serialize;

use super::words;
use crate::printed_text::half_widths;

/// Fills of the parties in order, alternately dark and light, each with the colour of its text.
const FILLS: [(&str, &str); 4] =
    [("#0017c1", "#ffffff"), ("#d9e6ff", "#1a1a1a"), ("#4d4d4d", "#ffffff"), ("#e6e6e6", "#1a1a1a")];
const INK: &str = "#333333";
const LINE: &str = "#666666";
/// Fonts for the page and for paper, in order of preference.
const FONTS: &str = "BIZ UDPGothic, BIZ UDGothic, Noto Sans JP, Hiragino Sans, Yu Gothic UI, sans-serif";
/// Width of the chart of counts, in units of the SVG.
const WIDTH: u32 = 400;
const TEMPLATE: &str = include_str!("../../templates/chart.svg");

/// 図と表 — the same numbers as a chart and as a table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Chart {
    pub title: String,
    /// The content of the chart in a sentence.
    pub description: String,
    /// As-of date and scope of the numbers in the chart.
    pub beside: String,
    pub svg: String,
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Returns the chart of the number of rows (取組の数) by chapter and party.
pub(super) fn counts(plan: &PlanTable, parties: &[(PartyKey, String)]) -> Chart {
    let rows = plan.chapters.iter().map(|chapter| {
        let initiatives = chapter.sections.iter().flat_map(|section| &section.initiatives);
        let by_party = |key: &PartyKey| initiatives.clone().filter(|row| row.party == *key).count();
        let name = format!("{} {}", chapter.number, chapter.title);
        (name, parties.iter().map(|(key, _)| by_party(key)).collect::<Vec<usize>>())
    });
    let rows: Vec<(String, Vec<usize>)> = rows.filter(|(_, counts)| counts.iter().sum::<usize>() > 0).collect();
    let title = format!("{}の取組の数", plan.fiscal_year);
    let names: Vec<&str> = parties.iter().map(|(_, name)| name.as_str()).collect();
    let told = rows.iter().map(|(name, counts)| {
        let parts: Vec<String> = names.iter().zip(counts).map(|(name, count)| format!("{name}{count}")).collect();
        format!("{name}は{}（{}）", counts.iter().sum::<usize>(), parts.join("、"))
    });
    let description = format!("柱ごとの取組の数。{}。", told.collect::<Vec<_>>().join("。"));
    let mut head = vec!["柱".to_owned()];
    head.extend(names.iter().map(|name| format!("{name}（件）")));
    head.push("計（件）".to_owned());
    let written = rows.iter().map(|(name, counts)| {
        let numbers = counts.iter().map(words::number);
        std::iter::once(name.clone()).chain(numbers).chain([words::number(counts.iter().sum::<usize>())]).collect()
    });
    let drawn = draw_counts(&rows, &names);
    let svg = svg(&title, &description, WIDTH, drawn.0, &drawn.1);
    Chart { title, description, beside: String::new(), svg, head, rows: written.collect() }
}

/// Draws a horizontal bar for each chapter, with the chapter's name and sum above the bar and the parties' shares
/// inside it. The chart is narrow, so that it is legible on a phone.
fn draw_counts(rows: &[(String, Vec<usize>)], names: &[&str]) -> (u32, String) {
    const STEP: u32 = 54;
    let sum = |counts: &[usize]| counts.iter().sum::<usize>();
    let longest = rows.iter().map(|(_, counts)| sum(counts)).max().unwrap_or(1).max(1);
    let mut drawn = String::new();
    for (top, (name, counts)) in (0u32..).step_by(STEP as usize).zip(rows) {
        let (line, bars, letters) = (f64::from(top) + 16.0, f64::from(top) + 22.0, f64::from(top) + 38.0);
        let size = (2 * (WIDTH - 40) / u32::try_from(half_widths(name)).unwrap_or(u32::MAX).max(1)).clamp(8, 15);
        text(&mut drawn, 0.0, line, size, INK, "start", name);
        text(&mut drawn, f64::from(WIDTH), line, 15, INK, "end", &sum(counts).to_string());
        let mut left = 1.0;
        for (place, (party, count)) in names.iter().zip(counts).enumerate().filter(|(_, (_, count))| **count > 0) {
            let width = f64::from(WIDTH - 2) * ratio(*count, longest);
            let (fill, ink) = FILLS[place % FILLS.len()];
            bar(&mut drawn, [left, bars, width, 23.0], fill);
            let label = format!("{party} {count}");
            // If a name does not fit into its bar, only the table shows the name.
            if width > half_widths(&label) as f64 * 6.5 + 8.0 {
                text(&mut drawn, left + 6.0, letters, 13, ink, "start", &label);
            } else if width > 20.0 {
                text(&mut drawn, left + width / 2.0, letters, 13, ink, "middle", &count.to_string());
            }
            left += width;
        }
        let [from, to] = [bars - 3.0, bars + 26.0];
        let _ = write!(drawn, r##"<line x1="1" y1="{from}" x2="1" y2="{to}" stroke="{LINE}" stroke-width="2"/>"##);
    }
    (STEP * u32::try_from(rows.len()).unwrap_or(1), drawn)
}

/// Returns the chart of one figure over the years.
pub(super) fn years(label: &str, unit: &str, beside: &str, values: &[(FiscalYear, &Figure)]) -> Chart {
    let value = |figure: &Figure| figure.value.map(words::number).unwrap_or_default();
    let told: Vec<String> =
        values.iter().map(|(year, figure)| format!("{}は{}{unit}", words::year(*year), value(figure))).collect();
    let title = format!("{label}（{unit}）");
    let description = format!("年度ごとの{label}。{}。", told.join("、"));
    let rows = values.iter().map(|(year, figure)| vec![words::year(*year), value(figure), words::beside(figure)]);
    let head = ["年度".to_owned(), format!("数（{unit}）"), "時点・範囲".to_owned()];
    let svg = svg(&title, &description, 320, 150, &draw_years(values));
    Chart { title, description, beside: beside.to_owned(), svg, head: head.to_vec(), rows: rows.collect() }
}

/// Draws a vertical bar for each year, with the number above the bar and the year below. The bar of the newest year is
/// blue.
fn draw_years(values: &[(FiscalYear, &Figure)]) -> String {
    const FLOOR: f64 = 112.0;
    const HIGHEST: f64 = 88.0;
    let numbers: Vec<f64> = values
        .iter()
        .map(|(_, figure)| figure.value.and_then(|value| value.to_string().parse().ok()).unwrap_or(0.0))
        .collect();
    let largest = numbers.iter().copied().fold(1.0, f64::max);
    let step = 320.0 / values.len() as f64;
    let mut drawn = String::new();
    for (place, ((year, figure), number)) in values.iter().zip(&numbers).enumerate() {
        let fill = if place + 1 == values.len() { "#0017c1" } else { "#949494" };
        let height = HIGHEST * number.max(0.0) / largest;
        let middle = step * (place as f64 + 0.5);
        let width = (step * 0.6).min(56.0);
        bar(&mut drawn, [middle - width / 2.0, FLOOR - height, width, height], fill);
        let value = figure.value.map(words::number).unwrap_or_default();
        let size = if values.len() > 4 { 13 } else { 15 };
        text(&mut drawn, middle, FLOOR - height - 5.0, size, INK, "middle", &value);
        let short = year.to_string().replace("年度", "");
        text(&mut drawn, middle, FLOOR + 17.0, 13, INK, "middle", &short);
        text(&mut drawn, middle, FLOOR + 33.0, 13, INK, "middle", &year.0.to_string());
    }
    let _ = write!(drawn, r##"<line x1="0" y1="{FLOOR}" x2="320" y2="{FLOOR}" stroke="{LINE}" stroke-width="2"/>"##);
    drawn
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Draws a filled box with a thin outline, so that a light one is visible on paper.
fn bar(drawn: &mut String, [x, y, width, height]: [f64; 4], fill: &str) {
    let _ = write!(
        drawn,
        r##"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{fill}" stroke="{LINE}" stroke-width="0.75"/>"##
    );
}

fn text(drawn: &mut String, x: f64, y: f64, size: u32, ink: &str, anchor: &str, words: &str) {
    let words = crate::html::escaped(words);
    let _ = write!(
        drawn,
        r##"<text x="{x:.1}" y="{y:.1}" font-size="{size}" fill="{ink}" text-anchor="{anchor}">{words}</text>"##
    );
}

fn svg(title: &str, description: &str, width: u32, height: u32, drawn: &str) -> String {
    let (title, description) = (crate::html::escaped(title), crate::html::escaped(description));
    let filled = TEMPLATE.replace("{width}", &width.to_string());
    let filled = filled.replace("{height}", &height.to_string()).replace("{fonts}", FONTS);
    filled.replace("{title}", &title).replace("{description}", &description).replace("{drawn}", drawn)
}
