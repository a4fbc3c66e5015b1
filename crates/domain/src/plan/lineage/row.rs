//! The rows of a table in the form used for the comparison, and their references.

use std::collections::{BTreeSet, HashMap};

use renkei_document::document::{Initiative, PlanTable};
use renkei_document::likeness::CharacterPairs;
use renkei_document::numbering::circled;
use renkei_document::party::PartyKey;
use renkei_document::search::folded;
use serde::{Serialize, Serializer};

use crate::organisation::division_names::SameDivisions;

/// 取組の所在 — a row, identified by its place and printed mark: `1.5.labour_bureau.③#2` is the second ③ of that party in
/// section 1(5).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowRef {
    /// The place of the chapter from 1.
    pub chapter: u32,
    /// The place of the section in its chapter from 1.
    pub section: u32,
    pub party: PartyKey,
    /// The mark as printed; for a row drafted in this system, the mark printed for its number.
    pub mark: String,
    /// Number of the row, from 1, among the rows with the same mark, party and section.
    pub occurrence: u32,
    /// The position in the section from 1; it identifies the row.
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

/// A row with the data that the comparison needs.
pub(super) struct Row<'a> {
    pub reference: RowRef,
    pub initiative: &'a Initiative,
    /// Character pairs of the text, independent of tense.
    pub text: CharacterPairs,
    /// Character pairs of the text and its items.
    pub whole: CharacterPairs,
    pub divisions: BTreeSet<String>,
    /// Index of the row's spot in [`Rows::spots`].
    pub spot: usize,
}

/// The titles of a chapter and of a section in it. Sections with the same titles are one spot.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub chapter: CharacterPairs,
    pub section: CharacterPairs,
}

/// The rows of a table in their order, and their spots.
pub(super) struct Rows<'a> {
    pub rows: Vec<Row<'a>>,
    pub spots: Vec<Spot>,
}

/// Returns the rows of a table in their order.
pub(super) fn rows<'a>(table: &'a PlanTable, same: &SameDivisions) -> Rows<'a> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut spots: Vec<Spot> = Vec::new();
    let mut spot_of: HashMap<(String, String), usize> = HashMap::new();
    let mut seen: HashMap<(u32, u32, &PartyKey, String), u32> = HashMap::new();
    for chapter in &table.chapters {
        for section in &chapter.sections {
            let titles = (folded(&chapter.title), folded(&section.title));
            let spot = *spot_of.entry(titles).or_insert_with_key(|(chapter, section)| {
                spots.push(Spot { chapter: CharacterPairs::of(chapter), section: CharacterPairs::of(section) });
                spots.len() - 1
            });
            for initiative in &section.initiatives {
                let mark = initiative.mark.clone().unwrap_or_else(|| circled(initiative.number));
                let key = (chapter.number, section.number, &initiative.party, mark.clone());
                let occurrence = seen.entry(key).or_default();
                *occurrence += 1;
                let reference = RowRef {
                    chapter: chapter.number,
                    section: section.number,
                    party: initiative.party.clone(),
                    mark,
                    occurrence: *occurrence,
                    number: initiative.number,
                };
                rows.push(row(reference, initiative, spot, same));
            }
        }
    }
    Rows { rows, spots }
}

fn row<'a>(reference: RowRef, initiative: &'a Initiative, spot: usize, same: &SameDivisions) -> Row<'a> {
    let text = tense_neutral(&initiative.text);
    let mut whole = text.clone();
    for item in &initiative.items {
        whole.push_str(&tense_neutral(item));
    }
    let divisions = initiative.divisions.iter().map(|name| same.name(&reference.party, folded(name))).collect();
    let (text, whole) = (CharacterPairs::of(&text), CharacterPairs::of(&whole));
    Row { reference, initiative, text, whole, divisions, spot }
}

/// Verb endings: a result and its plan use different forms of the same verb. For the comparison, each result form is
/// replaced by the plan form.
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
