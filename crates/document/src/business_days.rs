//! 開庁日 — the days on which offices are open.
//!
//! Holidays follow from the rules of 国民の祝日に関する法律 (昭和23年法律第178号) as in force in each year from 2000 to 2099. Other Acts
//! moved some holidays in 2019, 2020 and 2021. 行政機関の休日に関する法律第1条 defines the days on which offices of the State are
//! closed: Saturdays, Sundays, holidays, 29 December to 3 January. 地方自治法第4条の2 gives local governments the same days.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// The years whose holidays are known. In other years, only weekends and 29 December to 3 January are treated as
/// closed.
pub const KNOWN_YEARS: std::ops::RangeInclusive<i16> = 2000..=2099;

/// Whether offices are open on this day.
pub fn is_open(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let turn_of_the_year = matches!((day.month(), day.day()), (12, 29..=31) | (1, 1..=3));
    !weekend && !turn_of_the_year && holiday(day).is_none()
}

/// Returns the name of the holiday on a day (祝日, 振替休日 or 国民の休日); `None` if it is not a holiday.
pub fn holiday(day: Date) -> Option<&'static str> {
    if !KNOWN_YEARS.contains(&day.year()) {
        return None;
    }
    if let Some(name) = national_holiday(day) {
        return Some(name);
    }
    if is_substitute(day) {
        return Some("振替休日");
    }
    let between = national_holiday(before(day)).is_some() && national_holiday(after(day)).is_some();
    // 第3条第3項: a day between two holidays is a holiday. Until 2006 this did not apply to Sundays.
    (between && day.weekday() != Weekday::Sunday).then_some("国民の休日")
}

/// Returns the `n`th open day after `day` (not counting `day`): the last day of 「n 開庁日以内」. For 0, returns `day` itself,
/// whether open or not.
pub fn add_open_days(day: Date, n: u32) -> Date {
    let mut reached = day;
    for _ in 0..n {
        reached = next_open_day(reached);
    }
    reached
}

/// Returns the number of open days after `from`, up to and including `to`; 0 if `to` is not later.
pub fn open_days_between(from: Date, to: Date) -> u32 {
    let mut count = 0;
    let mut day = from;
    while day < to {
        day = after(day);
        count += u32::from(is_open(day));
    }
    count
}

fn next_open_day(day: Date) -> Date {
    let mut reached = after(day);
    while !is_open(reached) && reached < Date::MAX {
        reached = after(reached);
    }
    reached
}

fn after(day: Date) -> Date {
    day.saturating_add(1.day())
}

fn before(day: Date) -> Date {
    day.saturating_sub(1.day())
}

/// 第3条第2項: whether the day is a substitute for a holiday that fell on a Sunday. Until 2006 the substitute was the next
/// Monday; since 2007 it is the next day that is not a holiday.
fn is_substitute(day: Date) -> bool {
    if day.year() < 2007 {
        return day.weekday() == Weekday::Monday && national_holiday(before(day)).is_some();
    }
    let mut earlier = before(day);
    while national_holiday(earlier).is_some() {
        if earlier.weekday() == Weekday::Sunday {
            return true;
        }
        earlier = before(earlier);
    }
    false
}

/// 第2条: returns the holiday that the Act names for the day.
fn national_holiday(day: Date) -> Option<&'static str> {
    let year = day.year();
    match (day.month(), day.day()) {
        (1, 1) => Some("元日"),
        (1, _) if is_nth_monday(day, 2) => Some("成人の日"),
        (2, 11) => Some("建国記念の日"),
        (2, 23) if year >= 2020 => Some("天皇誕生日"),
        (3, d) if d == spring_equinox(year) => Some("春分の日"),
        (4, 29) if year >= 2007 => Some("昭和の日"),
        (4, 29) => Some("みどりの日"),
        (5, 1) if year == 2019 => Some("天皇の即位の日"),
        (5, 3) => Some("憲法記念日"),
        (5, 4) if year >= 2007 => Some("みどりの日"),
        (5, 5) => Some("こどもの日"),
        (7 | 8, _) => summer_holiday(day),
        (9, d) if d == autumn_equinox(year) => Some("秋分の日"),
        (9, _) if is_day_of_the_aged(day) => Some("敬老の日"),
        (10, 22) if year == 2019 => Some("即位礼正殿の儀の行われる日"),
        (10, _) if is_nth_monday(day, 2) && year < 2020 => Some("体育の日"),
        (10, _) if is_nth_monday(day, 2) && year > 2021 => Some("スポーツの日"),
        (11, 3) => Some("文化の日"),
        (11, 23) => Some("勤労感謝の日"),
        (12, 23) if year <= 2018 => Some("天皇誕生日"),
        _ => None,
    }
}

/// Holidays in July and August: 令和三年東京オリンピック競技大会・東京パラリンピック競技大会特別措置法第29条・第32条 moved three of them.
fn summer_holiday(day: Date) -> Option<&'static str> {
    match (day.year(), day.month(), day.day()) {
        (2020, 7, 23) | (2021, 7, 22) => Some("海の日"),
        (2020, 7, 24) | (2021, 7, 23) => Some("スポーツの日"),
        (2020, 8, 10) | (2021, 8, 8) => Some("山の日"),
        (2020 | 2021, ..) => None,
        (..=2002, 7, 20) => Some("海の日"),
        (2003.., 7, _) if is_nth_monday(day, 3) => Some("海の日"),
        (2016.., 8, 11) => Some("山の日"),
        _ => None,
    }
}

fn is_day_of_the_aged(day: Date) -> bool {
    if day.year() <= 2002 { day == date(day.year(), 9, 15) } else { is_nth_monday(day, 3) }
}

fn is_nth_monday(day: Date, n: i8) -> bool {
    day.weekday() == Weekday::Monday && (day.day() - 1) / 7 + 1 == n
}

/// Returns the day of 春分日 in March as in the almanac, by the formula that is valid from 1980 to 2099.
fn spring_equinox(year: i16) -> i8 {
    equinox(year, 20_843_100)
}

/// Returns the day of 秋分日 in September as in the almanac, by the formula that is valid from 1980 to 2099.
fn autumn_equinox(year: i16) -> i8 {
    equinox(year, 23_248_800)
}

/// Returns the day of the month on which an equinox falls; `in_1980` is the value for 1980, in millionths of a day.
fn equinox(year: i16, in_1980: i64) -> i8 {
    let years = i64::from(year - 1980);
    let day = (in_1980 + 242_194 * years) / 1_000_000 - years / 4;
    i8::try_from(day).unwrap_or(21)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the holidays of a year with the list that the Cabinet Office publishes for the year, written as
    /// month.day.
    #[track_caller]
    fn check(year: i16, expected: &str) {
        let found: Vec<String> = date(year, 1, 1)
            .series(1.day())
            .take_while(|day| day.year() == year)
            .filter(|day| holiday(*day).is_some())
            .map(|day| format!("{}.{}", day.month(), day.day()))
            .collect();
        assert_eq!(found.join(" "), expected, "holidays of {year}");
    }

    #[test]
    fn the_holidays_of_a_year_are_those_of_the_official_list() {
        check(2001, "1.1 1.8 2.11 2.12 3.20 4.29 4.30 5.3 5.4 5.5 7.20 9.15 9.23 9.24 10.8 11.3 11.23 12.23 12.24");
        check(2003, "1.1 1.13 2.11 3.21 4.29 5.3 5.5 7.21 9.15 9.23 10.13 11.3 11.23 11.24 12.23");
        check(2008, "1.1 1.14 2.11 3.20 4.29 5.3 5.4 5.5 5.6 7.21 9.15 9.23 10.13 11.3 11.23 11.24 12.23");
        check(2009, "1.1 1.12 2.11 3.20 4.29 5.3 5.4 5.5 5.6 7.20 9.21 9.22 9.23 10.12 11.3 11.23 12.23");
        check(2015, "1.1 1.12 2.11 3.21 4.29 5.3 5.4 5.5 5.6 7.20 9.21 9.22 9.23 10.12 11.3 11.23 12.23");
        check(2016, "1.1 1.11 2.11 3.20 3.21 4.29 5.3 5.4 5.5 7.18 8.11 9.19 9.22 10.10 11.3 11.23 12.23");
        check(
            2019,
            "1.1 1.14 2.11 3.21 4.29 4.30 5.1 5.2 5.3 5.4 5.5 5.6 7.15 8.11 8.12 9.16 9.23 10.14 10.22 11.3 11.4 11.23",
        );
        check(2020, "1.1 1.13 2.11 2.23 2.24 3.20 4.29 5.3 5.4 5.5 5.6 7.23 7.24 8.10 9.21 9.22 11.3 11.23");
        check(2021, "1.1 1.11 2.11 2.23 3.20 4.29 5.3 5.4 5.5 7.22 7.23 8.8 8.9 9.20 9.23 11.3 11.23");
        check(2025, "1.1 1.13 2.11 2.23 2.24 3.20 4.29 5.3 5.4 5.5 5.6 7.21 8.11 9.15 9.23 10.13 11.3 11.23 11.24");
        check(2026, "1.1 1.12 2.11 2.23 3.20 4.29 5.3 5.4 5.5 5.6 7.20 8.11 9.21 9.22 9.23 10.12 11.3 11.23");
        check(2032, "1.1 1.12 2.11 2.23 3.20 4.29 5.3 5.4 5.5 7.19 8.11 9.20 9.21 9.22 10.11 11.3 11.23");
    }

    #[test]
    fn a_holiday_says_its_name() {
        for (day, name) in [
            (date(2006, 4, 29), "みどりの日"),
            (date(2007, 4, 29), "昭和の日"),
            (date(2019, 4, 30), "国民の休日"),
            (date(2019, 5, 1), "天皇の即位の日"),
            (date(2019, 10, 22), "即位礼正殿の儀の行われる日"),
            (date(2020, 7, 24), "スポーツの日"),
            (date(2021, 8, 9), "振替休日"),
            (date(2026, 5, 6), "振替休日"),
            (date(2026, 9, 22), "国民の休日"),
            (date(2000, 5, 4), "国民の休日"),
        ] {
            assert_eq!(holiday(day), Some(name), "{day}");
        }
        assert_eq!(holiday(date(1999, 1, 1)), None, "before the known years");
    }

    #[test]
    fn offices_are_closed_at_weekends_on_holidays_and_at_the_turn_of_the_year() {
        for (day, open) in [
            (date(2026, 3, 31), true),
            (date(2026, 4, 4), false),
            (date(2026, 4, 29), false),
            (date(2026, 12, 28), true),
            (date(2026, 12, 29), false),
            (date(2027, 1, 3), false),
            (date(2027, 1, 4), true),
        ] {
            assert_eq!(is_open(day), open, "{day}");
        }
    }

    #[test]
    fn adding_open_days_and_counting_them_agree() {
        assert_eq!(add_open_days(date(2026, 12, 25), 2), date(2027, 1, 4));
        assert_eq!(add_open_days(date(2026, 5, 1), 1), date(2026, 5, 7));
        assert_eq!(add_open_days(date(2026, 5, 2), 0), date(2026, 5, 2));
        assert_eq!(open_days_between(date(2026, 4, 1), date(2026, 4, 30)), 20);
        assert_eq!(open_days_between(date(2026, 4, 30), date(2026, 4, 1)), 0);
        for n in 0..300 {
            assert_eq!(open_days_between(date(2025, 6, 1), add_open_days(date(2025, 6, 1), n)), n);
        }
    }
}
