//! 過ぎた年 — finds a plan that announces work for a past year, probably copied from last year's text.

use jiff::civil::date;

use crate::finding::{Finding, Notice};
use crate::fiscal_year::FiscalYear;
use crate::search::folded;
use crate::wareki::Era;

use super::row::{Row, quote};

pub(super) fn check(row: &Row<'_>) -> Vec<Finding> {
    if row.is_result() {
        return Vec::new();
    }
    for (block, text) in row.blocks().enumerate() {
        let folded = folded(text);
        for (at, _) in folded.match_indices('年') {
            if let Some(year) = stale_year(&folded, at, row.table.fiscal_year) {
                let text = quote(&folded[folded[..at].rfind('。').map_or(0, |stop| stop + '。'.len_utf8())..]);
                return vec![Finding::new(Notice::TextStaleYear { year, text }, row.place_of_block(block))];
            }
        }
    }
    Vec::new()
}

/// Returns the printed year whose 年 is at byte `at`, if that year is past and the words after it announce work.
fn stale_year(text: &str, at: usize, plan: FiscalYear) -> Option<String> {
    let (year, start) = year_before(&text[..at])?;
    let after = &text[at + '年'.len_utf8()..];
    let (is_fiscal_year, after) = match after.strip_prefix('度') {
        Some(rest) => (true, rest),
        None => (false, after),
    };
    let (month, after) = month_of(after);
    let gone_by = match month {
        Some(month) => date(year, month, 1) < plan.first_day(),
        None if is_fiscal_year => year < plan.0,
        None => year < plan.first_day().year(),
    };
    let after = after.trim_start_matches(['末', '中', '内']);
    let after = after.strip_prefix("までに").or_else(|| after.strip_prefix('に'))?;
    (gone_by && is_still_to_be_done(after)).then(|| text[start..text.len() - after.len()].to_owned())
}

/// Returns the Gregorian year at the end of a text, and the byte where it begins: 令和7, r7, 2025.
fn year_before(text: &str) -> Option<(i16, usize)> {
    let (digits, start) = match text.strip_suffix('元') {
        Some(before) => (1, before.len()),
        None => {
            let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            (text[start..].parse::<i16>().ok()?, start)
        }
    };
    for era in Era::ALL {
        for name in [era.name().to_owned(), era.letter().to_ascii_lowercase().to_string()] {
            if text[..start].ends_with(&name) && digits < 100 {
                return Some((era.gregorian_year(digits), start - name.len()));
            }
        }
    }
    (1900..2100).contains(&digits).then_some((digits, start))
}

/// Returns the month directly after the year, and the rest of the text.
fn month_of(after: &str) -> (Option<i8>, &str) {
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let month = after[..after.len() - rest.len()].parse().ok().filter(|month| (1..=12).contains(month));
    match (month, rest.strip_prefix('月')) {
        (Some(month), Some(rest)) => (Some(month), rest),
        _ => (None, after),
    }
}

/// Maximum distance from a year to its verb, in characters.
const CLAUSE: usize = 60;

/// Whether the first verb after the year announces work (「に作製し支援していく」) and does not report past work (「に実施した取組」).
fn is_still_to_be_done(after: &str) -> bool {
    const DONE: [&str; 7] = ["した", "された", "った", "んだ", "られた", "めた", "ている"];
    const TO_DO: [&str; 9] = ["する", "し", "行う", "行い", "図る", "図り", "努め", "取り組", "予定"];
    let near = after.char_indices().nth(CLAUSE).map_or(after, |(end, _)| &after[..end]);
    let sentence = near.split('。').next().unwrap_or_default();
    let first = |endings: &[&str]| endings.iter().filter_map(|ending| sentence.find(ending)).min();
    match (first(&DONE), first(&TO_DO)) {
        (Some(done), Some(to_do)) => to_do < done,
        (None, Some(_)) => true,
        _ => false,
    }
}
