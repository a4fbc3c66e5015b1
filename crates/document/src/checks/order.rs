//! 大小 — finds a part that is larger than its apparent whole: 6か月以内に就職した 405人, 新規の支援対象者 363人.

use crate::finding::{Finding, Notice};

use super::printed::{Printed, printed};
use super::row::Row;

/// Words for outcomes, each with words for the group of people among whom the outcome occurs.
const OUTCOMES: [(&[&str], &[&str]); 3] = [
    (
        &["就職者", "就職した", "就職件数", "就職決定", "就職数", "就職人数", "採用者", "採用決定", "採用数"],
        &["支援対象", "対象者", "新規", "登録", "参加者", "受講者", "相談者", "求職者", "支援開始"],
    ),
    (&["修了者", "修了した", "修了数"], &["受講者", "受講数", "参加者"]),
    (&["採択件数", "交付決定件数", "支給決定件数", "交付件数"], &["申請件数", "申請数"]),
];

pub(super) fn check(row: &Row<'_>) -> Vec<Finding> {
    let figures = printed(row);
    let mut findings = Vec::new();
    for (i, part) in figures.iter().enumerate().filter(|(_, figure)| figure.is_count()) {
        let whole = figures[..i]
            .iter()
            .rfind(|whole| whole.block == part.block && whole.counted_in == part.counted_in && is_part_of(part, whole));
        if let Some(whole) = whole.filter(|whole| part.value > whole.value) {
            let notice = Notice::FigureOrder { part: part.said(), whole: whole.said() };
            findings.push(Finding::new(notice, row.place_of(part.figure)));
        }
    }
    findings
}

fn is_part_of(part: &Printed<'_>, whole: &Printed<'_>) -> bool {
    let holds = |figure: &Printed<'_>, words: &[&str]| words.iter().any(|word| figure.before.contains(word));
    whole.is_count()
        && OUTCOMES.iter().any(|(outcome, from)| holds(part, outcome) && holds(whole, from) && !holds(whole, outcome))
}
