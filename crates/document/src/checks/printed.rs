//! The figures of a row in printed order, each with the words before it.

use rust_decimal::Decimal;

use crate::figure::{Figure, FigureKind, State};
use crate::passage::with_separators;
use crate::search::folded;

use super::row::Row;

/// A figure with a value, and the text between the previous figure's unit and this one. `before` begins with a line
/// feed if the figure is the first of its block.
pub(super) struct Printed<'a> {
    pub figure: &'a Figure,
    pub value: Decimal,
    /// One name for all units of the same meaning (人 for 名, か所 for ヶ所). Only figures with the same name are added and
    /// compared.
    pub counted_in: &'static str,
    pub before: String,
    /// The block of the row: 0 for its text, 1 for its first item, 2 for its second item.
    pub block: usize,
    /// Byte offset in the block just after the number and its unit.
    pub end: usize,
}

impl Printed<'_> {
    /// Whether this figure is a count that the row reports, and not a target, a reference, a rate or a comparison with
    /// last year.
    pub fn is_count(&self) -> bool {
        self.figure.kind == FigureKind::Actual && !self.is_rate() && !self.counted_in.is_empty()
    }

    pub fn is_rate(&self) -> bool {
        self.counted_in == "%"
    }

    /// Whether the label or the words before the number contain one of these words.
    pub fn speaks_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.before.contains(word) || self.figure.label.contains(word))
    }

    /// Returns the word for what is counted, without counting words: 相談者延人数 and 相談者数 are both 相談者.
    pub fn counted_word(&self) -> String {
        let before = self.before.trim_end_matches([' ', '　', '：', ':', '約']);
        let word = before.rsplit(|c: char| "、。，（(）)：:・ 　\n「」".contains(c)).next().unwrap_or_default();
        let counting = ["延べ", "のべ", "延", "人数", "件数", "総数", "回数", "数"];
        counting.iter().fold(word.to_owned(), |word, counting| word.replace(counting, ""))
    }

    /// Returns the figure as findings quote it: 就職者数 405人.
    pub fn said(&self) -> String {
        let value = with_separators(&self.value.to_string());
        format!("{} {value}{}", self.figure.label, self.figure.unit.as_deref().unwrap_or_default())
    }
}

/// Maximum value that is compared. No count is larger, and sums and quotients of smaller values are exact.
const LARGEST: i64 = 1_000_000_000_000;

/// Maximum number of figures compared in one row: no row of a report has more; the rest is ignored.
const MOST_FIGURES: usize = 200;

/// Returns the figures that have a value and a known position in the row.
pub(super) fn printed<'a>(row: &Row<'a>) -> Vec<Printed<'a>> {
    let blocks: Vec<&str> = row.blocks().collect();
    let mut figures: Vec<&Figure> = row.initiative.figures.iter().filter(|figure| figure.span.is_some()).collect();
    figures.sort_by_key(|figure| figure.span);
    figures.truncate(MOST_FIGURES);
    let mut printed: Vec<Printed<'a>> = Vec::new();
    let mut last: (usize, usize) = (0, 0);
    for figure in figures {
        let Some(span) = figure.span else { continue };
        let block = span.item.map_or(0, |item| item as usize + 1);
        let from = if block == last.0 { last.1 } else { 0 };
        let Some(text) = blocks.get(block) else { continue };
        let Some(before) = text.get(from..span.start as usize) else { continue };
        let end = span.end as usize + unit_after(text, span.end as usize, figure);
        let crossed = if block == last.0 { "" } else { "\n" };
        last = (block, end);
        if let (State::Value, Some(value)) = (figure.state, figure.value)
            && value.abs() < Decimal::from(LARGEST)
        {
            let counted_in = counted_in(figure.unit.as_deref());
            let before = format!("{crossed}{before}");
            printed.push(Printed { figure, value, counted_in, before, block, end });
        }
    }
    printed
}

/// Returns the number of bytes that the printed unit takes after the number, including blanks before it.
fn unit_after(block: &str, end: usize, figure: &Figure) -> usize {
    let Some(after) = block.get(end..) else { return 0 };
    let unit = figure.unit.as_deref().unwrap_or_default();
    let trimmed = after.trim_start();
    if trimmed.starts_with(unit) { after.len() - trimmed.len() + unit.len() } else { 0 }
}

/// Returns one name for all units that count the same thing; empty for an unknown unit, which is compared with nothing.
pub(super) fn counted_in(unit: Option<&str>) -> &'static str {
    const SAME: [(&str, &[&str]); 16] = [
        ("人", &["人", "名"]),
        ("社", &["社", "企業"]),
        ("事業所", &["事業所", "事業場"]),
        ("件", &["件"]),
        ("回", &["回"]),
        ("校", &["校"]),
        ("か所", &["か所", "ヶ所", "カ所", "ヵ所", "箇所"]),
        ("団体", &["団体"]),
        ("世帯", &["世帯"]),
        ("組", &["組"]),
        ("戸", &["戸", "農家"]),
        ("円", &["円"]),
        ("千円", &["千円"]),
        ("万円", &["万円"]),
        ("百万円", &["百万円"]),
        ("%", &["%", "パーセント"]),
    ];
    let unit = folded(unit.unwrap_or_default());
    SAME.iter().find(|(_, names)| names.contains(&unit.as_str())).map_or("", |(name, _)| name)
}
