//! Words that stand where a number could stand: 実績なし, 募集中, 未実施.

use std::ops::Range;

use renkei_document::figure::State;

use super::glyphs::Glyphs;

/// Longer words stand before their beginnings.
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

/// A state word at exactly `at`, with where it ends. 「開催中止」 is none.
pub(crate) fn state_at(glyphs: &Glyphs, at: usize) -> Option<(State, usize)> {
    let (word, state, end) = WORDS.iter().find_map(|(word, state)| Some((*word, *state, glyphs.word(at, word)?)))?;
    let next = glyphs.at(end);
    if word.ends_with('中') && next == Some('止') {
        return None;
    }
    // 「なし」 is a state only where it ends the clause: not in 「手続なしに」.
    let ends = next.is_none_or(|c| matches!(c, '。' | '、' | ' ' | '(' | ')' | '\n'));
    (word != "なし" || ends).then_some((state, end))
}

/// The first state word in a remark.
pub(crate) fn state_in(glyphs: &Glyphs, range: Range<usize>) -> Option<(State, Range<usize>)> {
    range.clone().find_map(|at| {
        let (state, end) = state_at(glyphs, at)?;
        (end <= range.end).then_some((state, at..end))
    })
}

/// Is it a state that a report of results should have closed?
pub(crate) fn is_open(state: State) -> bool {
    matches!(state, State::Recruiting | State::Ongoing | State::Planned)
}
