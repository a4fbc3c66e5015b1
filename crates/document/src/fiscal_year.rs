//! 年度 — the Japanese fiscal year.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::wareki::Wareki;

/// 年度 — the fiscal year: 1 April to 31 March, named by the calendar year it starts in (令和8年度 is 2026).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(pub i16);

impl FiscalYear {
    /// Returns the fiscal year of a day.
    pub fn of(day: Date) -> Self {
        Self(if day.month() >= 4 { day.year() } else { day.year() - 1 })
    }

    /// Returns the first day, 4月1日.
    pub fn first_day(self) -> Date {
        date(self.0, 4, 1)
    }

    /// Returns the last day, 年度末: 3月31日 of the next calendar year.
    pub fn last_day(self) -> Date {
        date(self.0 + 1, 3, 31)
    }

    pub fn contains(self, day: Date) -> bool {
        Self::of(day) == self
    }

    /// Returns the calendar year of the given month of this fiscal year: March of 2025年度 is in 2026.
    pub fn year_of_month(self, month: i8) -> i16 {
        if month >= 4 { self.0 } else { self.0 + 1 }
    }

    pub fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Returns the name of the year in a language: 令和8年度 or FY2026 (Reiwa 8).
    pub fn in_language(self, language: Language) -> String {
        match (language, self.wareki()) {
            (Language::Japanese, _) => self.to_string(),
            (Language::English, Some(wareki)) => format!("FY{} ({} {})", self.0, wareki.era.roman(), wareki.year),
            (Language::English, None) => format!("FY{}", self.0),
        }
    }

    /// Returns the era year that names this fiscal year, which is the era year of its first day. The exception is 2019,
    /// whose official name is 令和元年度 although the era changed only on 1 May.
    fn wareki(self) -> Option<Wareki> {
        Wareki::of(if self.0 == 2019 { date(2019, 5, 1) } else { self.first_day() })
    }
}

impl std::fmt::Display for FiscalYear {
    /// Prints the Japanese name, such as 令和8年度; the first year of an era is 元年度.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.wareki() {
            Some(wareki) => write!(f, "{}{}年度", wareki.era.name(), wareki.year_in_words()),
            None => write!(f, "{}年度", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(year: i16, month: i8, day: i8, expected: &str) {
        assert_eq!(FiscalYear::of(date(year, month, day)).to_string(), expected);
    }

    #[test]
    fn a_fiscal_year_runs_from_april_to_march() {
        check(2026, 4, 1, "令和8年度");
        check(2026, 3, 31, "令和7年度");
        check(2019, 4, 1, "令和元年度");
        check(2020, 3, 31, "令和元年度");
        check(2019, 3, 31, "平成30年度");
        check(1989, 4, 1, "平成元年度");
        check(1989, 3, 31, "昭和63年度");
        check(1930, 4, 1, "昭和5年度");
    }

    #[test]
    fn a_fiscal_year_is_said_in_english_by_both_calendars() {
        for (year, expected) in [(2026, "FY2026 (Reiwa 8)"), (2019, "FY2019 (Reiwa 1)"), (1988, "FY1988 (Showa 63)")] {
            assert_eq!(FiscalYear(year).in_language(Language::English), expected);
            assert_eq!(FiscalYear(year).in_language(Language::Japanese), FiscalYear(year).to_string());
        }
    }

    #[test]
    fn the_end_of_a_fiscal_year_is_in_the_next_calendar_year() {
        assert_eq!(FiscalYear(2016).last_day(), date(2017, 3, 31));
        assert_eq!(FiscalYear(2025).year_of_month(1), 2026);
        assert_eq!(FiscalYear(2025).year_of_month(9), 2025);
    }
}
