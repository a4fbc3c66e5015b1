//! 印字する文 — converts texts for printing: removes invisible characters, splits paragraphs, formats dates, and measures
//! the width.

use renkei_document::wareki::{AsOf, Wareki, long_date};

pub(crate) fn half_widths(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(clean).filter(|line| !line.trim().is_empty()).collect()
}

/// Removes characters that print nothing and are not allowed in an archive PDF.
pub(crate) fn clean(text: &str) -> String {
    let spaced = |character: char| if character.is_control() { ' ' } else { character };
    text.chars().filter(|character| !is_unseen(*character)).map(spaced).collect()
}

/// Whether the character is a soft hyphen, zero-width space or joiner, direction mark or byte order mark.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
        || matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

/// Formats a date, for example 令和8年3月 or 令和8年3月31日.
pub(crate) fn printed_date(when: AsOf) -> String {
    match when {
        AsOf::Day(day) => long_date(day),
        AsOf::Month(year, month) => match Wareki::of(when.last_day()) {
            Some(wareki) => format!("{}{}年{month}月", wareki.era.name(), wareki.year_in_words()),
            None => format!("{year}年{month}月"),
        },
    }
}
