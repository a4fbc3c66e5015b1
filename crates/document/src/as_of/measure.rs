//! 量り — a value with all properties that decide whether it may be added to or compared with another value.

use jiff::civil::Date;

use crate::counting::{AddsUp, Counting};
use crate::figure::{FigureKind, Indicator, Measured, Stated};
use crate::fiscal_year::FiscalYear;
use crate::id::{self, Id, Place};

/// 量り — one observation, ready to be added or compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub observation: Id<id::Observation>,
    /// The indicator. If it was merged, this is the id that it was merged into.
    pub indicator: Id<Indicator>,
    pub party: Id<id::Party>,
    /// Position among all values: the position of the party, then that of the observation. Values of the same time are
    /// sorted by it.
    pub place: (Place, Place),
    /// The name of the value in sentences.
    pub label: String,
    pub kind: FigureKind,
    pub stated: Stated,
    pub unit: Option<String>,
    /// How the values of the indicator add up; `None` if nobody has recorded that.
    pub adds_up: Option<AddsUp>,
    pub counting: Option<Counting>,
    pub time: Time,
    pub scope: Option<String>,
    /// The shared fact that this value and other reports describe.
    pub fact: Option<Id<id::SharedFact>>,
}

/// 量った時 — the time that a value covers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Time {
    /// 時点: the state on a day.
    Moment(Date),
    /// 期間: from the first to the last day.
    Span {
        from: Date,
        to: Date,
    },
    /// 累計: cumulative, from the beginning of the activity to a day.
    Since {
        to: Date,
    },
    /// 開催日: the event days, in order.
    Days(Vec<Date>),
    Unsaid,
}

const CUMULATIVE: [&str; 3] = ["累計", "累積", "通算"];

impl Time {
    /// Returns the time of an observation. If only a day is given, a value that adds up covers the time from the first
    /// day of its fiscal year. A value named 累計 covers the time from the beginning.
    pub fn of(measured: &Measured, indicator: &Indicator, adds_up: Option<AddsUp>) -> Self {
        if !measured.event_dates.is_empty() {
            let mut days: Vec<Date> = measured.event_dates.iter().map(|day| day.last_day()).collect();
            days.sort_unstable();
            days.dedup();
            return Time::Days(days);
        }
        if let Some(period) = measured.period {
            return Time::Span { from: period.from, to: period.to };
        }
        let Some(to) = measured.as_of.map(|as_of| as_of.last_day()) else { return Time::Unsaid };
        let said = |text: &str| CUMULATIVE.iter().any(|word| text.contains(word));
        if said(&indicator.label) || indicator.qualifier.as_deref().is_some_and(said) {
            return Time::Since { to };
        }
        match adds_up {
            Some(AddsUp::Sum) => Time::Span { from: FiscalYear::of(to).first_day(), to },
            _ => Time::Moment(to),
        }
    }

    /// Returns the same time `years` years later; the last day of a month stays the last day.
    pub fn moved(&self, years: i16) -> Self {
        match self {
            Time::Moment(day) => Time::Moment(moved(*day, years)),
            Time::Span { from, to } => Time::Span { from: moved(*from, years), to: moved(*to, years) },
            Time::Since { to } => Time::Since { to: moved(*to, years) },
            Time::Days(days) => Time::Days(days.iter().map(|day| moved(*day, years)).collect()),
            Time::Unsaid => Time::Unsaid,
        }
    }

    /// Returns the last day of the time.
    pub fn last_day(&self) -> Option<Date> {
        match self {
            Time::Moment(day) => Some(*day),
            Time::Span { to, .. } | Time::Since { to } => Some(*to),
            Time::Days(days) => days.last().copied(),
            Time::Unsaid => None,
        }
    }

    pub fn is_of_one_kind_with(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

fn moved(day: Date, years: i16) -> Date {
    let is_end = day == day.last_of_month();
    // If the calendar does not have that year, the day stays unchanged; the caller then finds that the times are not a
    // year apart.
    let same = Date::new(day.year().saturating_add(years), day.month(), 1).unwrap_or(day);
    if is_end || day.day() > same.last_of_month().day() {
        return same.last_of_month();
    }
    Date::new(same.year(), day.month(), day.day()).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Period;
    use crate::wareki::AsOf;
    use jiff::civil::date;

    #[test]
    fn a_value_covers_a_moment_a_period_or_the_time_since_the_beginning() {
        let end = date(2026, 1, 31);
        let as_of = Measured { as_of: Some(AsOf::Day(end)), ..Measured::default() };
        let period = Period { from: date(2025, 4, 1), to: date(2025, 9, 30) };
        let spanned = Measured { period: Some(period), ..as_of.clone() };
        let held =
            Measured { event_dates: vec![AsOf::Day(date(2025, 6, 2)), AsOf::Day(date(2025, 5, 1))], ..as_of.clone() };
        let year = Time::Span { from: date(2025, 4, 1), to: end };
        for (measured, label, adds_up, expected) in [
            (&as_of, "相談件数", Some(AddsUp::Sum), year),
            (&as_of, "会員数", Some(AddsUp::Latest), Time::Moment(end)),
            (&as_of, "会員数", None, Time::Moment(end)),
            (&as_of, "累計認定数", Some(AddsUp::Sum), Time::Since { to: end }),
            (&spanned, "相談件数", None, Time::Span { from: period.from, to: period.to }),
            (&held, "参加者", None, Time::Days(vec![date(2025, 5, 1), date(2025, 6, 2)])),
            (&Measured::default(), "参加者", Some(AddsUp::Sum), Time::Unsaid),
        ] {
            let indicator = Indicator { label: label.into(), unit: None, scope: None, qualifier: None };
            assert_eq!(Time::of(measured, &indicator, adds_up), expected, "{label}");
        }
    }

    #[test]
    fn the_end_of_february_stays_the_end() {
        for (day, years, expected) in [
            (date(2024, 2, 29), 1, date(2025, 2, 28)),
            (date(2025, 2, 28), -1, date(2024, 2, 29)),
            (date(2025, 1, 31), 1, date(2026, 1, 31)),
            (date(2025, 1, 15), -2, date(2023, 1, 15)),
            (date(9999, 1, 15), 1, date(9999, 1, 15)),
        ] {
            assert_eq!(moved(day, years), expected, "{day}");
        }
    }
}
