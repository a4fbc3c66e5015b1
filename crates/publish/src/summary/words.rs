//! 言葉 — formats numbers and dates for the summary.

use renkei_document::figure::Figure;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::passage::with_separators;
use renkei_document::wareki::AsOf;

use crate::printed_text::printed_date;

pub(super) fn number(number: impl ToString) -> String {
    with_separators(&number.to_string())
}

/// Formats a fiscal year, for example 令和7年度（2025）.
pub(super) fn year(year: FiscalYear) -> String {
    format!("{year}（{}）", year.0)
}

/// Returns the as-of date and scope of a number, for example 令和8年1月末現在、市内の事業所.
pub(super) fn beside(figure: &Figure) -> String {
    let mut said = Vec::new();
    if let Some(day) = figure.as_of {
        said.push(format!("{}現在", end_of_month(day).unwrap_or_else(|| printed_date(day))));
    }
    if let Some(period) = figure.period {
        said.push(format!("{}から{}まで", printed_date(AsOf::Day(period.from)), printed_date(AsOf::Day(period.to))));
    }
    if figure.as_of.is_none() && figure.period.is_none() {
        said.extend(figure.event_dates.first().map(|day| match figure.event_dates.len() {
            1 => format!("{}開催", printed_date(*day)),
            days => format!("{}ほか計{days}日開催", printed_date(*day)),
        }));
    }
    said.extend(figure.scope.clone());
    said.extend(figure.provisional.then(|| "見込".to_owned()));
    said.join("、")
}

/// Returns the as-of date and scope of a number. If the number has no date, the year with （時点の記載なし）
/// takes the place of the date.
pub(super) fn beside_in(figure: &Figure, year: FiscalYear) -> String {
    let undated = figure.as_of.is_none() && figure.period.is_none() && figure.event_dates.is_empty();
    let undated = undated.then(|| format!("{year}（時点の記載なし）"));
    let said = Some(beside(figure)).filter(|said| !said.is_empty());
    undated.into_iter().chain(said).collect::<Vec<_>>().join("、")
}

/// Formats the last day of a month, for example 令和8年1月末.
fn end_of_month(when: AsOf) -> Option<String> {
    let AsOf::Day(day) = when else { return None };
    (day == day.last_of_month()).then(|| format!("{}末", printed_date(AsOf::Month(day.year(), day.month()))))
}
