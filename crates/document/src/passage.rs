//! 本文 — text whose figures are bound to observations, so that every number in a sentence shows the current value.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::figure::{Span, State, Stated};
use crate::id::{self, Id};

/// 本文の一片 — words as written, or a figure that is bound to an observation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    Words(String),
    /// A figure that shows the current value of an observation. `printed` is its original text and `first` the original
    /// value; a later value is printed in the style of `printed`.
    Figure {
        observation: Id<id::Observation>,
        printed: String,
        first: Stated,
    },
}

/// 本文 — a sequence of words and figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Passage {
    pub segments: Vec<Segment>,
}

/// 数値の結び付け — a figure at `start..end` (UTF-8 offsets) of a text, and its observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub observation: Id<id::Observation>,
    pub start: usize,
    pub end: usize,
    pub first: Stated,
}

impl Passage {
    /// Returns a passage without figures.
    pub fn words(text: impl Into<String>) -> Self {
        Self { segments: vec![Segment::Words(text.into())] }
    }

    /// Returns a passage with bound figures; the words of the text never change. A binding that overlaps an earlier one
    /// or splits a character is ignored.
    pub fn bind(text: &str, mut bindings: Vec<Binding>) -> Self {
        bindings.sort_by_key(|binding| binding.start);
        let mut segments = Vec::new();
        let mut done = 0;
        for binding in bindings {
            let Some(printed) = text.get(binding.start..binding.end).filter(|_| binding.start >= done) else {
                continue;
            };
            if binding.start > done {
                segments.push(Segment::Words(text[done..binding.start].to_owned()));
            }
            done = binding.end;
            segments.push(Segment::Figure {
                observation: binding.observation,
                printed: printed.to_owned(),
                first: binding.first,
            });
        }
        if done < text.len() || segments.is_empty() {
            segments.push(Segment::Words(text[done..].to_owned()));
        }
        Self { segments }
    }

    /// Returns the text with the `current` values of its figures, and the positions of the figures, each with the given
    /// `item`.
    pub fn print(
        &self,
        item: Option<u32>,
        mut current: impl FnMut(Id<id::Observation>) -> Option<Stated>,
    ) -> (String, Vec<(Id<id::Observation>, Span)>) {
        let mut text = String::new();
        let mut places = Vec::new();
        for segment in &self.segments {
            match segment {
                Segment::Words(words) => text.push_str(words),
                Segment::Figure { observation, printed, first } => {
                    let start = offset(&text);
                    match current(*observation) {
                        Some(now) => text.push_str(&reprint(printed, first, &now)),
                        None => text.push_str(printed),
                    }
                    places.push((*observation, Span { item, start, end: offset(&text) }));
                }
            }
        }
        (text, places)
    }

    /// Returns the observations to which the passage is bound.
    pub fn observations(&self) -> impl Iterator<Item = Id<id::Observation>> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Words(_) => None,
            Segment::Figure { observation, .. } => Some(*observation),
        })
    }
}

fn offset(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// Returns the text of a changed figure, with separators and digit width as in the original text. If the value is
/// unchanged, returns the original text.
fn reprint(printed: &str, first: &Stated, now: &Stated) -> String {
    if first.says_the_same_as(now) {
        return printed.to_owned();
    }
    match now {
        Stated::Without(state) => word_of(*state).to_owned(),
        Stated::Value { value, .. } => in_the_manner_of(printed, *value),
    }
}

/// Returns the word that a text prints for a state.
pub fn word_of(state: State) -> &'static str {
    match state {
        State::Value => "",
        State::None => "実績なし",
        State::NotHeld => "未実施",
        State::Recruiting => "募集中",
        State::Ongoing => "開催中",
        State::Planned => "予定",
        State::NotCompiled => "未集計",
        State::NotApplicable => "該当なし",
        State::Withheld => "非公表",
        State::Suppressed => "秘匿",
    }
}

fn in_the_manner_of(printed: &str, value: Decimal) -> String {
    let has_digit = |range: std::ops::RangeInclusive<char>| printed.chars().any(|c| range.contains(&c));
    let digits = printed.chars().filter(|c| c.is_numeric()).count();
    let separated = printed.contains([',', '，']) || digits <= 3;
    let plain = value.to_string();
    let text = if separated { with_separators(&plain) } else { plain };
    if has_digit('０'..='９') { text.chars().map(full_width).collect() } else { text }
}

/// Returns a number with separators: 1304 → 1,304; the part after the decimal point stays.
pub fn with_separators(plain: &str) -> String {
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut text = sign.to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

fn full_width(c: char) -> char {
    match c {
        '0'..='9' | '.' | ',' | '-' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Stated {
        Stated::Value { value: text.parse().expect("a decimal"), provisional: false }
    }

    #[track_caller]
    fn check(printed: &str, first: &str, now: &str, expected: &str) {
        assert_eq!(reprint(printed, &value(first), &value(now)), expected);
    }

    #[test]
    fn a_changed_figure_prints_in_the_manner_of_the_first() {
        check("1,304", "1304", "1304", "1,304");
        check("1304", "1304", "1304.0", "1304");
        check("1,304", "1304", "12990", "12,990");
        check("1105", "1105", "2210", "2210");
        check("９", "9", "12", "１２");
        check("999", "999", "1000", "1,000");
        check("93.7", "93.7", "94", "94");
    }

    #[test]
    fn a_figure_changes_its_own_span_only() {
        let text = "・支給決定 1,304 件、開始 9 人";
        let observation = Id::new(uuid::Uuid::from_u128(1));
        let start = text.find("1,304").expect("stands");
        let binding = Binding { observation, start, end: start + 5, first: value("1304") };
        let passage = Passage::bind(text, vec![binding]);
        assert_eq!(passage.print(None, |_| Some(value("1304"))).0, text);
        let (changed, places) = passage.print(Some(2), |_| Some(value("20")));
        assert_eq!(changed, "・支給決定 20 件、開始 9 人");
        let span = places[0].1;
        assert_eq!((span.item, &changed[span.start as usize..span.end as usize]), (Some(2), "20"));
    }

    #[test]
    fn bindings_that_overlap_or_split_a_character_stay_text() {
        let observation = Id::new(uuid::Uuid::from_u128(1));
        let at = |start, end| Binding { observation, start, end, first: value("1") };
        let passage = Passage::bind("計12件", vec![at(3, 5), at(4, 5), at(1, 2), at(90, 99)]);
        assert_eq!(passage.observations().count(), 1);
        assert_eq!(passage.print(None, |_| None).0, "計12件");
    }
}
