//! What pages say of indicators and their values.

use renkei_domain::indicator::{AddsUp, Counting, Target};
use renkei_domain::language::Language;
use renkei_domain::observation::{Measured, Stated};
use renkei_domain::passage::with_separators;
use renkei_domain::view::{IndicatorView, ObservationView};
use rust_decimal::Decimal;

use crate::figure_words as words;
use crate::phrases::{phrase, say};

/// The newest value with its unit and its time.
pub(super) struct Newest {
    pub value: String,
    pub unit: String,
    pub measured: String,
}

pub(super) fn newest(language: Language, seen: &ObservationView<'_>) -> Newest {
    let stated = seen.observation.current();
    let has_value = matches!(stated, Stated::Value { .. });
    Newest {
        value: words::stated_in(language, &stated),
        unit: seen.indicator.unit.clone().filter(|_| has_value).unwrap_or_default(),
        measured: measured(language, &seen.observation.measured),
    }
}

pub(super) fn measured(language: Language, said: &Measured) -> String {
    words::measured_in(language, said.as_of, said.period, &said.event_dates)
}

pub(super) fn scope_of(view: &IndicatorView<'_>) -> String {
    view.terms().scope.unwrap_or_default().to_owned()
}

pub(super) fn unit_of(view: &IndicatorView<'_>) -> String {
    view.terms().unit.unwrap_or_default().to_owned()
}

/// 1,500人（令和9年3月）.
pub(super) fn target(language: Language, view: &IndicatorView<'_>, target: &Target) -> String {
    let value = target.value.map(number).unwrap_or_default();
    crate::phrases::tell(language, "{}{}（{}）", [value, unit_of(view), words::as_of_in(language, target.by)])
}

pub(super) fn number(value: Decimal) -> String {
    with_separators(&value.round_dp(2).normalize().to_string())
}

/// With its sign: ＋104, −3.
pub(super) fn change(value: Decimal) -> String {
    let plain = number(value.abs());
    match value {
        value if value.is_zero() => "±0".to_owned(),
        value if value.is_sign_negative() => format!("−{plain}"),
        _ => format!("＋{plain}"),
    }
}

pub(super) fn adds_up(adds_up: Option<AddsUp>) -> &'static str {
    match adds_up {
        None => phrase("まだ決めていない"),
        Some(AddsUp::Sum) => phrase("合計する（期間の数を足すと年度の数になる）"),
        Some(AddsUp::Latest) => phrase("最新を使う（ある時点の数）"),
        Some(AddsUp::Never) => phrase("合算しない（率、順位、単価）"),
    }
}

pub(super) fn counting(counting: Option<Counting>) -> &'static str {
    match counting {
        None => phrase("区別しない"),
        Some(Counting::Visits) => phrase("延べ（来るたびに数える）"),
        Some(Counting::Persons) => phrase("実（一人を一度だけ数える）"),
    }
}

/// A text of the visitor's language, or that nothing is said.
pub(super) fn or_unsaid(language: Language, text: &str) -> String {
    if text.trim().is_empty() { say(language, "記載なし").to_owned() } else { text.to_owned() }
}
