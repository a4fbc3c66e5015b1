//! The rows of a table as the comparison sees them, and their names.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use crate::document::{Initiative, PlanTable};
use crate::likeness::CharacterPairs;
use crate::numbering::circled;
use crate::party::PartyKey;
use crate::renamed_divisions::SameDivisions;
use crate::search::folded;

/// 取組の所在 — a row by its place and printed mark: `1.5.labour_bureau.③#2` is the second ③ of that party in section 1(5).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowRef {
    /// The place of the chapter from 1.
    pub chapter: u32,
    /// The place of the section in its chapter from 1.
    pub section: u32,
    pub party: PartyKey,
    /// As printed; for a row of our own the mark that its number is printed as.
    pub mark: String,
    /// 1 for the first row with this mark, party and section.
    pub occurrence: u32,
    /// The place in the section from 1, which finds the row again.
    pub number: u32,
}

impl std::fmt::Display for RowRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}.{}", self.chapter, self.section, self.party, self.mark)?;
        if self.occurrence > 1 { write!(f, "#{}", self.occurrence) } else { Ok(()) }
    }
}

impl Serialize for RowRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One row with what the comparison needs of it.
pub(super) struct Row<'a> {
    pub reference: RowRef,
    pub initiative: &'a Initiative,
    /// Pairs of the text, tense-neutral.
    pub text: CharacterPairs,
    /// Pairs of the text and its items.
    pub whole: CharacterPairs,
    pub divisions: BTreeSet<String>,
    /// Pairs of the titles of chapter and section.
    pub titles: (CharacterPairs, CharacterPairs),
}

/// The rows of a table in their order.
pub(super) fn rows<'a>(table: &'a PlanTable, same: &SameDivisions) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for chapter in &table.chapters {
        for section in &chapter.sections {
            for initiative in &section.initiatives {
                let mark = initiative.mark.clone().unwrap_or_else(|| circled(initiative.number));
                let mut reference = RowRef {
                    chapter: chapter.number,
                    section: section.number,
                    party: initiative.party.clone(),
                    mark,
                    occurrence: 1,
                    number: initiative.number,
                };
                let before = rows.iter().filter(|row| same_key(&row.reference, &reference)).count();
                reference.occurrence += u32::try_from(before).unwrap_or(u32::MAX - 1);
                rows.push(row(reference, initiative, (&chapter.title, &section.title), same));
            }
        }
    }
    rows
}

fn same_key(one: &RowRef, other: &RowRef) -> bool {
    (one.chapter, one.section, &one.party, &one.mark) == (other.chapter, other.section, &other.party, &other.mark)
}

fn row<'a>(reference: RowRef, initiative: &'a Initiative, titles: (&str, &str), same: &SameDivisions) -> Row<'a> {
    let text = tense_neutral(&initiative.text);
    let mut whole = text.clone();
    for item in &initiative.items {
        whole.push_str(&tense_neutral(item));
    }
    let divisions = initiative.divisions.iter().map(|name| same.name(&reference.party, folded(name))).collect();
    Row {
        reference,
        initiative,
        text: CharacterPairs::of(&text),
        whole: CharacterPairs::of(&whole),
        divisions,
        titles: (CharacterPairs::of(&folded(titles.0)), CharacterPairs::of(&folded(titles.1))),
    }
}

/// A result and the plan it came from end in different forms of the same verb; both become the plan's.
const ENDINGS: [(&str, &str); 10] = [
    ("行った", "行う"),
    ("図った", "図る"),
    ("取り組んだ", "取り組む"),
    ("努めた", "努める"),
    ("高めた", "高める"),
    ("進めた", "進める"),
    ("繋げた", "繋げる"),
    ("していた", "する"),
    ("している", "する"),
    ("した", "する"),
];

fn tense_neutral(text: &str) -> String {
    let mut neutral = folded(text);
    for (result, plan) in ENDINGS {
        neutral = neutral.replace(result, plan);
    }
    neutral
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_reads_like_its_plan() {
        assert_eq!(tense_neutral("支援を行った。周知に 努めた。"), "支援を行う。周知に努める。");
    }
}
