//! 段落の比較 — compares texts of several paragraphs or bullets. Reports different words, or the same words divided into
//! other paragraphs.

use super::difference::{DifferenceKind, Part};
use super::found::{Found, Standing};
use crate::finding::Place;
use crate::same_text::{key, same_text};

/// Paragraphs and bullets, each with the mark before it (empty for a paragraph).
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub blocks: Vec<(String, String)>,
}

impl Blocks {
    /// Returns the paragraphs of texts as blocks; a line feed begins a new paragraph.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut blocks = Self::default();
        texts.into_iter().for_each(|text| blocks.add("", text));
        blocks
    }

    pub fn add(&mut self, mark: &str, text: &str) {
        for (place, text) in text.split('\n').filter(|text| !text.trim().is_empty()).enumerate() {
            let mark = if place == 0 { mark.to_owned() } else { String::new() };
            self.blocks.push((mark, text.trim().to_owned()));
        }
    }

    /// Returns the blocks as text: one paragraph or bullet on each line.
    pub fn printed(&self) -> String {
        self.blocks.iter().map(|(mark, text)| format!("{mark}{text}")).collect::<Vec<_>>().join("\n")
    }

    fn words(&self) -> String {
        self.blocks.iter().map(|(_, text)| key(text)).collect()
    }

    pub fn same_division(&self, other: &Self) -> bool {
        let alike = |((mark, text), (other_mark, other_text)): (&(String, String), &(String, String))| {
            same_text(mark, other_mark) && same_text(text, other_text)
        };
        self.blocks.len() == other.blocks.len() && self.blocks.iter().zip(&other.blocks).all(alike)
    }

    /// Whether the words are the same, with or without the marks: a bullet in one file format may be an ordinary
    /// character in the other.
    pub fn same_words(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.words(), other.words());
        let (marked, theirs_marked) = (key(&self.printed()), key(&other.printed()));
        mine == theirs || marked == theirs_marked || mine == theirs_marked || marked == theirs
    }
}

/// Reports the difference between two texts of several blocks: different words, or the same words divided differently.
pub(super) fn compare(found: &mut Found<'_>, part: Part, left: &Blocks, right: &Blocks, places: (&Place, &Place)) {
    if !left.same_words(right) {
        found.text(part, Some(&left.printed()), Some(&right.printed()), places);
    } else if !left.same_division(right) {
        tell_layout(found, part, left, right, places);
    }
}

pub(super) fn tell_layout(found: &mut Found<'_>, part: Part, left: &Blocks, right: &Blocks, places: (&Place, &Place)) {
    let (left, right) = (Standing::new(left.printed(), places.0), Standing::new(right.printed(), places.1));
    found.tell(DifferenceKind::Layout, part, Some(left), Some(right));
}
