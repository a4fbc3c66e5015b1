//! 年度の並び — whether printed figures of one name form a series over the years.

use uuid::Uuid;

use super::lawful::{Lawful, year_on_year};
use super::measure::{Measure, Time};
use crate::counting::Counting;
use crate::figure::{Figure, Indicator, Measured, Stated};
use crate::id::Id;

/// Whether two figures of one party and one name form a series. Both must have the same scope and way of counting, and
/// the date or period of `before` must be exactly `years` years before that of `now`. `Err` contains every reason why
/// they form no series.
pub fn in_one_line(now: &Figure, before: &Figure, years: i16) -> Lawful<()> {
    let (now, before) = (printed(now, 1), printed(before, 2));
    // `year_on_year` expects a value of the year before, so the older figure is moved to that year.
    let before = Measure { time: before.time.moved(years - 1), ..before };
    year_on_year(&now, &before).map(|_| ())
}

/// Returns the measure of a printed figure. Both figures get the same indicator and party, because they have one name
/// and one party.
fn printed(figure: &Figure, place: u128) -> Measure {
    let indicator = Indicator::of(figure);
    let measured = Measured { as_of: figure.as_of, period: figure.period, event_dates: figure.event_dates.clone() };
    Measure {
        observation: Id::new(Uuid::from_u128(place)),
        indicator: Id::new(Uuid::nil()),
        party: Id::new(Uuid::nil()),
        place: Default::default(),
        label: figure.label.clone(),
        kind: figure.kind,
        stated: Stated::of(figure),
        unit: figure.unit.clone(),
        adds_up: None,
        counting: Counting::said_by(&indicator),
        time: Time::of(&measured, &indicator, None),
        scope: figure.scope.clone(),
        fact: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{FigureKind, State};
    use crate::locus::Source;

    fn figure(as_of: &str, unit: &str, scope: Option<&str>, qualifier: Option<&str>) -> Figure {
        Figure {
            observation: None,
            label: "相談者".into(),
            state: State::Value,
            value: Some(100.into()),
            unit: Some(unit.into()),
            kind: FigureKind::Actual,
            as_of: as_of.parse().ok(),
            period: None,
            event_dates: Vec::new(),
            scope: scope.map(str::to_owned),
            qualifier: qualifier.map(str::to_owned),
            provisional: false,
            source: Source::none(),
            span: None,
        }
    }

    #[test]
    fn figures_form_a_series_if_only_the_year_differs() {
        let now = figure("2026-01-31", "人", Some("市内"), None);
        for (before, years, expected) in [
            (figure("2025-01-31", "人", Some("市内"), None), 1, true),
            (figure("2025-01", "人", Some("市内"), None), 1, true),
            (figure("2023-01-31", "名", Some("市内"), None), 3, true),
            (figure("2024-01-31", "人", Some("市内"), None), 1, false),
            (figure("2025-03-31", "人", Some("市内"), None), 1, false),
            (figure("", "人", Some("市内"), None), 1, false),
            (figure("2025-01-31", "件", Some("市内"), None), 1, false),
            (figure("2025-01-31", "人", Some("全県"), None), 1, false),
            (figure("2025-01-31", "人", None, None), 1, false),
            (figure("2025-01-31", "人", Some("市内"), Some("延べ")), 1, false),
        ] {
            assert_eq!(in_one_line(&now, &before, years).is_ok(), expected, "{before:?}");
        }
    }
}
