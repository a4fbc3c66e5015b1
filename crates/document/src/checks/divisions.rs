//! 所管課名 — a division that stands once and differs in one letter from one that stands often.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::finding::{Finding, Notice};
use crate::likeness::edits;

use super::row::Row;

/// Shorter names differ in a letter by right (東課, 西課).
const SHORTEST: usize = 4;
/// Longer names are sentences.
const LONGEST: usize = 100;
/// A name that stands as often as this is established.
const ESTABLISHED: usize = 3;

pub(super) fn check(rows: &[Row<'_>]) -> Vec<Finding> {
    let mut standing: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        for division in &row.initiative.divisions {
            standing.entry(division).or_default().push(i);
        }
    }
    let known = Established::of(standing.iter().filter(|(_, rows)| rows.len() >= ESTABLISHED).map(|(name, _)| *name));
    let established = |name: &str| known.near(name).any(|other| is_slip_of(name, other));
    let once = standing.iter().filter(|(name, rows)| rows.len() == 1 && established(name));
    once.map(|(name, standing)| {
        Finding::new(Notice::DivisionUnknown { division: (*name).to_owned() }, rows[standing[0]].place())
    })
    .collect()
}

/// The established names, to be found by what is left of them without one letter: two names that differ in one letter share
/// that, or the one is what is left of the other.
struct Established<'a>(HashMap<u64, Vec<&'a str>>);

impl<'a> Established<'a> {
    fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut known: HashMap<u64, Vec<&str>> = HashMap::new();
        for name in names {
            remainders(name).for_each(|remainder| known.entry(remainder).or_default().push(name));
        }
        Self(known)
    }

    fn near(&self, name: &str) -> impl Iterator<Item = &'a str> {
        remainders(name).filter_map(|remainder| self.0.get(&remainder)).flatten().copied()
    }
}

/// The name, and the name without each of its letters, as hashes. A name of a hundred letters is none.
fn remainders(name: &str) -> impl Iterator<Item = u64> {
    let letters: Vec<char> = name.chars().take(LONGEST + 1).collect();
    let count = if (SHORTEST - 1..=LONGEST).contains(&letters.len()) { letters.len() + 1 } else { 0 };
    (0..count).map(move |left_out| {
        let mut hasher = DefaultHasher::new();
        letters
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != left_out)
            .for_each(|(_, letter)| letter.hash(&mut hasher));
        hasher.finish()
    })
}

/// 東区福祉課 and 西区福祉課, 第一課 and 第二課 are two divisions.
fn is_slip_of(name: &str, other: &str) -> bool {
    let numbered = |c: char| c.is_numeric() || "東西南北中上下一二三四五六七八九十".contains(c);
    name != other
        && name.chars().count() >= SHORTEST
        && edits(name, other, 1).is_some()
        && !name.chars().any(|c| numbered(c) && !other.contains(c))
}
