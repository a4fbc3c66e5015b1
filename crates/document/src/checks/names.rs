//! 名称 — finds pairs of names that differ in one or two characters, probably by a typing error. If one name contains the
//! other, both are correct: 相談コーナー and 労働者相談コーナー.

use std::collections::BTreeMap;

use crate::finding::{Finding, Notice};
use crate::likeness::edits;
use crate::search::folded;

use super::row::Row;
use super::spelling::unified;

/// Minimum length, in characters, of a compared name. Two shorter names can differ in one character and both be correct.
const SHORTEST: usize = 9;
/// Maximum length, in characters, of a compared name. Longer texts are sentences.
const LONGEST: usize = 100;
const MOST_EDITS: usize = 2;
/// Maximum number of names. No known report has as many. If a document has more, no names are compared.
const MOST_NAMES: usize = 2_000;
/// Endings of names that identify a single thing. 説明会 and 相談会 are not listed: they are kinds of events, whose names may
/// differ in a few characters.
const PLACES: [&str; 6] = ["コーナー", "センター", "サイト", "プロジェクト", "ナビゲーター", "コーディネーター"];

pub(super) fn check(rows: &[Row<'_>]) -> Vec<Finding> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        for name in row.blocks().flat_map(names).filter(|name| is_name(name)) {
            places.entry(name).or_default().push(i);
        }
    }
    let known = places.iter().filter(|_| places.len() <= MOST_NAMES);
    let known: Vec<(Name<'_>, &Vec<usize>)> = known.map(|(name, places)| (Name::of(name), places)).collect();
    let mut findings = Vec::new();
    for (i, (one, of_one)) in known.iter().enumerate() {
        for (other, of_other) in known[i + 1..].iter().filter(|(other, _)| is_slip(one, other)) {
            let notice = Notice::TermVaries { one: one.text.to_owned(), other: other.text.to_owned() };
            let also = of_other.iter().chain(&of_one[1..]).map(|row| rows[*row].place());
            findings.push(Finding::new(notice, rows[of_one[0]].place()).also(also));
        }
    }
    findings
}

/// Returns the texts in 「」.
pub(super) fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('「').skip(1).filter_map(|part| part.split_once('」')).map(|(name, _)| name.trim())
}

/// Returns the names in 「」, and the runs of kanji and katakana with one of the endings in [`PLACES`].
fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = quoted(text).map(folded).collect();
    let folded = folded(text);
    for ending in PLACES {
        for (at, _) in folded.match_indices(ending) {
            let lead: Vec<char> = folded[..at].chars().rev().take_while(|c| is_name_letter(*c)).collect();
            let name: String = lead.into_iter().rev().chain(ending.chars()).collect();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

fn is_name_letter(c: char) -> bool {
    ('一'..='龠').contains(&c) || ('ァ'..='ー').contains(&c) && c != '・'
}

fn is_name(text: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&text.chars().take(LONGEST + 1).count())
}

/// A name with the forms used to compare it.
struct Name<'a> {
    text: &'a str,
    letters: usize,
    unified: String,
}

impl<'a> Name<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, letters: text.chars().count(), unified: unified(text) }
    }
}

/// Whether two names differ in only one or two letters. It is not a slip if they differ in a number or direction, if
/// one contains the other, or if both are accepted spellings of one word.
fn is_slip(one: &Name<'_>, other: &Name<'_>) -> bool {
    let by_right = |c: char| {
        c.is_numeric() || c.is_ascii_alphabetic() || "東西南北中一二三四五六七八九十県市町村区新旧".contains(c)
    };
    let differing = |a: &str, b: &str| a.chars().any(|c| !b.contains(c) && by_right(c));
    one.letters.abs_diff(other.letters) <= MOST_EDITS
        && edits(one.text, other.text, MOST_EDITS).is_some()
        && one.unified != other.unified
        && !one.text.contains(other.text)
        && !other.text.contains(one.text)
        && !differing(one.text, other.text)
        && !differing(other.text, one.text)
}
