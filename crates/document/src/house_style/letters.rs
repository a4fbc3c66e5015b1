//! Converts letters and digits between full width and half width.

use std::ops::Range;

use super::figures::grouped_numbers;
use super::style::{LetterWidth, NumberStyle};
use super::styled::{Edit, Styled};
use super::width::{full_width, half_width};

pub(super) fn put_on(style: LetterWidth, numbers: NumberStyle, styled: &mut Styled) {
    if style == LetterWidth::AsWritten {
        return;
    }
    let mut apart: Vec<Range<usize>> = Vec::new();
    if numbers != NumberStyle::AsWritten {
        apart.extend(styled.spans.iter().map(|(_, span)| span.clone()));
    }
    if matches!(numbers, NumberStyle::Separated | NumberStyle::FullWidth) {
        apart.extend(grouped_numbers(&styled.text));
    }
    if style == LetterWidth::Full {
        apart.extend(addresses(&styled.text));
    }
    let chars: Vec<(usize, char)> = styled.text.char_indices().collect();
    let is_digit =
        |place: Option<usize>| place.and_then(|n| chars.get(n)).is_some_and(|(_, c)| half_width(*c).is_ascii_digit());
    let mut edits: Vec<Edit> = Vec::new();
    for (place, (at, c)) in chars.iter().enumerate() {
        let plain = half_width(*c);
        let inside_number = matches!(plain, ',' | '.') && is_digit(place.checked_sub(1)) && is_digit(Some(place + 1));
        if !(plain.is_ascii_alphanumeric() || inside_number) || apart.iter().any(|range| range.contains(at)) {
            continue;
        }
        let wanted = if style == LetterWidth::Full { full_width(plain) } else { plain };
        edits.push((*at..at + c.len_utf8(), wanted.to_string()));
    }
    styled.change(edits);
}

/// Returns the ranges of mail and web addresses: https://…, midori@….
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (c.is_ascii_graphic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let run = &text[from..at];
                if run.contains("://") || run.contains('@') || run.starts_with("www.") {
                    found.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}
