//! 合計 — finds parts whose sum differs from their total: 698社（うち 160社、441社、97社）, 男性と女性, 〔内訳〕, 計.
//!
//! A single part after うち need not equal its total; it must only not exceed the total. If the text does not say that
//! the parts are complete, a smaller sum is reported only if there are at least three parts and their sum is near the
//! total.

use rust_decimal::Decimal;

use crate::finding::{Finding, Notice};
use crate::passage::with_separators;

use super::printed::{Printed, printed};
use super::row::Row;

const BRACKETS: [(char, char); 3] = [('（', '）'), ('(', ')'), ('〔', '〕')];
/// If a bracket contains one of these words, it does not contain parts of a total.
const NO_PARTS: [&str; 7] = ["参考", "目標", "前年", "達成", "全県", "累計", "予算"];

/// The parts of a total; `complete` says whether they must add up to it.
struct Parts<'p, 'a> {
    total: &'p Printed<'a>,
    parts: Vec<&'p Printed<'a>>,
    complete: bool,
}

pub(super) fn check(row: &Row<'_>) -> Vec<Finding> {
    let figures = printed(row);
    let blocks: Vec<&str> = row.blocks().collect();
    let mut findings = Vec::new();
    for (i, total) in figures.iter().enumerate().filter(|(_, figure)| figure.is_count()) {
        let after = blocks[total.block].get(total.end..).unwrap_or_default();
        let later: Vec<&Printed<'_>> = figures[i + 1..].iter().filter(|part| part.block == total.block).collect();
        let groups =
            [in_bracket(total, after, &later), in_breakdown(total, after, &later), above_total(total, &figures[..i])];
        if let Some(parts) = groups.into_iter().flatten().next() {
            findings.extend(larger_part(row, &parts));
            findings.extend(mismatch(row, &parts));
        }
    }
    findings
}

/// Returns the parts in a bracket after the total: 2,593人 (男性：1,697人 女性：896人).
fn in_bracket<'p, 'a>(total: &'p Printed<'a>, after: &str, later: &[&'p Printed<'a>]) -> Option<Parts<'p, 'a>> {
    let inner = after.trim_start();
    let (opening, closing) = BRACKETS.into_iter().find(|(opening, _)| inner.starts_with(*opening))?;
    let inner = inner.strip_prefix(opening)?;
    let inner = &inner[..inner.find(closing)?];
    let end = total.end + (after.len() - after.trim_start().len()) + opening.len_utf8() + inner.len();
    if NO_PARTS.iter().any(|word| inner.contains(word)) {
        return None;
    }
    let parts: Vec<_> = later.iter().copied().filter(|part| part.end <= end && counts_the_same(part, total)).collect();
    let both_sexes = parts.len() == 2 && inner.contains('男') && inner.contains('女');
    let complete = both_sexes || inner.contains("内訳");
    (!parts.is_empty()).then_some(Parts { total, parts, complete })
}

/// Returns the parts after 内訳: 49社を認定：〔内訳〕大企業25社、中企業18社、小企業6社 ※うち新規27社.
fn in_breakdown<'p, 'a>(total: &'p Printed<'a>, after: &str, later: &[&'p Printed<'a>]) -> Option<Parts<'p, 'a>> {
    let marker = after.find("内訳")?;
    let first = later.first()?;
    if first.end < total.end + marker {
        return None;
    }
    let more = |part: &&&'p Printed<'a>| !["※", "うち", "。"].iter().any(|stop| part.before.contains(stop));
    let listed = std::iter::once(first).chain(later[1..].iter().take_while(more));
    let parts: Vec<_> = listed.copied().filter(|part| counts_the_same(part, total)).collect();
    (parts.len() > 1).then_some(Parts { total, parts, complete: true })
}

/// Returns the parts before a total with only 計 between them: 相談3件、訪問5件、計8件.
fn above_total<'p, 'a>(total: &'p Printed<'a>, earlier: &'p [Printed<'a>]) -> Option<Parts<'p, 'a>> {
    const SEPARATORS: [char; 9] = ['、', '，', ',', '/', '・', '：', ':', '（', '('];
    let word = total.before.trim_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(&c));
    if !["計", "合計", "総計"].contains(&word) {
        return None;
    }
    let mut parts: Vec<_> =
        earlier.iter().rev().take_while(|part| part.is_count() && counts_the_same(part, total)).collect();
    parts.reverse();
    (parts.len() > 1).then_some(Parts { total, parts, complete: true })
}

fn counts_the_same(part: &Printed<'_>, total: &Printed<'_>) -> bool {
    part.is_count() && part.counted_in == total.counted_in
}

fn larger_part(row: &Row<'_>, parts: &Parts<'_, '_>) -> Option<Finding> {
    let part = parts.parts.iter().find(|part| part.value > parts.total.value)?;
    let notice = Notice::FigureOrder { part: part.said(), whole: parts.total.said() };
    Some(Finding::new(notice, row.place_of(part.figure)))
}

fn mismatch(row: &Row<'_>, parts: &Parts<'_, '_>) -> Option<Finding> {
    let sum: Decimal = parts.parts.iter().map(|part| part.value).sum();
    let total = parts.total.value;
    let near = (sum - total).abs() * Decimal::from(20) <= total;
    let certain = parts.complete || (parts.parts.len() > 2 && near);
    if sum == total || !certain || parts.parts.iter().any(|part| part.value > total) {
        return None;
    }
    let listed: Vec<String> = parts.parts.iter().map(|part| with_separators(&part.value.to_string())).collect();
    let notice = Notice::FigureSum {
        total: parts.total.said(),
        parts: listed.join("＋"),
        sum: with_separators(&sum.to_string()),
    };
    Some(Finding::new(notice, row.place_of(parts.total.figure)))
}
