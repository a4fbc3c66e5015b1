//! 割合 — finds a share, rate or attainment that differs from the quotient of the figures around it. An example of a
//! correct one: 404社 / 757社 = 53.4 %.
//!
//! The numerator is the count that the rate names (就職率: 就職件数); the denominator is any count of the same kind in the
//! row. Both rounding and truncating are accepted. If the rate names no count, nothing is reported.

use rust_decimal::Decimal;

use crate::figure::FigureKind;
use crate::finding::{Finding, Notice};

use super::printed::{Printed, printed};
use super::row::Row;

pub(super) fn check(row: &Row<'_>) -> Vec<Finding> {
    let figures = printed(row);
    let rates = figures.iter().enumerate().filter(|(_, figure)| {
        figure.is_rate() && matches!(figure.figure.kind, FigureKind::Actual | FigureKind::Derived)
    });
    rates.filter_map(|(i, rate)| wrong_rate(row, rate, &figures[..i], &figures)).collect()
}

fn wrong_rate(row: &Row<'_>, rate: &Printed<'_>, before: &[Printed<'_>], all: &[Printed<'_>]) -> Option<Finding> {
    let named = named_share(&rate.before).or_else(|| named_share(&rate.figure.label))?;
    let quotients = if ["達成", "進捗"].iter().any(|word| named.ends_with(word)) {
        attainments(before, all)
    } else {
        shares(&named, before, all)
    };
    let off = |quotient: &(Decimal, String)| (quotient.0 - rate.value).abs();
    let nearest = quotients.iter().min_by_key(|quotient| off(quotient))?;
    let last_place = Decimal::new(1, rate.value.scale());
    let only_one = quotients.len() == 1;
    if off(nearest) < last_place || (!only_one && off(nearest) > Decimal::TEN) {
        return None;
    }
    let notice = Notice::FigureRate {
        printed: format!("{}%", rate.value),
        computed: format!("{}%", nearest.0.round_dp(rate.value.scale())),
        from: nearest.1.clone(),
    };
    Some(Finding::new(notice, row.place_of(rate.figure)))
}

/// Returns the name of the count in the name of a rate: 未達成企業 for 未達成企業割合.
fn named_share(words: &str) -> Option<String> {
    let end = ["率", "割合"].iter().filter_map(|word| words.rfind(word)).max()?;
    let name = words[..end].rsplit(|c: char| "、。（(：:・ 　\n「」はがのうち".contains(c)).next()?;
    (name.chars().count() >= 2).then(|| name.to_owned())
}

/// Returns the quotient in per cent, and the two figures as text.
fn quotient(numerator: &Printed<'_>, denominator: &Printed<'_>) -> Option<(Decimal, String)> {
    let value = numerator.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(denominator.value)?;
    Some((value, format!("{} / {}", numerator.said(), denominator.said())))
}

fn shares(named: &str, before: &[Printed<'_>], all: &[Printed<'_>]) -> Vec<(Decimal, String)> {
    let numerators = before.iter().filter(|figure| figure.is_count() && figure.speaks_of(&[named]));
    let of = |numerator| {
        let whole = |figure: &&Printed<'_>| {
            figure.is_count() && figure.counted_in == numerator_unit(numerator) && figure.value > numerator.value
        };
        all.iter().filter(whole).filter_map(move |denominator| quotient(numerator, denominator)).collect::<Vec<_>>()
    };
    numerators.flat_map(of).collect()
}

fn numerator_unit(numerator: &Printed<'_>) -> &'static str {
    numerator.counted_in
}

/// Returns the possible attainments, 実績 / 目標, if the row states its target.
fn attainments(before: &[Printed<'_>], all: &[Printed<'_>]) -> Vec<(Decimal, String)> {
    let Some(actual) = before.iter().rfind(|figure| figure.is_count()) else { return Vec::new() };
    let target =
        |figure: &&Printed<'_>| figure.figure.kind == FigureKind::Target && figure.counted_in == actual.counted_in;
    all.iter().filter(target).filter_map(|target| quotient(actual, target)).collect()
}
