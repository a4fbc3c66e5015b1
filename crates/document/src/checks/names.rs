//! 名称 — two names that differ in a letter or two, as slips do: 相談コーナー and 労働者相談コーナー are told apart, a lost
//! syllable in a long name is not.

use std::collections::BTreeMap;

use crate::finding::{Finding, Notice};
use crate::likeness::edits;
use crate::search::folded;

use super::row::Row;
use super::spelling::unified;

/// Shorter names differ in a letter by right.
const SHORTEST: usize = 9;
/// Longer names are sentences.
const LONGEST: usize = 100;
const MOST_EDITS: usize = 2;
/// With more names than any report has, nothing is compared.
const MOST_NAMES: usize = 2_000;
/// Ends of names of one thing; 説明会 and 相談会 are kinds of things, whose names differ by right.
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

/// What stands in 「」.
pub(super) fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('「').skip(1).filter_map(|part| part.split_once('」')).map(|(name, _)| name.trim())
}

/// Names in 「」, and runs of kanji and katakana that end as names of places do.
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

/// A name with what it is compared by.
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

/// One letter or two differ, and not by a number, a direction, a longer name around the same or a known second spelling.
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
