//! State words that replace a number: 実績なし, 募集中, 未実施.

use std::ops::Range;

use renkei_document::figure::State;

use super::glyphs::Glyphs;

/// State words. If one word is a prefix of another, the longer word comes first.
const WORDS: &[(&str, State)] = &[
    ("実績なし", State::None),
    ("実績無し", State::None),
    ("実績はなし", State::None),
    ("該当なし", State::NotApplicable),
    ("該当無し", State::NotApplicable),
    ("実施なし", State::NotHeld),
    ("開催なし", State::NotHeld),
    ("未実施", State::NotHeld),
    ("実施されなかった", State::NotHeld),
    ("実施しなかった", State::NotHeld),
    ("開催されなかった", State::NotHeld),
    ("開催しなかった", State::NotHeld),
    ("なし", State::None),
    ("未集計", State::NotCompiled),
    ("集計中", State::NotCompiled),
    ("非公表", State::Withheld),
    ("秘匿", State::Suppressed),
    ("募集中", State::Recruiting),
    ("受付中", State::Recruiting),
    ("開催中", State::Ongoing),
    ("実施中", State::Ongoing),
    ("開催予定", State::Planned),
    ("実施予定", State::Planned),
];

/// Returns the state word at exactly `at` and its end; `None` for 「開催中止」.
pub(crate) fn state_at(glyphs: &Glyphs, at: usize) -> Option<(State, usize)> {
    let (word, state, end) = WORDS.iter().find_map(|(word, state)| Some((*word, *state, glyphs.word(at, word)?)))?;
    let next = glyphs.at(end);
    if word.ends_with('中') && next == Some('止') {
        return None;
    }
    // 「なし」 is a state only at the end of a clause, not in 「手続なしに」.
    let ends = next.is_none_or(|c| matches!(c, '。' | '、' | ' ' | '(' | ')' | '\n'));
    (word != "なし" || ends).then_some((state, end))
}

/// Returns the first state word in a remark.
pub(crate) fn state_in(glyphs: &Glyphs, range: Range<usize>) -> Option<(State, Range<usize>)> {
    range.clone().find_map(|at| {
        let (state, end) = state_at(glyphs, at)?;
        (end <= range.end).then_some((state, at..end))
    })
}

/// Whether a report of results should no longer contain this state.
pub(crate) fn is_open(state: State) -> bool {
    matches!(state, State::Recruiting | State::Ongoing | State::Planned)
}
