//! 時制 — finds a result that announces work (…を行う。) or a plan that reports work (…を行った。). A sentence that ends in a noun
//! (体言止め) is accepted in both.

use crate::finding::{Finding, Notice};

use super::row::{Row, quote};

/// Ends of sentences about future work.
const PLANNED: [&str; 14] = [
    "行う",
    "する",
    "図る",
    "努める",
    "取り組む",
    "取組む",
    "進める",
    "高める",
    "深める",
    "つなげる",
    "繋げる",
    "目指す",
    "いく",
    "予定である",
];

/// Ends of sentences about past or current work.
const DONE: [&str; 5] = ["した", "った", "んだ", "めた", "ている"];

pub(super) fn check(row: &Row<'_>) -> Vec<Finding> {
    let endings: &[&str] = if row.is_result() { &PLANNED } else { &DONE };
    let expected_result = row.is_result();
    for (block, text) in row.blocks().enumerate() {
        if let Some(sentence) = sentences(text).find(|sentence| ends_in(sentence, endings)) {
            let notice = Notice::TextTense { text: quote(sentence), expected_result };
            return vec![Finding::new(notice, row.place_of_block(block))];
        }
    }
    Vec::new()
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '\n']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// Whether a sentence ends in one of these words; a note in brackets after the verb is ignored: …配布を行う（予定）.
fn ends_in(sentence: &str, endings: &[&str]) -> bool {
    let mut end = sentence;
    while end.ends_with(['）', ')']) {
        let Some(opening) = end.rfind(['（', '(']) else { break };
        end = end[..opening].trim_end();
    }
    endings.iter().any(|ending| end.ends_with(ending))
}
