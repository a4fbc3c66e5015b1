//! Indicators and their values as text for pages.

use renkei_document::figure::{Measured, Stated};
use renkei_document::language::Language;
use renkei_document::passage::with_separators;
use renkei_domain::handover::target_in;
use renkei_domain::indicator::Target;
use renkei_domain::indicator::view::IndicatorView;
use renkei_domain::view::ObservationView;
use rust_decimal::Decimal;

use crate::frame::figure_words as words;
use crate::frame::phrases::say;

/// The newest value with its unit and its time.
pub(crate) struct Newest {
    pub value: String,
    pub unit: String,
    pub measured: String,
}

pub(crate) fn newest(language: Language, seen: &ObservationView<'_>) -> Newest {
    let stated = seen.observation.current();
    let has_value = matches!(stated, Stated::Value { .. });
    Newest {
        value: words::stated_in(language, &stated),
        unit: seen.indicator.unit.clone().filter(|_| has_value).unwrap_or_default(),
        measured: measured(language, &seen.observation.measured),
    }
}

pub(crate) fn measured(language: Language, said: &Measured) -> String {
    words::measured_in(language, said.as_of, said.period, &said.event_dates)
}

pub(crate) fn scope_of(view: &IndicatorView<'_>) -> String {
    view.terms().scope.unwrap_or_default().to_owned()
}

pub(crate) fn unit_of(view: &IndicatorView<'_>) -> String {
    view.terms().unit.unwrap_or_default().to_owned()
}

/// Returns a target as text: 1,500人（令和9年3月）.
pub(crate) fn target(language: Language, view: &IndicatorView<'_>, target: &Target) -> String {
    target_in(language, &unit_of(view), target)
}

pub(crate) fn number(value: Decimal) -> String {
    with_separators(&value.round_dp(2).normalize().to_string())
}

/// Returns a change with its sign: ＋104, −3.
pub(crate) fn change(value: Decimal) -> String {
    let plain = number(value.abs());
    match value {
        value if value.is_zero() => "±0".to_owned(),
        value if value.is_sign_negative() => format!("−{plain}"),
        _ => format!("＋{plain}"),
    }
}

/// Returns the text, or the words for "not stated" in the visitor's language if the text is empty.
pub(crate) fn or_unsaid(language: Language, text: &str) -> String {
    if text.trim().is_empty() { say(language, "記載なし").to_owned() } else { text.to_owned() }
}
