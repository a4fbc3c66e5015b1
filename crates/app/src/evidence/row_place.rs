//! 行の所在 — the place of a row in a document, in the format that addresses and forms use.

use renkei_document::document::{Document, Initiative};

/// 行の所在 — the place of a row: the index of its table (from 0), and its chapter, section and row (from 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPlace {
    pub table: usize,
    pub chapter: u32,
    pub section: u32,
    pub row: u32,
}

impl std::fmt::Display for RowPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}-{}", self.table, self.chapter, self.section, self.row)
    }
}

impl std::str::FromStr for RowPlace {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let numbers: Vec<u32> = text.split('-').map(|part| part.parse().map_err(|_| ())).collect::<Result<_, ()>>()?;
        match numbers[..] {
            [table, chapter, section, row] => Ok(Self { table: table as usize, chapter, section, row }),
            _ => Err(()),
        }
    }
}

/// Returns the rows of a document with their places.
pub fn placed_rows(document: &Document) -> impl Iterator<Item = (RowPlace, &Initiative)> {
    document.plans.iter().enumerate().flat_map(|(table, plan)| {
        plan.chapters.iter().flat_map(move |chapter| {
            chapter.sections.iter().flat_map(move |section| {
                section.initiatives.iter().map(move |row| {
                    let (chapter, section) = (chapter.number, section.number);
                    (RowPlace { table, chapter, section, row: row.number }, row)
                })
            })
        })
    })
}
