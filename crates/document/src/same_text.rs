//! 文言の比較 — normalised texts for comparing, and the ranges where two texts differ.

use serde::Serialize;
use unicode_normalization::char::decompose_compatible;

/// 文中の範囲 — byte offsets (UTF-8) of the start and the end; the end is not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TextRange {
    pub start: usize,
    pub end: usize,
}

/// Maximum number of cells of the comparison table. If the product of the lengths is larger, the differing parts are
/// reported as a whole.
const MOST_CELLS: usize = 1_000_000;
/// Minimum number of equal characters between two changes; with fewer, the two changes are reported as one.
const LEAST_COMMON: usize = 3;

/// Whether two texts are the same apart from white space and the width of characters. The comparison is stricter than a
/// search: ① differs from 1, A from a, and a rare variant of a character from its common form.
pub fn same_text(one: &str, other: &str) -> bool {
    one == other || comparable(one).eq(comparable(other))
}

/// Returns the characters of a text in the form used for comparing.
pub(crate) fn comparable(text: &str) -> impl Iterator<Item = char> + '_ {
    placed(text).map(|(c, _)| c)
}

/// Returns the key of a text. Two texts have the same key exactly if [`same_text`] is true.
pub fn key(text: &str) -> String {
    comparable(text).collect()
}

/// Returns each character in the form used for comparing, with its range in the text.
fn placed(text: &str) -> impl Iterator<Item = (char, TextRange)> + '_ {
    text.char_indices().filter(|(_, c)| !c.is_whitespace()).flat_map(|(start, c)| {
        let range = TextRange { start, end: start + c.len_utf8() };
        folded(c).into_iter().map(move |c| (c, range))
    })
}

/// Normalises one character of any width: voiced kana are split into the letter and its mark, so that ｶﾞ equals ガ.
/// Dashes and tildes that have two mappings between Shift_JIS and Unicode become one character.
fn folded(c: char) -> Vec<char> {
    match c {
        '〜' => vec!['~'],
        '−' => vec!['-'],
        // Parties use different brackets for the same purpose, so all become one.
        '〈' | '【' | '＜' => vec!['<'],
        '〉' | '】' | '＞' => vec!['>'],
        '\u{ff00}'..='\u{ffef}' | '\u{3040}'..='\u{30ff}' => {
            let mut parts = Vec::with_capacity(2);
            decompose_compatible(c, |part| parts.push(part));
            parts
        }
        _ => vec![c],
    }
}

/// Returns the ranges of each text that are not in the other.
pub(crate) fn differing(left: &str, right: &str) -> (Vec<TextRange>, Vec<TextRange>) {
    let one: Vec<(char, TextRange)> = placed(left).collect();
    let other: Vec<(char, TextRange)> = placed(right).collect();
    // There may be several longest common subsequences. Compare the two texts in a fixed order, so that swapping them
    // gives the same result.
    let swapped = one.iter().map(|(c, _)| c).gt(other.iter().map(|(c, _)| c));
    let (first, second) = if swapped { (&other, &one) } else { (&one, &other) };
    let (in_first, in_second) = changes(first, second);
    let (in_first, in_second) = (ranges(first, &in_first), ranges(second, &in_second));
    if swapped { (in_second, in_first) } else { (in_first, in_second) }
}

/// Returns, for each character of the two texts, whether it is outside every common run.
fn changes(one: &[(char, TextRange)], other: &[(char, TextRange)]) -> (Vec<bool>, Vec<bool>) {
    let same = |a: &(char, TextRange), b: &(char, TextRange)| a.0 == b.0;
    let start = one.iter().zip(other).take_while(|(a, b)| same(a, b)).count();
    let end = one[start..].iter().rev().zip(other[start..].iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let (inner, outer) = (&one[start..one.len() - end], &other[start..other.len() - end]);
    let mut changed = (vec![false; one.len()], vec![false; other.len()]);
    changed.0[start..one.len() - end].fill(true);
    changed.1[start..other.len() - end].fill(true);
    if inner.len().saturating_mul(outer.len()) <= MOST_CELLS {
        for (a, b, length) in common_runs(inner, outer).into_iter().filter(|(.., length)| *length >= LEAST_COMMON) {
            changed.0[start + a..start + a + length].fill(false);
            changed.1[start + b..start + b + length].fill(false);
        }
    }
    changed
}

/// Returns the runs of a longest common subsequence: the start in each text, and the length.
fn common_runs(one: &[(char, TextRange)], other: &[(char, TextRange)]) -> Vec<(usize, usize, usize)> {
    let width = other.len() + 1;
    let mut longest = vec![0_u32; (one.len() + 1) * width];
    for a in (0..one.len()).rev() {
        for b in (0..other.len()).rev() {
            longest[a * width + b] = if one[a].0 == other[b].0 {
                longest[(a + 1) * width + b + 1] + 1
            } else {
                longest[(a + 1) * width + b].max(longest[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    while a < one.len() && b < other.len() {
        if one[a].0 == other[b].0 {
            match runs.last_mut() {
                Some((x, y, length)) if *x + *length == a && *y + *length == b => *length += 1,
                _ => runs.push((a, b, 1)),
            }
            (a, b) = (a + 1, b + 1);
        } else if longest[(a + 1) * width + b] >= longest[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    runs
}

fn ranges(text: &[(char, TextRange)], changed: &[bool]) -> Vec<TextRange> {
    let mut ranges: Vec<TextRange> = Vec::new();
    let mut open = false;
    for ((_, range), changed) in text.iter().zip(changed) {
        match ranges.last_mut() {
            Some(last) if *changed && open => last.end = range.end,
            _ if *changed => ranges.push(*range),
            _ => {}
        }
        open = *changed;
    }
    ranges
}

/// Returns the differing parts with some text around them: …支援件数［1,304］件（令和…. A text without differences is cut at its
/// end.
pub fn excerpt(text: &str, differs: &[TextRange]) -> String {
    const AROUND: usize = 12;
    const LONGEST: usize = 60;
    let mut told = String::new();
    let mut at = 0;
    for range in differs {
        told.push_str(&shortened(&text[at..range.start], if at == 0 { 0 } else { AROUND }, AROUND));
        told.push('［');
        told.push_str(&shortened(&text[range.start..range.end], LONGEST, LONGEST));
        told.push('］');
        at = range.end;
    }
    let (first, last) = if differs.is_empty() { (LONGEST, 0) } else { (AROUND, 0) };
    told.push_str(&shortened(&text[at..], first, last));
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the first and the last characters of a text that is longer than both together.
fn shortened(text: &str, first: usize, last: usize) -> String {
    let count = text.chars().count();
    if count <= first + last + 1 {
        return text.to_owned();
    }
    let head: String = text.chars().take(first).collect();
    let tail: String = text.chars().skip(count - last).collect();
    format!("{head}…{tail}")
}
