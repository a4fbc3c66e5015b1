//! 違う数値 — one service or event in two rows of a table, with two values.
//!
//! Rows are about one thing when both name it in 「」, or when they print the same whole label.

use crate::finding::{Finding, Notice};

use super::names::quoted;
use super::printed::{Printed, printed};
use super::row::Row;

/// A label is a name, not a word like 参加者, from this many characters on.
const NAMING_LABEL: usize = 10;

pub(super) fn check(rows: &[Row<'_>]) -> Vec<Finding> {
    let results: Vec<&Row<'_>> = rows.iter().filter(|row| row.is_result()).collect();
    let mut findings = Vec::new();
    for (i, one) in results.iter().enumerate() {
        for other in results[i + 1..].iter().filter(|other| other.same_table(one)) {
            findings.extend(differing(one, other));
        }
    }
    findings
}

fn differing(one: &Row<'_>, other: &Row<'_>) -> Option<Finding> {
    let (mine, theirs) = (printed(one), printed(other));
    let shared = shared_name(one, other);
    for a in mine.iter().filter(|figure| figure.is_count()) {
        let rivals: Vec<&Printed<'_>> =
            theirs.iter().filter(|b| b.is_count() && b.counted_in == a.counted_in && counts_alike(a, b)).collect();
        let [b] = rivals[..] else { continue };
        let alone = mine.iter().filter(|c| c.counted_in == a.counted_in && counts_alike(a, c)).count() == 1;
        let same_label = a.figure.label == b.figure.label && a.figure.label.chars().count() >= NAMING_LABEL;
        let same_scope = a.figure.scope == b.figure.scope && a.figure.as_of == b.figure.as_of;
        let about_one = (shared.is_some() && alone) || (same_label && same_scope);
        if about_one && a.value != b.value {
            let what = shared.unwrap_or_else(|| a.figure.label.clone());
            let notice = Notice::FigureDiffers { what, one: a.said(), other: b.said() };
            return Some(Finding::new(notice, one.place_of(a.figure)).also([other.place_of(b.figure)]));
        }
    }
    None
}

/// The longest name in 「」 that both rows print.
fn shared_name(one: &Row<'_>, other: &Row<'_>) -> Option<String> {
    let mine: Vec<&str> = one.blocks().flat_map(quoted).collect();
    let shared = other.blocks().flat_map(quoted).filter(|name| name.chars().count() >= 5 && mine.contains(name));
    shared.max_by_key(|name| name.chars().count()).map(str::to_owned)
}

/// 相談者延人数 and 相談者数 count the same people: what is left without counting words is equal.
fn counts_alike(a: &Printed<'_>, b: &Printed<'_>) -> bool {
    let (a, b) = (core(a), core(b));
    a == b && a.chars().count() >= 2
}

fn core(figure: &Printed<'_>) -> String {
    let before = figure.before.trim_end_matches([' ', '　', '：', ':', '約']);
    let word = before.rsplit(|c: char| "、。，（(）)：:・ 　\n「」".contains(c)).next().unwrap_or_default();
    let mut core = word.to_owned();
    for counting in ["延べ", "のべ", "延", "人数", "件数", "総数", "回数", "数"] {
        core = core.replace(counting, "");
    }
    core
}
