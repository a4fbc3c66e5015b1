//! 所管課名 — finds a division that appears only once and differs in one letter from a division that appears often.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::finding::{Finding, Notice};
use crate::likeness::edits;

use super::row::Row;

/// Minimum number of letters of a compared name: two shorter names may differ in one letter and both be correct (東課,
/// 西課).
const SHORTEST: usize = 4;
/// Maximum number of letters of a compared name: longer texts are sentences.
const LONGEST: usize = 100;
/// A name that appears at least this often is treated as correct (established).
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

/// The established names, indexed by the hash of the full name and the hash of each variant with one character removed.
/// Two names that differ in one character share a hash.
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

/// Returns hashes of the name and of the name without each of its letters; none if the name is too short or too long.
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

/// Whether `name` looks like a misspelling of `other`. Names that differ in a number or direction are different
/// divisions: 東区福祉課 and 西区福祉課, 第一課 and 第二課.
fn is_slip_of(name: &str, other: &str) -> bool {
    let numbered = |c: char| c.is_numeric() || "東西南北中上下一二三四五六七八九十".contains(c);
    name != other
        && name.chars().count() >= SHORTEST
        && edits(name, other, 1).is_some()
        && !name.chars().any(|c| numbered(c) && !other.contains(c))
}
