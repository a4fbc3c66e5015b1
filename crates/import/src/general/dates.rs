//! 文中の年月日 — finds all dates and years in a line: 平成 28 年5月末, 令和4年度, H31, 2025年3月31日, 12月末.

use std::ops::Range;

use jiff::civil::Date;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::wareki::{AsOf, Era};

use super::lines::{past_blanks, stands_at};

/// The content of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Year(i16),
    FiscalYear(FiscalYear),
    /// The end of a fiscal year: 年度末.
    FiscalYearEnd(FiscalYear),
    /// `end` is true for 月末.
    Month {
        year: i16,
        month: i8,
        end: bool,
    },
    Day(Date),
    /// 12月末 without a year.
    MonthAlone {
        month: i8,
        end: bool,
    },
    /// 19年度 without an era.
    ShortFiscalYear {
        year: i16,
        end: bool,
    },
    /// 6月1日 without a year.
    DayAlone {
        month: i8,
        day: i8,
    },
}

/// A date and its range of folded characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateAt {
    pub range: Range<usize>,
    pub said: Said,
}

impl Said {
    /// Resolves a year without era to the year nearest to the document's own year.
    pub fn in_era(self, document: Option<FiscalYear>) -> Self {
        let (Said::ShortFiscalYear { year, end }, Some(document)) = (self, document) else { return self };
        let years = Era::ALL.into_iter().skip(2).map(|era| era.gregorian_year(year));
        match years.min_by_key(|candidate| (candidate - document.0).abs()).map(FiscalYear) {
            Some(year) if end => Said::FiscalYearEnd(year),
            Some(year) => Said::FiscalYear(year),
            None => self,
        }
    }

    /// Returns the day or month at which a figure is measured; a month without year belongs to the document's year.
    pub fn as_of(self, document: Option<FiscalYear>) -> Option<AsOf> {
        let month_of =
            |year: i16, month, end| if end { AsOf::end_of_month(year, month) } else { AsOf::Month(year, month) };
        match self {
            Said::Year(_) | Said::FiscalYear(_) | Said::ShortFiscalYear { .. } => None,
            Said::FiscalYearEnd(year) => Some(AsOf::Day(year.last_day())),
            Said::Month { year, month, end } => Some(month_of(year, month, end)),
            Said::Day(day) => Some(AsOf::Day(day)),
            Said::MonthAlone { month, end } => document.map(|year| month_of(year.year_of_month(month), month, end)),
            Said::DayAlone { month, day } => {
                document.and_then(|year| Date::new(year.year_of_month(month), month, day).ok()).map(AsOf::Day)
            }
        }
    }
}

/// Returns all dates of a line from left to right.
pub(super) fn dates(chars: &[char]) -> Vec<DateAt> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match date_at(chars, at) {
            Some(date) => {
                at = date.range.end.max(at + 1);
                found.push(date);
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the date that begins at `at`.
pub(super) fn date_at(chars: &[char], at: usize) -> Option<DateAt> {
    let before = at.checked_sub(1).map(|before| chars[before]);
    let (said, end) = if before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | '-')) {
        None
    } else {
        era_date(chars, at, before).or_else(|| western_date(chars, at)).or_else(|| date_without_year(chars, at))
    }?;
    Some(DateAt { range: at..end, said })
}

fn era_date(chars: &[char], at: usize, before: Option<char>) -> Option<(Said, usize)> {
    let named = Era::ALL.into_iter().find(|era| stands_at(chars, at, era.name()));
    if let Some(era) = named {
        let (year, end) = era_year(chars, at + 2)?;
        let year = era.gregorian_year(year);
        return after_year(chars, year, end).or_else(|| year_range(chars, year, end));
    }
    let era = Era::ALL.into_iter().skip(2).find(|era| chars.get(at) == Some(&era.letter()))?;
    if before.is_some_and(|c| c.is_alphanumeric() && c.is_ascii()) {
        return None;
    }
    let (year, end) = era_year(chars, at + 1)?;
    let year = era.gregorian_year(year);
    after_year(chars, year, end)
        .or_else(|| dotted(chars, year, end))
        .or_else(|| year_range(chars, year, end))
        .or_else(|| (!chars.get(end).is_some_and(|c| c.is_ascii_alphanumeric())).then_some((Said::Year(year), end)))
}

fn western_date(chars: &[char], at: usize) -> Option<(Said, usize)> {
    let (year, end) = digits(chars, at, 4)?;
    if !(1868..=2100).contains(&year) || chars.get(end).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let slashed = || {
        let separator = *chars.get(end).filter(|c| matches!(c, '/' | '-' | '.'))?;
        let (month, end) = digits(chars, end + 1, 2)?;
        let (day, end) = chars.get(end).filter(|&&c| c == separator).and_then(|_| digits(chars, end + 1, 2))?;
        Some((Said::Day(Date::new(year, small(month)?, small(day)?).ok()?), end))
    };
    after_year(chars, year, end).or_else(slashed).or_else(|| year_range(chars, year, end))
}

/// Reads a date without a year before it: 19年度, 6月1日 or 12月末.
fn date_without_year(chars: &[char], at: usize) -> Option<(Said, usize)> {
    if let Some((year, end)) = digits(chars, at, 2).filter(|&(year, end)| year > 0 && stands_at(chars, end, "年度")) {
        let (end_said, end) = end_word(chars, end + 2);
        return Some((Said::ShortFiscalYear { year, end: end_said }, end));
    }
    let (month, end) = month_at(chars, at)?;
    if let Some((day, end)) = day_at(chars, end) {
        return Some((Said::DayAlone { month, day }, end));
    }
    // 3か月 and 3月間 are lengths of time and not months.
    if chars.get(end) == Some(&'間') {
        return None;
    }
    let (end_said, end) = end_word(chars, end);
    Some((Said::MonthAlone { month, end: end_said }, end))
}

/// Reads the year of an era; skips the same year in brackets, such as (2023).
fn era_year(chars: &[char], at: usize) -> Option<(i16, usize)> {
    let at = past_blanks(chars, at);
    let (year, end) = if chars.get(at) == Some(&'元') { (1, at + 1) } else { digits(chars, at, 2)? };
    if year == 0 {
        return None;
    }
    let opened = past_blanks(chars, end);
    let again = (chars.get(opened) == Some(&'(')).then(|| digits(chars, opened + 1, 4)).flatten();
    match again {
        Some((western, close)) if western > 1867 && chars.get(close) == Some(&')') => Some((year, close + 1)),
        Some((western, close)) if western > 1867 && stands_at(chars, close, "年)") => Some((year, close + 2)),
        _ => Some((year, end)),
    }
}

/// Reads 年 and the text after it: 度, 度末, 月, 月末, 月日.
fn after_year(chars: &[char], year: i16, end: usize) -> Option<(Said, usize)> {
    let at = past_blanks(chars, end);
    if stands_at(chars, at, "年度") {
        let (end_said, end) = end_word(chars, at + 2);
        let year = FiscalYear(year);
        return Some((if end_said { Said::FiscalYearEnd(year) } else { Said::FiscalYear(year) }, end));
    }
    if chars.get(at) != Some(&'年') {
        return None;
    }
    let after = at + 1;
    let Some((month, end)) = month_at(chars, past_blanks(chars, after)) else { return Some((Said::Year(year), after)) };
    if let Some((day, end)) = day_at(chars, end).and_then(|(day, end)| Some((Date::new(year, month, day).ok()?, end))) {
        return Some((Said::Day(day), end));
    }
    let (end_said, end) = end_word(chars, end);
    Some((Said::Month { year, month, end: end_said }, end))
}

/// Reads R7.3.31, R7.3, R7.3月末.
fn dotted(chars: &[char], year: i16, end: usize) -> Option<(Said, usize)> {
    let (month, end) = chars.get(end).filter(|&&c| matches!(c, '.' | '/')).and_then(|_| digits(chars, end + 1, 2))?;
    let month = small(month).filter(|month| (1..=12).contains(month))?;
    let dotted_day = chars.get(end).filter(|&&c| matches!(c, '.' | '/')).and_then(|_| digits(chars, end + 1, 2));
    if let Some((day, end)) = dotted_day {
        return Some((Said::Day(Date::new(year, month, small(day)?).ok()?), end));
    }
    let at = if chars.get(end) == Some(&'月') { end + 1 } else { end };
    let (end_said, end) = end_word(chars, at);
    Some((Said::Month { year, month, end: end_said }, end))
}

/// Reads a range of years and returns its first year: 令和6～8年度, 平成27・28年度.
fn year_range(chars: &[char], year: i16, end: usize) -> Option<(Said, usize)> {
    let at = past_blanks(chars, end);
    if !matches!(chars.get(at), Some('~' | '-' | '・' | '、')) {
        return None;
    }
    let (_, end) = digits(chars, past_blanks(chars, at + 1), 4)?;
    let at = past_blanks(chars, end);
    stands_at(chars, at, "年度").then_some((Said::FiscalYear(FiscalYear(year)), at + 2))
}

fn month_at(chars: &[char], at: usize) -> Option<(i8, usize)> {
    let (month, end) = digits(chars, at, 2)?;
    let end = past_blanks(chars, end);
    let month = small(month).filter(|month| (1..=12).contains(month))?;
    (chars.get(end) == Some(&'月')).then_some((month, end + 1))
}

fn day_at(chars: &[char], at: usize) -> Option<(i8, usize)> {
    let (day, end) = digits(chars, past_blanks(chars, at), 2)?;
    let end = past_blanks(chars, end);
    let day = small(day).filter(|day| (1..=31).contains(day))?;
    (chars.get(end) == Some(&'日') && chars.get(end + 1) != Some(&'間')).then_some((day, end + 1))
}

fn end_word(chars: &[char], at: usize) -> (bool, usize) {
    if chars.get(at) == Some(&'末') { (true, at + 1) } else { (false, at) }
}

fn digits(chars: &[char], at: usize, most: usize) -> Option<(i16, usize)> {
    let count = chars.iter().skip(at).take(most).take_while(|c| c.is_ascii_digit()).count();
    let value = chars.get(at..at + count)?.iter().collect::<String>().parse().ok()?;
    Some((value, at + count))
}

fn small(number: i16) -> Option<i8> {
    i8::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::general::lines::Line;

    #[track_caller]
    fn check(text: &str, expected: &[Said]) {
        let found: Vec<Said> = dates(&Line::new(1, text).chars).into_iter().map(|date| date.said).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_line_says_its_dates() {
        let fy = |year| Said::FiscalYear(FiscalYear(year));
        check("平成２８年度と令和元年度末", &[fy(2016), Said::FiscalYearEnd(FiscalYear(2019))]);
        check("平成 27 年5月の倍率", &[Said::Month { year: 2015, month: 5, end: false }]);
        check(
            "令和7年3月末現在（R7.3.31）",
            &[Said::Month { year: 2025, month: 3, end: true }, Said::Day(date(2025, 3, 31))],
        );
        check("(H31) 平成31年4月1日(月)", &[Said::Year(2019), Said::Day(date(2019, 4, 1))]);
        check("令和5(2023)年度、2024年度、2025/3/31", &[fy(2023), fy(2024), Said::Day(date(2025, 3, 31))]);
        check("令和6～8年度", &[fy(2024)]);
        check(
            "12月末、6月1日、3か月、23 年 3 か月ぶり、5日間",
            &[Said::MonthAlone { month: 12, end: true }, Said::DayAlone { month: 6, day: 1 }],
        );
        check("19年度末", &[Said::ShortFiscalYear { year: 19, end: true }]);
        let short = Said::ShortFiscalYear { year: 19, end: false };
        assert_eq!(short.in_era(Some(FiscalYear(2008))), fy(2007));
        check("電話 0983-99-0380、2,020人、2024人", &[]);
    }
}
