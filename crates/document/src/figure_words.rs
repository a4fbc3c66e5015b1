//! 数値の言い表し — figures in words: values, states, dates, and a whole figure in one line.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::figure::{Figure, FigureKind, Period, State, Stated};
use crate::language::Language;
use crate::passage::{with_separators, word_of};
use crate::phrases::{say, tell};
use crate::time::Hlc;
use crate::wareki::{AsOf, Wareki, english_month, long_date, long_date_in};

/// Returns the value or state in Japanese, for example 1,304 or 実績なし.
pub fn value(figure: &Figure) -> String {
    value_in(Language::Japanese, figure)
}

/// Returns the value or state in a language, for example 1,304, 実績なし or “no result”.
pub fn value_in(language: Language, figure: &Figure) -> String {
    match figure.value {
        Some(value) => with_separators(&value.to_string()),
        None => say(language, state(figure.state)).to_owned(),
    }
}

/// Returns a stated value or state in Japanese, for example 1,304（見込） or 実績なし.
pub fn stated(stated: &Stated) -> String {
    stated_in(Language::Japanese, stated)
}

/// Returns a stated value or state in a language, for example 1,304（見込） or 1,304 (provisional).
pub fn stated_in(language: Language, stated: &Stated) -> String {
    match stated {
        Stated::Value { value, provisional } => {
            let value = with_separators(&value.to_string());
            if *provisional { tell(language, "{}（見込）", [value]) } else { value }
        }
        Stated::Without(known) => say(language, state(*known)).to_owned(),
    }
}

/// Returns the Japanese word for a state; 数値 for [`State::Value`].
pub fn state(state: State) -> &'static str {
    if state == State::Value { "数値" } else { word_of(state) }
}

pub fn kind(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Actual => "実績",
        FigureKind::Target => "目標",
        FigureKind::Reference => "参考",
        FigureKind::Baseline => "基準値",
        FigureKind::Derived => "算出",
        FigureKind::YearOnYear => "前年比",
    }
}

/// Returns the date in Japanese; the last day of a month is written as 令和8年1月末.
pub fn as_of(as_of: AsOf) -> String {
    let day = as_of.last_day();
    match as_of {
        AsOf::Day(_) if day == day.last_of_month() => format!("{}末", year_and_month(day)),
        AsOf::Day(_) => long_date(day),
        AsOf::Month(..) => year_and_month(day),
    }
}

fn year_and_month(day: Date) -> String {
    match Wareki::of(day) {
        Some(wareki) => format!("{}{}年{}月", wareki.era.name(), wareki.year_in_words(), day.month()),
        None => format!("{}年{}月", day.year(), day.month()),
    }
}

/// Returns the date in a language: 令和8年1月末, 31 January 2026.
pub fn as_of_in(language: Language, said: AsOf) -> String {
    match (language, said) {
        (Language::Japanese, _) => as_of(said),
        (Language::English, AsOf::Day(day)) => long_date_in(language, day),
        (Language::English, AsOf::Month(..)) => english_month(said.last_day()),
    }
}

/// Returns the separator between the items of a list in a sentence.
pub fn comma(language: Language) -> &'static str {
    language.choose("、", ", ")
}

fn period(language: Language, period: Period) -> String {
    tell(language, "{}～{}", [long_date_in(language, period.from), long_date_in(language, period.to)])
}

/// Returns the date and the period of a figure in Japanese; empty if neither is given.
pub fn measured(as_of_said: Option<AsOf>, period_said: Option<Period>, event_dates: &[AsOf]) -> String {
    measured_in(Language::Japanese, as_of_said, period_said, event_dates)
}

/// Like [`measured`], in a language.
pub fn measured_in(
    language: Language,
    as_of_said: Option<AsOf>,
    period_said: Option<Period>,
    event_dates: &[AsOf],
) -> String {
    let day = as_of_said.map(|said| as_of_in(language, said));
    let mut said: Vec<String> = day.into_iter().chain(period_said.map(|said| period(language, said))).collect();
    if !event_dates.is_empty() {
        let dates: Vec<String> = event_dates.iter().map(|date| as_of_in(language, *date)).collect();
        said.push(tell(language, "開催日 {}", [dates.join(comma(language))]));
    }
    said.join(comma(language))
}

/// Returns the day in Japan at that time: 令和8年4月1日.
pub fn japan_day(time: Hlc) -> String {
    japan(time).map(|there| long_date(there.date())).unwrap_or_default()
}

/// Returns the day and time in Japan: 令和8年4月1日 9:05.
pub fn japan_time(time: Hlc) -> String {
    japan_time_in(Language::Japanese, time)
}

/// Returns the day and time in Japan in a language: 令和8年4月1日 9:05, 1 April 2026 9:05.
pub fn japan_time_in(language: Language, time: Hlc) -> String {
    let day = |there: DateTime| long_date_in(language, there.date());
    let said = |there: DateTime| format!("{} {}:{:02}", day(there), there.hour(), there.minute());
    japan(time).map(said).unwrap_or_default()
}

fn japan(time: Hlc) -> Option<DateTime> {
    let moment = Timestamp::from_millisecond(i64::try_from(time.millis).ok()?).ok()?;
    Some(Offset::constant(9).to_datetime(moment))
}

/// Returns the whole figure in one line: 相談件数 延べ1,304件（令和8年1月末、市内の事業所、見込）.
pub fn in_one_line(figure: &Figure) -> String {
    in_one_line_in(Language::Japanese, figure)
}

/// Like [`in_one_line`], in a language; label, unit and scope are not translated.
pub fn in_one_line_in(language: Language, figure: &Figure) -> String {
    let unit = if figure.value.is_some() { figure.unit.as_deref().unwrap_or_default() } else { "" };
    let mut beside: Vec<String> = Vec::new();
    if figure.kind != FigureKind::Actual {
        beside.push(say(language, kind(figure.kind)).to_owned());
    }
    let measured = measured_in(language, figure.as_of, figure.period, &figure.event_dates);
    beside.extend([measured].into_iter().filter(|said| !said.is_empty()));
    beside.extend(figure.scope.clone());
    beside.extend(figure.provisional.then(|| say(language, "見込").to_owned()));
    let beside =
        if beside.is_empty() { String::new() } else { tell(language, "（{}）", [beside.join(comma(language))]) };
    let qualifier = figure.qualifier.as_ref().map(|said| format!("{said} ")).unwrap_or_default();
    format!("{} {qualifier}{}{unit}{beside}", figure.label, value_in(language, figure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_offices_write_them() {
        let cases = [("2026-01-31", "令和8年1月末"), ("2026-01-30", "令和8年1月30日"), ("2019-05", "令和元年5月")];
        for (date, expected) in cases {
            assert_eq!(as_of(date.parse().unwrap()), expected);
        }
    }

    #[test]
    fn dates_read_in_english_as_the_world_writes_them() {
        let cases = [("2026-01-31", "31 January 2026"), ("2026-01-30", "30 January 2026"), ("2019-05", "May 2019")];
        for (date, expected) in cases {
            assert_eq!(as_of_in(Language::English, date.parse().unwrap()), expected);
        }
        let time = Hlc { millis: 1_774_998_300_000, counter: 0 };
        assert_eq!(japan_time_in(Language::English, time), "1 April 2026 8:05");
        let days = ["2025-05-03", "2025-06-07"].map(|day| day.parse().unwrap());
        assert_eq!(measured_in(Language::English, None, None, &days), "held on 3 May 2025, 7 June 2025");
    }

    #[test]
    fn times_are_those_of_japan() {
        let time = Hlc { millis: 1_774_998_300_000, counter: 0 };
        assert_eq!(japan_time(time), "令和8年4月1日 8:05");
        assert_eq!(japan_day(time), "令和8年4月1日");
    }
}
