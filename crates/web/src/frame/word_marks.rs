//! Marks the words that differ between two texts of a page, by <del> and <ins> and also in words.

use std::ops::Range;

use renkei_document::word_diff::word_difference;

use crate::frame::runs::{Change, Overlay, Run, runs};

/// A run of characters of one text.
pub type Piece = Run;

/// Returns both texts. In each, the words that the other text does not have are marked.
pub fn pieces(old: &str, new: &str) -> (Vec<Piece>, Vec<Piece>) {
    let difference = word_difference(old, new);
    (marked(old, difference.gone, Change::Gone), marked(new, difference.come, Change::Come))
}

fn marked(text: &str, changed: Vec<Range<usize>>, change: Change) -> Vec<Piece> {
    runs(text, &Overlay { changed, change, ..Overlay::default() })
}
