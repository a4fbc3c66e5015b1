//! 和暦 — dates by era, read and printed as offices write them.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::language::Language;

/// 元号 — the eras since 1868.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    Meiji,
    Taisho,
    Showa,
    Heisei,
    Reiwa,
}

impl Era {
    pub const ALL: [Era; 5] = [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa];

    pub fn name(self) -> &'static str {
        match self {
            Era::Meiji => "明治",
            Era::Taisho => "大正",
            Era::Showa => "昭和",
            Era::Heisei => "平成",
            Era::Reiwa => "令和",
        }
    }

    /// Returns the English name, for example Reiwa.
    pub fn roman(self) -> &'static str {
        match self {
            Era::Meiji => "Meiji",
            Era::Taisho => "Taisho",
            Era::Showa => "Showa",
            Era::Heisei => "Heisei",
            Era::Reiwa => "Reiwa",
        }
    }

    /// Returns the letter used in tables, such as R in R8.1.
    pub fn letter(self) -> char {
        match self {
            Era::Meiji => 'M',
            Era::Taisho => 'T',
            Era::Showa => 'S',
            Era::Heisei => 'H',
            Era::Reiwa => 'R',
        }
    }

    /// Returns the first day of the era. For Meiji, this is the day in the Gregorian calendar, which Japan has used
    /// since 1873.
    pub fn first_day(self) -> Date {
        match self {
            Era::Meiji => date(1868, 1, 25),
            Era::Taisho => date(1912, 7, 30),
            Era::Showa => date(1926, 12, 25),
            Era::Heisei => date(1989, 1, 8),
            Era::Reiwa => date(2019, 5, 1),
        }
    }

    /// Returns the Gregorian year of the year `year` of this era (元年 is 1).
    pub fn gregorian_year(self, year: i16) -> i16 {
        self.first_day().year() + year - 1
    }
}

/// 和暦年 — a year in an era, for example 令和8年.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wareki {
    pub era: Era,
    pub year: i16,
}

impl Wareki {
    /// Returns the era and year of a day; `None` before Meiji.
    pub fn of(day: Date) -> Option<Self> {
        let era = Era::ALL.into_iter().rev().find(|era| day >= era.first_day())?;
        Some(Self { era, year: day.year() - era.first_day().year() + 1 })
    }

    /// Returns 元 for the first year, otherwise the number.
    pub fn year_in_words(self) -> String {
        if self.year == 1 { "元".to_owned() } else { self.year.to_string() }
    }
}

/// Returns the date in Japanese: 令和8年1月31日.
pub fn long_date(day: Date) -> String {
    match Wareki::of(day) {
        Some(w) => format!("{}{}年{}月{}日", w.era.name(), w.year_in_words(), day.month(), day.day()),
        None => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// Returns the date in a language: 令和8年1月31日, 31 January 2026.
pub fn long_date_in(language: Language, day: Date) -> String {
    match language {
        Language::Japanese => long_date(day),
        Language::English => format!("{} {}", day.day(), english_month(day)),
    }
}

/// 月名 — the English names of the months, from January.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns the month in English: January 2026.
pub(crate) fn english_month(day: Date) -> String {
    let month = usize::try_from(day.month() - 1).ok().and_then(|place| MONTHS.get(place)).copied().unwrap_or_default();
    format!("{month} {}", day.year())
}

/// 時点 — a day, or a month without a day. Its text form is YYYY-MM-DD or YYYY-MM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AsOf {
    Day(Date),
    /// Year and month, without a day.
    Month(i16, i8),
}

impl AsOf {
    /// Returns the day, or the last day of the month.
    pub fn last_day(self) -> Date {
        match self {
            AsOf::Day(day) => day,
            AsOf::Month(year, month) => date(year, month, 1).last_of_month(),
        }
    }

    /// Returns the last day of a month, 月末.
    pub fn end_of_month(year: i16, month: i8) -> Self {
        AsOf::Day(date(year, month, 1).last_of_month())
    }
}

impl std::fmt::Display for AsOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AsOf::Day(day) => write!(f, "{day}"),
            AsOf::Month(year, month) => write!(f, "{year:04}-{month:02}"),
        }
    }
}

impl std::str::FromStr for AsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(day) = plain_day(text).or_else(|| text.parse().ok()) {
            return Ok(AsOf::Day(day));
        }
        let month = text.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
        match month {
            Some((year, month)) if (1..=12).contains(&month) && (1..=9999).contains(&year) => {
                Ok(AsOf::Month(year, month))
            }
            _ => Err(format!("「{text}」は日付（YYYY-MM-DD）でも年月（YYYY-MM）でもありません")),
        }
    }
}

/// Returns the day of a text that is exactly YYYY-MM-DD. Nearly all are, and a journal has a hundred thousand of them.
fn plain_day(text: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        let all_digits = digits.iter().all(u8::is_ascii_digit);
        all_digits.then(|| digits.iter().fold(0i16, |number, digit| number * 10 + i16::from(digit - b'0')))
    };
    let (month, day) = (i8::try_from(number(&[m1, m2])?).ok()?, i8::try_from(number(&[d1, d2])?).ok()?);
    Date::new(number(&[y1, y2, y3, y4])?, month, day).ok()
}

impl Serialize for AsOf {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AsOf {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(AsOfVisitor)
    }
}

/// Reads a day or a month from its text without a copy of the text.
struct AsOfVisitor;

impl serde::de::Visitor<'_> for AsOfVisitor {
    type Value = AsOf;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<AsOf, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_begin_on_their_first_day() {
        assert_eq!(long_date(date(2019, 4, 30)), "平成31年4月30日");
        assert_eq!(long_date(date(2019, 5, 1)), "令和元年5月1日");
        assert_eq!(long_date(date(1989, 1, 7)), "昭和64年1月7日");
        assert_eq!(long_date(date(2015, 3, 17)), "平成27年3月17日");
        assert_eq!(Era::Reiwa.gregorian_year(8), 2026);
    }
}
