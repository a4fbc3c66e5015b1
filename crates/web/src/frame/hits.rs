//! Finds the words of a search in the original text, whether its characters are full-width or half-width.

use std::ops::Range;

use renkei_document::search::folded;

/// Returns the ranges (UTF-8 offsets) of all words of a query, in order and without overlaps.
pub fn hits(text: &str, query: &str) -> Vec<Range<usize>> {
    let (plain, offsets) = folded_with_offsets(text);
    let mut places: Vec<Range<usize>> = Vec::new();
    for word in query.split_whitespace().map(folded).filter(|word| !word.is_empty()) {
        for (start, _) in plain.match_indices(&word) {
            places.push(offsets[start].start..offsets[start + word.len() - 1].end);
        }
    }
    merged(places)
}

/// Sorts ranges, and joins those that touch or overlap.
pub fn merged(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, place.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for place in places {
        match merged.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => merged.push(place),
        }
    }
    merged
}

/// Returns the normalised text, and for each of its bytes the range of the original characters it was made from.
fn folded_with_offsets(text: &str) -> (String, Vec<Range<usize>>) {
    let mut plain = String::new();
    let mut offsets = Vec::new();
    let starts: Vec<usize> = text.char_indices().filter(|(_, c)| !joins_the_one_before(*c)).map(|(at, _)| at).collect();
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(text.len());
        plain.push_str(&folded(&text[*start..end]));
        offsets.resize(plain.len(), *start..end);
    }
    (plain, offsets)
}

/// Whether this is a voiced sound mark, which forms one character with the preceding one: ｶﾞ is ガ.
fn joins_the_one_before(c: char) -> bool {
    matches!(c, 'ﾞ' | 'ﾟ' | '\u{3099}' | '\u{309a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, query: &str, expected: &[&str]) {
        let found: Vec<&str> = hits(text, query).into_iter().map(|place| &text[place]).collect();
        assert_eq!(found, expected, "{text} {query}");
    }

    #[test]
    fn full_width_and_half_width_words_are_found() {
        check("若者の就職、若年者", "若者", &["若者"]);
        check("Ｕ Ｉ Ｊターン", "uij", &["Ｕ Ｉ Ｊ"]);
        check("①ｶﾞｲﾀﾞﾝｽを開く", "ガイダンス 1", &["①ｶﾞｲﾀﾞﾝｽ"]);
        check("就職支援", "支援　就職", &["就職支援"]);
        check("㈱みどり", "株", &["㈱"]);
        check("", "若者", &[]);
        check("若者", " ", &[]);
    }
}
