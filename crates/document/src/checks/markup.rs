//! 記号 — finds unpaired brackets. A bracket may be closed in a later item of its row.

use crate::finding::{Finding, Notice};

use super::row::{Row, quote};

const PAIRS: [(char, char); 9] = [
    ('(', ')'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
    ('〈', '〉'),
    ('《', '》'),
    ('[', ']'),
    ('＜', '＞'),
];

/// Maximum number of findings of one row: a row with more unpaired brackets does not have a single typing error, so
/// more findings would not help.
const MOST_IN_A_ROW: usize = 3;
/// Maximum depth of nested brackets.
const DEEPEST: usize = 100;

pub(super) fn check(row: &Row<'_>) -> Vec<Finding> {
    let mut open: Vec<(char, usize, &str)> = Vec::new();
    let mut findings = Vec::new();
    let mut notice = |bracket: char, block: usize, text: &str| {
        let notice = Notice::MarkupUnclosed { bracket: bracket.to_string(), text: quote(text) };
        findings.push(Finding::new(notice, row.place_of_block(block)));
    };
    for (block, text) in row.blocks().enumerate() {
        for (at, c) in text.char_indices() {
            let c = one_width(c);
            if PAIRS.iter().any(|(opening, _)| *opening == c) {
                open.truncate(DEEPEST);
                open.push((c, block, &text[at..]));
            } else if let Some((opening, _)) = PAIRS.iter().find(|(_, closing)| *closing == c) {
                match open.iter().rposition(|(bracket, ..)| bracket == opening) {
                    Some(partner) => {
                        open.remove(partner);
                    }
                    None if is_list_number(&text[..at]) => {}
                    None => notice(c, block, text),
                }
            }
        }
    }
    for (bracket, block, text) in open {
        notice(bracket, block, text);
    }
    findings.truncate(MOST_IN_A_ROW);
    findings
}

/// Returns the half-width form of a bracket, because documents mix （ and ).
fn one_width(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '［' => '[',
        '］' => ']',
        other => other,
    }
}

/// Whether the text before a closing bracket is a list number, such as 1) or ア), which has no opening bracket.
fn is_list_number(before: &str) -> bool {
    let mut last = before.chars().rev();
    let numeral = last.next().is_some_and(|c| c.is_numeric() || ('ア'..='ン').contains(&c) || c.is_ascii_lowercase());
    numeral && last.next().is_none_or(|c| c.is_whitespace() || c.is_numeric())
}
