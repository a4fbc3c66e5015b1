//! Applies the style of numbers, of the blank before units, and of the counter of persons.

use std::ops::Range;

use super::style::{NumberStyle, PersonCounter, UnitBlank};
use super::styled::{Edit, Styled};
use super::width::{full_width, half_width};
use crate::figure::{Figure, State};
use crate::passage::with_separators;
use crate::search::folded;

/// Writes 人 or 名 after figures that count persons.
pub(super) fn count_persons(style: PersonCounter, styled: &mut Styled, figures: &mut [Figure]) {
    let counter = match style {
        PersonCounter::AsWritten => return,
        PersonCounter::Mei => "名",
        PersonCounter::Nin => "人",
    };
    let mut edits: Vec<Edit> = Vec::new();
    for (place, span) in &styled.spans {
        let unit = &mut figures[*place].unit;
        let Some(now) = unit.as_deref().filter(|unit| matches!(*unit, "人" | "名")) else { continue };
        let start = behind_blanks(&styled.text, span.end);
        if styled.text[start..].starts_with(now) {
            edits.push((start..start + now.len(), counter.to_owned()));
            *unit = Some(counter.to_owned());
        }
    }
    styled.change(edits);
}

/// Writes figures in a style, and also other numbers that have separators.
pub(super) fn write_numbers(style: NumberStyle, styled: &mut Styled, figures: &[Figure]) {
    if style == NumberStyle::AsWritten {
        return;
    }
    let mut edits: Vec<Edit> = Vec::new();
    for (place, span) in &styled.spans {
        let figure = &figures[*place];
        let years = figure.unit.as_deref().is_some_and(|unit| unit.starts_with(['年', '番', '号']));
        if figure.state == State::Value {
            edits.extend(written(style, &styled.text[span.clone()], !years).map(|text| (span.clone(), text)));
        }
    }
    if style != NumberStyle::Plain {
        let others = grouped_numbers(&styled.text).into_iter().filter(|range| !styled.has_figure_in(range));
        let written = |range: Range<usize>| Some((range.clone(), written(style, &styled.text[range], true)?));
        edits.extend(others.filter_map(written));
    }
    edits.sort_by_key(|(range, _)| range.start);
    styled.change(edits);
}

/// Returns a number in a style; `None` if it is not written in digits only (二百, ▲5).
fn written(style: NumberStyle, printed: &str, may_group: bool) -> Option<String> {
    let half: String = printed.chars().map(half_width).collect();
    let plain: String = half.chars().filter(|c| *c != ',').collect();
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if !digits(whole) || !(rest.is_empty() || digits(&rest[1..])) {
        return None;
    }
    let grouped = may_group && (whole.len() <= 3 || !whole.starts_with('0'));
    let separated = if grouped { with_separators(&plain) } else { plain.clone() };
    Some(match style {
        NumberStyle::AsWritten => return None,
        NumberStyle::Separated => separated,
        NumberStyle::FullWidth => separated.chars().map(full_width).collect(),
        NumberStyle::Plain => plain,
    })
}

/// Writes or removes the blank between a figure and its unit.
pub(super) fn set_off_units(style: UnitBlank, styled: &mut Styled, figures: &[Figure]) {
    if style == UnitBlank::AsWritten {
        return;
    }
    let mut edits: Vec<Edit> = Vec::new();
    for (place, span) in &styled.spans {
        let unit = figures[*place].unit.as_deref().map(folded).filter(|unit| !unit.is_empty());
        let Some(unit) = unit else { continue };
        let start = behind_blanks(&styled.text, span.end);
        if !folded(&styled.text[start..]).starts_with(&unit) {
            continue;
        }
        // A unit such as % belongs to the number (93.7%), so there is no blank before it.
        let word = unit.starts_with(char::is_alphanumeric);
        let blank = if style == UnitBlank::Blank && word { " " } else { "" };
        edits.push((span.end..start, blank.to_owned()));
    }
    styled.change(edits);
}

/// Returns the offset after the blanks that start at `at`, within the line.
fn behind_blanks(text: &str, at: usize) -> usize {
    let blanks = text[at..].chars().take_while(|c| c.is_whitespace() && *c != '\n');
    at + blanks.map(char::len_utf8).sum::<usize>()
}

/// Returns the ranges of numbers with separators: 1,304 · １，３０４ · 60,000.5.
pub(super) fn grouped_numbers(text: &str) -> Vec<Range<usize>> {
    let part = |c: char| half_width(c).is_ascii_digit() || matches!(half_width(c), ',' | '.');
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (part(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if is_grouped(&text[from..at]) {
                    found.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn is_grouped(run: &str) -> bool {
    let half: String = run.chars().map(half_width).collect();
    let (whole, rest) = half.split_once('.').unwrap_or((&half, "0"));
    let mut groups = whole.split(',');
    let digits =
        |text: &str, least: usize| (least..=3).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
    let first = groups.next().is_some_and(|group| digits(group, 1) && !group.starts_with('0'));
    let others: Vec<&str> = groups.collect();
    let decimals = !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit());
    first && !others.is_empty() && others.iter().all(|group| digits(group, 3)) && decimals
}
