//! Finds out what a date or a remark in brackets means for the figures around it: as-of date, event days, scope or
//! qualifier.

use std::ops::Range;

use renkei_document::as_of::{Precision, Reading, read_dates};
use renkei_document::figure::Period;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::wareki::AsOf;

use super::glyphs::Glyphs;
use super::words::is_scope;

/// A date of a text; positions are character indexes.
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    pub(crate) reading: Reading,
    pub(crate) place: Range<usize>,
    /// Index after 現在 or 時点 if one follows, otherwise after the date.
    pub(crate) end: usize,
}

impl Dated {
    /// Whether 現在 or 時点 follows the date.
    pub(crate) fn is_marked(&self) -> bool {
        self.end > self.place.end
    }

    pub(crate) fn is_year(&self) -> bool {
        self.reading.precision == Precision::FiscalYear
    }
}

pub(crate) fn dates(glyphs: &Glyphs, report: FiscalYear) -> Vec<Dated> {
    let whole = glyphs.original(0..glyphs.len());
    let place = |reading: &Reading| glyphs.index_of(reading.start)..glyphs.index_of(reading.end);
    read_dates(whole, Some(report))
        .into_iter()
        .map(|reading| {
            let place = place(&reading);
            let mark = glyphs.skip_blanks(place.end);
            let end = ["現在", "時点"].iter().find_map(|word| glyphs.word(mark, word)).unwrap_or(place.end);
            Dated { reading, place, end }
        })
        .collect()
}

/// The meaning of a remark without figures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Remark {
    /// An as-of date (`date` is its index among the dates of the text) with additions: （R8.1月末現在、市内の事業所）.
    AsOf {
        date: usize,
        period: Option<Period>,
        scope: Option<String>,
        provisional: bool,
    },
    /// The period of the figures: （4月～12月）.
    Period(Period),
    /// The days of an event: （12/20、21）.
    Events(Vec<AsOf>),
    Scope(String),
    /// The figure is provisional: （見込）.
    Provisional,
    /// Any other remark: （障害者を除く）.
    Other(String),
}

/// Reads the content of a remark; `dates` are the dates of the whole text.
pub(crate) fn remark(glyphs: &Glyphs, inside: Range<usize>, dates: &[Dated]) -> Remark {
    let mine: Vec<usize> = within(dates, &inside).collect();
    let as_of = mine.iter().copied().find(|&d| {
        let precision = dates[d].reading.precision;
        dates[d].is_marked() || matches!(precision, Precision::MonthEnd | Precision::FiscalYearEnd)
    });
    let text = glyphs.squeezed(inside.clone());
    let period = mine.iter().find_map(|&first| period(glyphs, dates, first));
    if let Some(date) = as_of {
        let from = mine
            .first()
            .filter(|_| period.is_some())
            .map_or(dates[date].place.start, |&first| dates[first].place.start);
        let rest = rest_of(glyphs, &inside, from..dates[date].end);
        let provisional = rest.iter().any(|part| part.starts_with("見込"));
        let scope: Vec<String> = rest.into_iter().filter(|part| !part.starts_with("見込")).collect();
        let scope = (!scope.is_empty()).then(|| scope.join("、"));
        return Remark::AsOf { date, period, scope, provisional };
    }
    if let Some(period) = period {
        return Remark::Period(period);
    }
    if mine.iter().any(|&d| !dates[d].is_year()) && !text.contains(['※', 'は']) {
        return Remark::Events(event_dates(glyphs, inside, dates));
    }
    match text.as_str() {
        "見込" | "見込み" | "見込値" | "見込額" | "見込数" | "速報値" | "暫定値" => {
            Remark::Provisional
        }
        _ if is_scope(&text) => Remark::Scope(glyphs.original(inside).trim().to_owned()),
        _ => Remark::Other(text),
    }
}

/// Returns the indexes of the dates that begin in a range.
fn within(dates: &[Dated], range: &Range<usize>) -> Range<usize> {
    let begins = |place: usize| dates.partition_point(|date| date.place.start < place);
    begins(range.start)..begins(range.end)
}

/// Returns the period from the date at `first` to the next one, if 「～」 or から joins them and at least one is a month.
pub(crate) fn period(glyphs: &Glyphs, dates: &[Dated], first: usize) -> Option<Period> {
    let (from, to) = (&dates[first], dates.get(first + 1)?);
    let joint = glyphs.skip_blanks(from.place.end);
    let joint = glyphs.word(joint, "~").or_else(|| glyphs.word(joint, "から"))?;
    let months = |dated: &Dated| !dated.is_year() && dated.reading.precision != Precision::Day;
    if glyphs.skip_blanks(joint) != to.place.start || from.is_year() || !months(from) && !months(to) {
        return None;
    }
    let start = match from.reading.as_of {
        AsOf::Day(day) if from.reading.precision == Precision::Day => day,
        as_of => as_of.last_day().first_of_month(),
    };
    let end = to.reading.as_of.last_day();
    (start <= end).then_some(Period { from: start, to: end })
}

/// Returns the other parts of a remark with a date, separated by 、, ・ or blanks.
fn rest_of(glyphs: &Glyphs, inside: &Range<usize>, date: Range<usize>) -> Vec<String> {
    let mut parts = Vec::new();
    for range in [inside.start..date.start, date.end..inside.end] {
        let parted = glyphs.original(range).split(|c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '・'));
        parts
            .extend(parted.map(|part| part.trim_start_matches(['：', ':']).to_owned()).filter(|part| !part.is_empty()));
    }
    parts
}

/// Returns the days of an event: 「12/20、21」 are two days in the same month.
pub(crate) fn event_dates(glyphs: &Glyphs, range: Range<usize>, dates: &[Dated]) -> Vec<AsOf> {
    let mut found = Vec::new();
    for date in within(dates, &range).map(|date| &dates[date]).filter(|date| !date.is_year()) {
        found.push(date.reading.as_of);
        let mut at = date.place.end;
        while let Some((day, end)) = further_day(glyphs, at, date.reading.as_of) {
            found.push(day);
            at = end;
        }
    }
    found
}

/// Reads a further day of the same month: 「、21」 after 12/20.
fn further_day(glyphs: &Glyphs, at: usize, first: AsOf) -> Option<(AsOf, usize)> {
    let AsOf::Day(first) = first else { return None };
    let parting = glyphs.at(at).filter(|c| matches!(c, '、' | ',' | '・'))?;
    let start = glyphs.skip_blanks(at + parting.len_utf16());
    let length = (start..).take_while(|&i| glyphs.at(i).is_some_and(|c| c.is_ascii_digit())).count();
    let end = start + length;
    let goes_on = glyphs.at(end).is_some_and(|c| matches!(c, '/' | '.' | '月' | ','));
    if length == 0 || length > 2 || goes_on {
        return None;
    }
    let day = glyphs.squeezed(start..end).parse().ok()?;
    let unit_free = glyphs.at(end).is_none_or(|c| matches!(c, ')' | '、' | ' ' | '日' | '(' | ',' | '・' | 'に'));
    let date = jiff::civil::Date::new(first.year(), first.month(), day).ok()?;
    unit_free.then_some((AsOf::Day(date), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Remark) {
        let glyphs = Glyphs::new(text);
        let dates = dates(&glyphs, FiscalYear(2025));
        assert_eq!(remark(&glyphs, 0..glyphs.len(), &dates), expected, "{text}");
    }

    #[test]
    fn a_remark_says_as_of_scope_event_or_something_else() {
        let as_of = |scope: Option<&str>| Remark::AsOf {
            date: 0,
            period: None,
            scope: scope.map(str::to_owned),
            provisional: false,
        };
        check("R8.1月末現在、市内の事業所", as_of(Some("市内の事業所")));
        check("R8.1 月末時点 全県", as_of(Some("全県")));
        check("R7. 6. 1 時点", as_of(None));
        check(
            "12/20、21",
            Remark::Events(vec!["2025-12-20".parse().expect("day"), "2025-12-21".parse().expect("day")]),
        );
        check("R7.9月、R8.1月の", Remark::Events(vec![AsOf::Month(2025, 9), AsOf::Month(2026, 1)]));
        check("みどり所のみ", Remark::Scope("みどり所のみ".to_owned()));
        check("見込", Remark::Provisional);
        check("障害者を除く", Remark::Other("障害者を除く".to_owned()));
    }
}
