//! Figures in words: values, states, dates, and how a figure is known.

use jiff::civil::Date;
use renkei_domain::figure::{Figure, FigureKind, Period, State};
use renkei_domain::observation::Stated;
use renkei_domain::passage::{with_separators, word_of};
use renkei_domain::search::folded;
use renkei_domain::time::Hlc;
use renkei_domain::wareki::{AsOf, Wareki, long_date};

/// 1,304 or 実績なし.
pub fn value(figure: &Figure) -> String {
    match figure.value {
        Some(value) => with_separators(&value.to_string()),
        None => state(figure.state).to_owned(),
    }
}

pub fn stated(stated: &Stated) -> String {
    match stated {
        Stated::Value { value, provisional } => {
            format!("{}{}", with_separators(&value.to_string()), if *provisional { "（見込）" } else { "" })
        }
        Stated::Without(known) => state(*known).to_owned(),
    }
}

/// The word of a state, 数値 for a number.
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

/// 令和8年1月末 where the day is the last of its month.
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

fn period(period: Period) -> String {
    format!("{}～{}", long_date(period.from), long_date(period.to))
}

/// The time that a figure is about, in full; empty where none is said.
pub fn measured(as_of_said: Option<AsOf>, period_said: Option<Period>, event_dates: &[AsOf]) -> String {
    let mut said: Vec<String> = as_of_said.map(as_of).into_iter().chain(period_said.map(period)).collect();
    if !event_dates.is_empty() {
        let dates: Vec<String> = event_dates.iter().map(|date| as_of(*date)).collect();
        said.push(format!("開催日 {}", dates.join("、")));
    }
    said.join("、")
}

/// As-of and scope in short, for the small print beside a number: what its own sentence says already is left out.
pub fn small_print(figure: &Figure, sentence: &str) -> String {
    let sentence = folded(sentence);
    let mut said = Vec::new();
    if let Some(date) = figure.as_of {
        let month = date.last_day().month();
        if ![format!("{month}月"), format!(".{month}."), format!("/{month}/")].iter().any(|m| sentence.contains(m)) {
            said.push(as_of(date));
        }
    }
    if let Some(scope) = figure.scope.as_deref().filter(|scope| !sentence.contains(&folded(scope))) {
        said.push(scope.to_owned());
    }
    if figure.provisional && !sentence.contains("見込") {
        said.push("見込".to_owned());
    }
    said.join("・")
}

/// 令和8年4月1日 9:05 in Japan.
pub fn japan_time(time: Hlc) -> String {
    let millis = i64::try_from(time.millis).unwrap_or(i64::MAX);
    let Ok(moment) = jiff::Timestamp::from_millisecond(millis) else { return String::new() };
    let there = jiff::tz::Offset::constant(9).to_datetime(moment);
    format!("{} {}:{:02}", long_date(there.date()), there.hour(), there.minute())
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
    fn times_are_those_of_japan() {
        let time = Hlc { millis: 1_774_998_300_000, counter: 0 };
        assert_eq!(japan_time(time), "令和8年4月1日 8:05");
    }

    #[track_caller]
    fn check(sentence: &str, expected: &str) {
        let figure = Figure {
            observation: None,
            label: "相談".into(),
            state: State::Value,
            value: Some(1304.into()),
            unit: Some("件".into()),
            kind: FigureKind::Actual,
            as_of: Some("2026-01-31".parse().unwrap()),
            period: None,
            event_dates: Vec::new(),
            scope: Some("市内の事業所".into()),
            qualifier: None,
            provisional: true,
            source: renkei_domain::document::Source::none(),
            span: None,
        };
        assert_eq!(value(&figure), "1,304");
        assert_eq!(small_print(&figure, sentence), expected);
    }

    #[test]
    fn the_small_print_leaves_out_what_the_sentence_says() {
        check("相談 1,304件", "令和8年1月末・市内の事業所・見込");
        check("相談 1,304件（Ｒ８．１月末現在）", "市内の事業所・見込");
        check("市内の事業所の相談 1,304件（R8.1.31、見込）", "");
    }
}
