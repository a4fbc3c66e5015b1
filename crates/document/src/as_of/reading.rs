//! 日付の読み取り — dates as offices write them, read from running text: 令和8年1月31日, R8.1月末, 12/20, 平成28年度末.
//!
//! Full-width digits are read like half-width digits, and blanks between the parts are ignored. Positions are byte
//! offsets of the original text.

use jiff::civil::{Date, date};

use crate::fiscal_year::FiscalYear;
use crate::wareki::{AsOf, Era, Wareki};

/// 日付の精度 — how precisely a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    /// A day was written.
    Day,
    /// 月末: the last day of a month.
    MonthEnd,
    /// A month, without 末 or a day.
    Month,
    /// 年度: a whole fiscal year.
    FiscalYear,
    /// 年度末: the last day of the fiscal year, 31 March.
    FiscalYearEnd,
}

/// 日付の読み — one date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// A month for [`Precision::Month`], otherwise a day; for a fiscal year, its last day.
    pub as_of: AsOf,
    pub precision: Precision,
    /// Whether the date was understood but is not in a usual form: 「R8 年. 1 月末」.
    pub malformed: bool,
    /// Whether no year was printed, so that the year was derived from the fiscal year of the report.
    pub year_inferred: bool,
    pub printed: String,
    /// UTF-8 offset of the first byte.
    pub start: usize,
    /// UTF-8 offset just after the last byte.
    pub end: usize,
}

/// Returns all dates of a text, first to last. `report` supplies the year for dates printed without one; if it is
/// `None`, only dates with a year are found.
pub fn read_dates(text: &str, report: Option<FiscalYear>) -> Vec<Reading> {
    let scan = Scan::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < scan.chars.len() {
        match scan.date_at(at, report) {
            Some((date, end)) => {
                found.push(date.reading(text, scan.places[at], scan.end_of(end)));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the date at the beginning of a text, after any blanks; the rest of the text is ignored.
pub fn read_date(text: &str, report: Option<FiscalYear>) -> Option<Reading> {
    let scan = Scan::new(text);
    let at = scan.skip_blanks(0);
    let (date, end) = scan.date_at(at, report)?;
    Some(date.reading(text, scan.places[at], scan.end_of(end)))
}

struct Found {
    as_of: AsOf,
    precision: Precision,
    malformed: bool,
    year_inferred: bool,
}

impl Found {
    fn reading(self, text: &str, start: usize, end: usize) -> Reading {
        let Self { as_of, precision, malformed, year_inferred } = self;
        Reading { as_of, precision, malformed, year_inferred, printed: text[start..end].to_owned(), start, end }
    }
}

/// The characters of a text, converted to half width, and the byte offset of each.
struct Scan {
    chars: Vec<char>,
    places: Vec<usize>,
}

/// The separator between the year and the month of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// The character 年.
    Word,
    /// `.`, `/` or `-`.
    Mark(char),
    /// The character 年 followed by such a mark.
    Both,
}

impl Scan {
    fn new(text: &str) -> Self {
        let (places, chars) = text.char_indices().map(|(place, c)| (place, narrow(c))).unzip::<_, _, Vec<_>, Vec<_>>();
        let mut places = places;
        places.push(text.len());
        Self { chars, places }
    }

    fn end_of(&self, index: usize) -> usize {
        self.places[index]
    }

    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.char(at) == Some(' ') {
            at += 1;
        }
        at
    }

    /// Returns the index after `word` if `word` begins at `at`, with blanks allowed before it.
    fn word(&self, at: usize, word: &str) -> Option<usize> {
        let mut at = self.skip_blanks(at);
        for c in word.chars() {
            if self.char(at) != Some(c) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Reads a number of one to four digits, with blanks allowed before it. Returns its value, the index after it, and
    /// the number of its digits.
    fn number(&self, at: usize) -> Option<(i16, usize, usize)> {
        let start = self.skip_blanks(at);
        let digits = self.chars[start.min(self.chars.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
        if digits == 0 || digits > 4 {
            return None;
        }
        let value = self.chars[start..start + digits].iter().filter_map(|c| c.to_digit(10));
        Some((value.fold(0, |sum, digit| sum * 10 + digit as i16), start + digits, digits))
    }

    fn date_at(&self, at: usize, report: Option<FiscalYear>) -> Option<(Found, usize)> {
        let before = at.checked_sub(1).and_then(|i| self.char(i));
        if let Some(found) = self.with_era(at, before) {
            return Some(found);
        }
        let follows_number = before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | ','));
        if follows_number || !self.char(at)?.is_ascii_digit() {
            return None;
        }
        self.with_gregorian_year(at).or_else(|| self.without_year(at, report?))
    }

    /// Reads a date with an era: 令和8年…, R8.…
    fn with_era(&self, at: usize, before: Option<char>) -> Option<(Found, usize)> {
        let (era, after, lettered) = Era::ALL.into_iter().find_map(|era| {
            if let Some(after) = self.named(at, era.name()) {
                return Some((era, after, false));
            }
            let lettered = self.char(at).is_some_and(|c| c.to_ascii_uppercase() == era.letter());
            let stands_alone = !before.is_some_and(|c| c.is_ascii_alphanumeric());
            (lettered && stands_alone).then_some((era, at + 1, true))
        })?;
        let after = if lettered { self.word(after, ".").unwrap_or(after) } else { after };
        let (year, after) = match self.word(after, "元") {
            Some(after) => (1, after),
            None => {
                let (year, after, digits) = self.number(after)?;
                if digits > 2 || year == 0 {
                    return None;
                }
                (year, after)
            }
        };
        self.after_year(era.gregorian_year(year), after)
    }

    /// Like `word`, but allows no blanks before the word.
    fn named(&self, at: usize, word: &str) -> Option<usize> {
        if self.char(at) == Some(' ') { None } else { self.word(at, word) }
    }

    /// Reads a date with a Gregorian year: 2026年…, 2026-01-31.
    fn with_gregorian_year(&self, at: usize) -> Option<(Found, usize)> {
        let (year, after, digits) = self.number(at)?;
        if digits != 4 || !(1868..=2200).contains(&year) {
            return None;
        }
        self.after_year(year, after)
    }

    /// Reads a date without era or Gregorian year: 8年1月末, 1月末, 2月12日, 12/20.
    fn without_year(&self, at: usize, report: FiscalYear) -> Option<(Found, usize)> {
        let (number, after, digits) = self.number(at)?;
        if digits > 2 {
            return None;
        }
        if let Some(next) = self.word(after, "年") {
            // 「8年1月」 is a month in the report's era; 「3年」 alone is a duration.
            let era = Wareki::of(report.last_day())?.era;
            let (month, after_month, _) = self.number(next)?;
            let after_month = self.word(after_month, "月")?;
            return self.in_month(era.gregorian_year(number), month, after_month, false, false);
        }
        let month = i8::try_from(number).ok().filter(|month| (1..=12).contains(month))?;
        let year = report.year_of_month(month);
        if let Some(next) = self.word(after, "月") {
            if self.char(next).is_some_and(|c| matches!(c, '額' | '平' | '曜')) {
                return None;
            }
            return self.in_month(year, number, next, false, true);
        }
        let next = if self.char(after) == Some('/') { after + 1 } else { return None };
        let (day, end, digits) = self.number(next)?;
        let goes_on = self.char(end).is_some_and(|c| matches!(c, '/' | '.' | '%'));
        if digits > 2 || goes_on || self.char(next) == Some(' ') || self.word(end, "以").is_some() {
            return None;
        }
        Some((Found::day(year, month, day)?.inferred(), end))
    }

    /// Reads the rest of a date after its year: 年度, 年度末, or a month.
    fn after_year(&self, year: i16, after: usize) -> Option<(Found, usize)> {
        if let Some(next) = self.word(after, "年度") {
            let last = FiscalYear(year).last_day();
            return Some(match self.word(next, "末") {
                Some(end) => (Found::new(AsOf::Day(last), Precision::FiscalYearEnd), end),
                None => (Found::new(AsOf::Day(last), Precision::FiscalYear), next),
            });
        }
        let (joint, next) = self.joint(after)?;
        let (month, after_month, digits) = self.number(next)?;
        if digits > 2 {
            return None;
        }
        if let Some(next) = self.word(after_month, "月") {
            return self.in_month(year, month, next, joint == Joint::Both, false);
        }
        let Joint::Mark(mark) = joint else { return None };
        if let Some((day, end)) = self.marked_day(after_month, mark) {
            return Found::day(year, i8::try_from(month).ok()?, day).map(|found| (found, end));
        }
        match self.word(after_month, "末") {
            Some(end) => Some((Found::month_end(year, month)?, end)),
            None => Some((Found::month(year, month)?, after_month)),
        }
    }

    fn joint(&self, at: usize) -> Option<(Joint, usize)> {
        let mark_at = |at: usize| {
            let at = self.skip_blanks(at);
            self.char(at).filter(|c| matches!(c, '.' | '/' | '-')).map(|mark| (mark, at + 1))
        };
        match self.word(at, "年") {
            Some(next) => Some(mark_at(next).map_or((Joint::Word, next), |(_, end)| (Joint::Both, end))),
            None => mark_at(at).map(|(mark, end)| (Joint::Mark(mark), end)),
        }
    }

    /// Reads the day of a date such as R7.6.1. The mark before the day must be the same as before the month.
    fn marked_day(&self, at: usize, mark: char) -> Option<(i16, usize)> {
        let at = self.skip_blanks(at);
        if self.char(at) != Some(mark) {
            return None;
        }
        let (day, end, digits) = self.number(at + 1)?;
        (digits <= 2).then_some((day, end))
    }

    /// Reads the rest of a date after 月: 末, a day, or nothing.
    fn in_month(&self, year: i16, month: i16, at: usize, malformed: bool, inferred: bool) -> Option<(Found, usize)> {
        let (found, end) = if let Some(end) = self.word(at, "末") {
            // 「1月末日」 means the end of the month, like 「1月末」.
            (Found::month_end(year, month)?, self.word(end, "日").unwrap_or(end))
        } else {
            let day = self.number(at).and_then(|(day, next, _)| Some((day, self.word(next, "日")?)));
            match day {
                Some((day, end)) => (Found::day(year, i8::try_from(month).ok()?, day)?, end),
                None => (Found::month(year, month)?, at),
            }
        };
        let found = if inferred { found.inferred() } else { found };
        Some((Found { malformed, ..found }, end))
    }
}

impl Found {
    fn new(as_of: AsOf, precision: Precision) -> Self {
        Self { as_of, precision, malformed: false, year_inferred: false }
    }

    fn day(year: i16, month: i8, day: i16) -> Option<Self> {
        let day = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
        Some(Self::new(AsOf::Day(day), Precision::Day))
    }

    fn month(year: i16, month: i16) -> Option<Self> {
        let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        Some(Self::new(AsOf::Month(year, month), Precision::Month))
    }

    fn month_end(year: i16, month: i16) -> Option<Self> {
        let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        Some(Self::new(AsOf::Day(date(year, month, 1).last_of_month()), Precision::MonthEnd))
    }

    fn inferred(self) -> Self {
        Self { year_inferred: true, ..self }
    }
}

/// Converts full-width letters, digits and marks to half-width, and every blank to a space.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        '−' | '‐' | '‑' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wareki::long_date;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = read_dates(text, Some(FiscalYear(2025)));
        let found: Vec<_> = found.iter().map(|r| (r.printed.as_str(), r.as_of.to_string())).collect();
        let found: Vec<_> = found.iter().map(|(printed, as_of)| (*printed, as_of.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_date_is_read_however_an_office_writes_it() {
        check("R8.1月末現在", &[("R8.1月末", "2026-01-31")]);
        check("Ｒ８．１ 月末", &[("Ｒ８．１ 月末", "2026-01-31")]);
        check("（R8 年. 1 月末時点）", &[("R8 年. 1 月末", "2026-01-31")]);
        check("R7.6.1、R7. 6. 1 時点", &[("R7.6.1", "2025-06-01"), ("R7. 6. 1", "2025-06-01")]);
        check("令和8年3月", &[("令和8年3月", "2026-03")]);
        check("令和元年5月1日", &[("令和元年5月1日", "2019-05-01")]);
        check("R8.1 月時点", &[("R8.1 月", "2026-01")]);
        check("H29年度から", &[("H29年度", "2018-03-31")]);
        check("平成28年度末の人数", &[("平成28年度末", "2017-03-31")]);
        check("昭和63年4月", &[("昭和63年4月", "1988-04")]);
        check(
            "2026年1月末 2026-01-31 2026/1/31",
            &[("2026年1月末", "2026-01-31"), ("2026-01-31", "2026-01-31"), ("2026/1/31", "2026-01-31")],
        );
    }

    #[test]
    fn a_date_without_a_year_gets_the_year_of_the_report() {
        check("8年1月末", &[("8年1月末", "2026-01-31")]);
        check("1月末、4月末", &[("1月末", "2026-01-31"), ("4月末", "2025-04-30")]);
        check("12/20、2月12日", &[("12/20", "2025-12-20"), ("2月12日", "2026-02-12")]);
        assert_eq!(read_dates("1月末", None), []);
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in [
            "60歳以上",
            "2024年問題",
            "3年間",
            "6ヶ月以内",
            "101～300人",
            "月2回",
            "1/2以上",
            "13月末",
            "R8",
            "1,304件",
            "12/34",
            "2.5.1",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_month_before_the_dot_and_the_word_for_year_is_malformed() {
        assert!(read_date("R8 年. 1 月末", None).is_some_and(|r| r.malformed));
        assert!(read_date("R8.1月末", None).is_some_and(|r| !r.malformed && r.precision == Precision::MonthEnd));
        assert!(read_date("R8.1月", None).is_some_and(|r| r.precision == Precision::Month));
    }

    #[test]
    fn every_day_since_meiji_reads_back_as_it_was_printed() {
        let mut day = date(1868, 1, 25);
        while day < date(2060, 1, 1) {
            let printed = long_date(day);
            let wareki = Wareki::of(day).expect("since Meiji");
            let short = format!("{}{}.{}.{}", wareki.era.letter(), wareki.year, day.month(), day.day());
            for text in [printed, short, day.to_string()] {
                let reading = read_date(&text, None).map(|r| (r.as_of, r.end));
                assert_eq!(reading, Some((AsOf::Day(day), text.len())), "{text}");
            }
            day = day.tomorrow().expect("in range");
        }
    }
}
