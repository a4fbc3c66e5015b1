//! Replaces pairs of ＜＞, 〈〉 and 【】 by the brackets that the house style chooses. Both brackets must be on the same
//! line. An unpaired sign is not a bracket (363 ＜ 405).

use super::style::BracketStyle;
use super::styled::{Edit, Styled};

const PAIRS: [(char, char); 4] = [('＜', '＞'), ('〈', '〉'), ('【', '】'), ('<', '>')];

pub(super) fn put_on(style: BracketStyle, styled: &mut Styled) {
    let (opening, closing) = match style {
        BracketStyle::AsWritten => return,
        BracketStyle::FullWidthAngle => ('＜', '＞'),
        BracketStyle::Angle => ('〈', '〉'),
        BracketStyle::Lenticular => ('【', '】'),
    };
    let mut edits: Vec<Edit> = Vec::new();
    let mut open: Option<(usize, char, char)> = None;
    for (at, c) in styled.text.char_indices() {
        if let Some(pair) = PAIRS.iter().find(|pair| pair.0 == c) {
            open = Some((at, pair.0, pair.1));
        } else if c == '\n' {
            open = None;
        } else if let Some((start, left, right)) = open.filter(|(_, _, right)| *right == c) {
            open = None;
            if names_something(&styled.text[start + left.len_utf8()..at]) {
                edits.push((start..start + left.len_utf8(), opening.to_string()));
                edits.push((at..at + right.len_utf8(), closing.to_string()));
            }
        }
    }
    styled.change(edits);
}

/// Whether the text between two signs consists of words, so that the signs are brackets. Signs around a number are
/// comparison signs.
fn names_something(inside: &str) -> bool {
    let inside = inside.trim();
    inside.chars().any(|c| c.is_alphabetic()) && !inside.starts_with(|c: char| c.is_numeric())
}
