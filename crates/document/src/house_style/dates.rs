//! Writes dates with an era in one form: 令和8年1月末 or R8.1月末.

use super::style::DateStyle;
use super::styled::{Edit, Styled};
use super::width::{full_width, half_width};
use crate::as_of::{Precision, Reading, read_dates};
use crate::wareki::{AsOf, Era, Wareki};

/// Maximum number of rounds of rewriting: a date directly next to another date can be rewritten only in a later round.
const MOST_ROUNDS: usize = 16;

pub(super) fn put_on(style: DateStyle, styled: &mut Styled) {
    if style == DateStyle::AsWritten {
        return;
    }
    for _ in 0..MOST_ROUNDS {
        let before = styled.text.clone();
        styled.change(edits(style, styled));
        if styled.text == before {
            return;
        }
    }
}

fn edits(style: DateStyle, styled: &Styled) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for reading in read_dates(&styled.text, None) {
        let range = reading.start..reading.end;
        let before = styled.text[..range.start].chars().next_back().filter(|_| style == DateStyle::Short);
        let after = styled.text[range.end..].chars().next();
        if !styled.has_figure_in(&range) && stands_free(before, after) {
            edits.extend(written(style, &reading).map(|text| (range, text)));
        }
    }
    edits
}

/// Whether the characters before and after the date allow rewriting it. They must not become part of the date, as a
/// letter before R8.1月末 would.
fn stands_free(before: Option<char>, after: Option<char>) -> bool {
    let joined = before.is_some_and(|c| half_width(c).is_ascii_alphanumeric());
    let goes_on = |c: char| {
        let marks = ['月', '日', '末', '年', '元', '/', '／', '-', '－', '−', '‐', '‑', '.'];
        marks.contains(&half_width(c)) || half_width(c).is_ascii_alphanumeric()
    };
    !joined && !after.is_some_and(goes_on)
}

/// Returns the date in a style; `None` if it has no era, or is possibly not a date at all (M1.5).
fn written(style: DateStyle, reading: &Reading) -> Option<String> {
    let printed: String = reading.printed.chars().map(half_width).collect();
    let era = Era::ALL.into_iter().find(|era| {
        let letter = printed.chars().next().is_some_and(|c| c.to_ascii_uppercase() == era.letter());
        printed.starts_with(era.name()) || letter
    })?;
    let said_month = printed.contains('月') || reading.precision != Precision::Month;
    if !said_month || printed.contains('\n') {
        return None;
    }
    let text = in_words(style, era, reading)?;
    let wide = reading.printed.chars().any(|c| matches!(c, '０'..='９'));
    Some(if wide { text.chars().map(full_width).collect() } else { text })
}

fn in_words(style: DateStyle, era: Era, reading: &Reading) -> Option<String> {
    let (year, month, day) = match reading.as_of {
        AsOf::Day(day) => (day.year(), day.month(), day.day()),
        AsOf::Month(year, month) => (year, month, 1),
    };
    let of_year = matches!(reading.precision, Precision::FiscalYear | Precision::FiscalYearEnd);
    // A fiscal year is named after the year in which it begins, the year before that of its last day.
    let first = if of_year { year - 1 } else { year };
    let year = first - era.gregorian_year(1) + 1;
    if year < 1 {
        return None;
    }
    let words = Wareki { era, year }.year_in_words();
    let (name, letter) = (era.name(), era.letter());
    Some(match (style, reading.precision) {
        (DateStyle::Short, Precision::Day) => format!("{letter}{year}.{month}.{day}"),
        (DateStyle::Short, Precision::MonthEnd) => format!("{letter}{year}.{month}月末"),
        (DateStyle::Short, Precision::Month) => format!("{letter}{year}.{month}月"),
        (DateStyle::Short, Precision::FiscalYear) => format!("{letter}{year}年度"),
        (DateStyle::Short, Precision::FiscalYearEnd) => format!("{letter}{year}年度末"),
        (_, Precision::Day) => format!("{name}{words}年{month}月{day}日"),
        (_, Precision::MonthEnd) => format!("{name}{words}年{month}月末"),
        (_, Precision::Month) => format!("{name}{words}年{month}月"),
        (_, Precision::FiscalYear) => format!("{name}{words}年度"),
        (_, Precision::FiscalYearEnd) => format!("{name}{words}年度末"),
    })
}
