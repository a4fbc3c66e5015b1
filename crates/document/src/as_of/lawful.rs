//! 合算と比較 — sums, differences, quotients and comparisons with the year before. Each function returns a result if the
//! operation is lawful (allowed by the rules of this module), otherwise every reason against it.
//!
//! A provisional value (見込) makes the result provisional. A state is never treated as 0: a sum leaves out values with
//! 実績なし and lists them, and is refused if a value is 未集計 or 秘匿. A shared fact is counted once, even if several parties
//! report it.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;

use super::measure::{Measure, Time};
use super::pairing::{Scopes, alike, scopes};
use super::unlawful::{OtherTime, Unlawful};
use crate::counting::{AddsUp, Counting};
use crate::figure::{State, Stated};
use crate::id::{self, Id};
use crate::quantity::same_unit;

/// 合計 — a lawful sum, with the values that were added and left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    pub value: Decimal,
    pub unit: Option<String>,
    /// Whether one of the added values is provisional (見込).
    pub provisional: bool,
    /// The values that were added, in order of time.
    pub parts: Vec<Id<id::Observation>>,
    /// The values left out, each with its state: 実績なし is not 0.
    pub left_out: Vec<(Id<id::Observation>, State)>,
    /// Values left out because another added value reports the same shared fact.
    pub told_already: Vec<Id<id::Observation>>,
    /// The time that the sum covers; `None` if there is no single such time, because each part has its own days.
    pub time: Option<Time>,
}

/// 差 — a lawful difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub value: Decimal,
    pub unit: Option<String>,
    pub provisional: bool,
}

/// 前年比 — a lawful comparison with the same time of the year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearOnYear {
    pub change: Difference,
    /// Change in per cent of the value of the year before; `None` if that value was 0.
    pub percent: Option<Decimal>,
}

/// 比 — a lawful quotient. It is in per cent if both values have the same unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotient {
    pub value: Decimal,
    pub is_percent: bool,
    /// `%`, or a pair such as 件/人 if the units differ.
    pub unit: String,
    pub provisional: bool,
}

/// 合算・比較の答え — a lawful result, or all reasons against the operation, each once and in a fixed order.
pub type Lawful<T> = Result<T, Vec<Unlawful>>;

/// Returns the sum of values over rows, parties or periods. The order of `measures` does not change the result.
pub fn sum(measures: &[Measure]) -> Lawful<Sum> {
    let mut parts: Vec<&Measure> = measures.iter().collect();
    parts.sort_by(|one, other| (&one.time, one.place).cmp(&(&other.time, other.place)));
    parts.dedup_by_key(|part| part.observation);
    if parts.len() < 2 {
        return Err(vec![Unlawful::TooFew]);
    }
    let mut reasons = BTreeSet::new();
    let told_already = tell_once(&mut parts, &mut reasons);
    for part in &parts {
        reasons.extend(why_not_alone(part));
    }
    reasons.extend(why_not_together(&parts));
    let mut left_out = Vec::new();
    let (mut value, mut provisional, mut added) = (Decimal::ZERO, false, Vec::new());
    for part in &parts {
        match part.stated {
            Stated::Without(state) => left_out.push((part.observation, state)),
            Stated::Value { value: more, provisional: is_provisional } => {
                match value.checked_add(more) {
                    Some(sum) => value = sum,
                    None => drop(reasons.insert(Unlawful::TooLarge)),
                }
                provisional |= is_provisional;
                added.push(part.observation);
            }
        }
    }
    if added.is_empty() {
        reasons.insert(Unlawful::NothingToAdd);
    }
    if !reasons.is_empty() {
        return Err(reasons.into_iter().collect());
    }
    let (unit, time) = (parts[0].unit.clone(), time_of(&parts));
    Ok(Sum { value, unit, provisional, parts: added, left_out, told_already, time })
}

/// Returns `one` minus `other`: allowed for two values of one time, and for one indicator at two moments or in two
/// years.
pub fn difference(one: &Measure, other: &Measure) -> Lawful<Difference> {
    let mut reasons = why_not_comparable(one, other);
    let years_apart = || same_time_of_another_year(&one.time, &other.time).is_some();
    if one.indicator == other.indicator {
        let moments = matches!(
            (&one.time, &other.time),
            (Time::Moment(_), Time::Moment(_)) | (Time::Since { .. }, Time::Since { .. })
        );
        if !moments && !years_apart() {
            reasons.extend(times_differ(one, other));
        }
    } else {
        reasons.extend(times_differ(one, other));
    }
    let value = subtract(one, other, &mut reasons);
    answer(reasons, value)
}

/// Compares `now` with the value of the same time of the year before.
pub fn year_on_year(now: &Measure, before: &Measure) -> Lawful<YearOnYear> {
    let mut reasons = why_not_comparable(now, before);
    if now.indicator != before.indicator {
        reasons.insert(Unlawful::IndicatorsDiffer);
    }
    if now.kind != before.kind {
        reasons.insert(kinds_differ(now, before));
    }
    let unsaid = times_unsaid(now, before);
    if unsaid.is_empty() && same_time_of_another_year(&before.time, &now.time) != Some(1) {
        reasons.insert(Unlawful::Time(OtherTime::NotAYearApart));
    }
    reasons.extend(unsaid);
    let change = subtract(now, before, &mut reasons);
    let change = answer(reasons, change)?;
    let percent = value_of(before).and_then(|base| percent(change.value, base));
    Ok(YearOnYear { change, percent })
}

/// Returns `numerator` divided by `denominator`, which must have the same time and scope.
pub fn quotient(numerator: &Measure, denominator: &Measure) -> Lawful<Quotient> {
    let mut reasons = same_scope(numerator, denominator);
    if numerator.observation == denominator.observation {
        reasons.insert(Unlawful::SameTwice { label: numerator.label.clone() });
    }
    if numerator.counting != denominator.counting {
        reasons.insert(counting_differs(numerator, denominator));
    }
    reasons.extend(times_differ(numerator, denominator));
    let values = values(numerator, denominator, &mut reasons);
    let is_percent = same_unit(numerator.unit.as_deref(), denominator.unit.as_deref());
    let value = values.and_then(|(above, below)| {
        if below.is_zero() {
            reasons.insert(Unlawful::DivisionByZero { label: denominator.label.clone() });
            return None;
        }
        let value = if is_percent { percent(above, below) } else { above.checked_div(below) };
        if value.is_none() {
            reasons.insert(Unlawful::TooLarge);
        }
        value
    });
    let word = |measure: &Measure| measure.unit.clone().unwrap_or_default();
    let unit = if is_percent { "%".to_owned() } else { format!("{}/{}", word(numerator), word(denominator)) };
    let provisional = is_provisional(numerator) || is_provisional(denominator);
    match value {
        Some(value) if reasons.is_empty() => Ok(Quotient { value, is_percent, unit, provisional }),
        _ => Err(reasons.into_iter().collect()),
    }
}

/// Keeps one report of each shared fact at each time, and returns the ids of the removed reports.
fn tell_once(parts: &mut Vec<&Measure>, reasons: &mut BTreeSet<Unlawful>) -> Vec<Id<id::Observation>> {
    let mut first: HashMap<(Id<id::SharedFact>, &Time), &Measure> = HashMap::new();
    let mut told = Vec::new();
    parts.retain(|part| {
        let Some(fact) = part.fact else { return true };
        let Some(known) = first.get(&(fact, &part.time)) else {
            first.insert((fact, &part.time), part);
            return true;
        };
        if !known.stated.says_the_same_as(&part.stated) {
            let label = known.label.clone().min(part.label.clone());
            reasons.insert(Unlawful::FactDiffers { label });
        }
        told.push(part.observation);
        false
    });
    told
}

fn why_not_alone(part: &Measure) -> Option<Unlawful> {
    let label = || part.label.clone();
    match part.adds_up {
        None => return Some(Unlawful::AddingUndecided { label: label() }),
        Some(AddsUp::Never) => return Some(Unlawful::NeverAdds { label: label() }),
        Some(AddsUp::Sum | AddsUp::Latest) => {}
    }
    match part.stated {
        Stated::Without(state @ (State::NotCompiled | State::Ongoing | State::Withheld | State::Suppressed)) => {
            Some(Unlawful::ValueUnknown { label: label(), state: crate::passage::word_of(state) })
        }
        _ => None,
    }
}

/// Returns every reason against adding the parts. Each pair of parts is checked, and then their periods together.
fn why_not_together(parts: &[&Measure]) -> BTreeSet<Unlawful> {
    let mut reasons = BTreeSet::new();
    for (place, one) in parts.iter().enumerate() {
        for other in &parts[place + 1..] {
            reasons.extend(alike(one, other));
            reasons.extend(times_and_scopes(one, other));
        }
    }
    let of_one = |part: &&Measure| part.indicator == parts[0].indicator && part.time != parts[0].time;
    let spans: Vec<_> = parts.iter().filter_map(|part| span(&part.time)).collect();
    let over_time = parts[1..].iter().any(of_one) && spans.len() == parts.len();
    if over_time && spans.windows(2).any(|two| two[0].1 < two[1].0 && two[0].1.tomorrow().ok() != Some(two[1].0)) {
        reasons.insert(Unlawful::Time(OtherTime::PeriodsLeaveAGap));
    }
    reasons
}

fn span(time: &Time) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    if let Time::Span { from, to } = time { Some((*from, *to)) } else { None }
}

fn times_and_scopes(one: &Measure, other: &Measure) -> BTreeSet<Unlawful> {
    let scopes = scopes(one, other);
    let mut reasons: BTreeSet<Unlawful> = times_unsaid(one, other);
    reasons.extend(scopes.why_not_added());
    if !reasons.is_empty() && one.time != other.time {
        return reasons;
    }
    let is_one_thing = one.indicator == other.indicator && scopes.are_same();
    let label = || one.label.clone().min(other.label.clone());
    if one.time == other.time {
        if is_one_thing {
            reasons.insert(Unlawful::SameTwice { label: label() });
        } else if one.counting == Some(Counting::Persons) && scopes.are_same() {
            reasons.insert(Unlawful::PersonsInBoth { label: label() });
        }
        return reasons;
    }
    let latest = is_one_thing && one.adds_up == Some(AddsUp::Latest);
    let reason = match (&one.time, &other.time) {
        _ if latest => Some(Unlawful::Time(OtherTime::LatestOverTime { label: label() })),
        (Time::Days(mine), Time::Days(theirs)) => {
            let shared = is_one_thing && mine.iter().any(|day| theirs.contains(day));
            shared.then_some(Unlawful::Time(OtherTime::PeriodsOverlap))
        }
        (Time::Span { from, to }, Time::Span { from: first, to: last }) if is_one_thing => {
            (from <= last && first <= to).then_some(Unlawful::Time(OtherTime::PeriodsOverlap))
        }
        (Time::Moment(_), Time::Moment(_)) if is_one_thing => {
            Some(Unlawful::Time(OtherTime::LatestOverTime { label: label() }))
        }
        (Time::Since { .. }, Time::Since { .. }) if is_one_thing => Some(Unlawful::Time(OtherTime::PeriodsOverlap)),
        _ => times_differ(one, other).into_iter().next(),
    };
    if reason.is_none() && one.counting == Some(Counting::Persons) {
        reasons.insert(Unlawful::PersonsInBoth { label: label() });
    }
    reasons.extend(reason);
    reasons
}

/// Returns the time that a lawful sum covers.
fn time_of(parts: &[&Measure]) -> Option<Time> {
    let (first, last) = (parts.first()?, parts.last()?);
    match (&first.time, &last.time) {
        (one, other) if one == other => Some(one.clone()),
        (Time::Span { from, .. }, Time::Span { to, .. }) => Some(Time::Span { from: *from, to: *to }),
        _ => None,
    }
}

fn why_not_comparable(one: &Measure, other: &Measure) -> BTreeSet<Unlawful> {
    let mut reasons = same_scope(one, other);
    if one.observation == other.observation {
        reasons.insert(Unlawful::SameTwice { label: one.label.clone().min(other.label.clone()) });
    }
    reasons.extend(alike(one, other).into_iter().filter(|reason| !matches!(reason, Unlawful::KindsDiffer { .. })));
    reasons
}

fn same_scope(one: &Measure, other: &Measure) -> BTreeSet<Unlawful> {
    match scopes(one, other) {
        Scopes::Same => BTreeSet::new(),
        lie => lie.why_not_compared().into_iter().collect(),
    }
}

fn times_unsaid(one: &Measure, other: &Measure) -> BTreeSet<Unlawful> {
    let unsaid = [one, other].into_iter().filter(|measure| measure.time == Time::Unsaid);
    unsaid.map(|measure| Unlawful::Time(OtherTime::TimeUnsaid { label: measure.label.clone() })).collect()
}

/// Returns the reasons why two times are not the same.
fn times_differ(one: &Measure, other: &Measure) -> BTreeSet<Unlawful> {
    let unsaid = times_unsaid(one, other);
    if one.time == other.time || !unsaid.is_empty() {
        return unsaid;
    }
    let reason = match (&one.time, &other.time) {
        (Time::Since { .. }, Time::Span { .. }) | (Time::Span { .. }, Time::Since { .. }) => {
            Unlawful::Time(OtherTime::CumulationDiffers)
        }
        (one, other) if !one.is_of_one_kind_with(other) => Unlawful::Time(OtherTime::TimesOfOtherKinds),
        (Time::Moment(_) | Time::Since { .. }, _) => Unlawful::Time(OtherTime::MomentsDiffer),
        _ => Unlawful::Time(OtherTime::PeriodsDiffer),
    };
    BTreeSet::from([reason])
}

/// Returns how many years `later` is after `earlier`; `None` if the two are not the same time of different years.
fn same_time_of_another_year(earlier: &Time, later: &Time) -> Option<i16> {
    let years = later.last_day()?.year() - earlier.last_day()?.year();
    (earlier.moved(years) == *later).then_some(years)
}

fn kinds_differ(one: &Measure, other: &Measure) -> Unlawful {
    let words = super::pairing::in_order(crate::figure_words::kind(one.kind), crate::figure_words::kind(other.kind));
    Unlawful::KindsDiffer { words }
}

fn counting_differs(one: &Measure, other: &Measure) -> Unlawful {
    let word = super::unlawful::counting_word;
    Unlawful::CountingDiffers { words: super::pairing::in_order(word(one.counting), word(other.counting)) }
}

fn value_of(measure: &Measure) -> Option<Decimal> {
    if let Stated::Value { value, .. } = measure.stated { Some(value) } else { None }
}

fn is_provisional(measure: &Measure) -> bool {
    matches!(measure.stated, Stated::Value { provisional: true, .. })
}

fn values(one: &Measure, other: &Measure, reasons: &mut BTreeSet<Unlawful>) -> Option<(Decimal, Decimal)> {
    for measure in [one, other] {
        if let Stated::Without(state) = measure.stated {
            reasons.insert(Unlawful::no_value(&measure.label, state));
        }
    }
    value_of(one).zip(value_of(other))
}

fn subtract(one: &Measure, other: &Measure, reasons: &mut BTreeSet<Unlawful>) -> Option<Difference> {
    let (mine, theirs) = values(one, other, reasons)?;
    let provisional = is_provisional(one) || is_provisional(other);
    let Some(value) = mine.checked_sub(theirs) else {
        reasons.insert(Unlawful::TooLarge);
        return None;
    };
    Some(Difference { value, unit: one.unit.clone(), provisional })
}

fn answer<T>(reasons: BTreeSet<Unlawful>, value: Option<T>) -> Lawful<T> {
    match value {
        Some(value) if reasons.is_empty() => Ok(value),
        _ => Err(reasons.into_iter().collect()),
    }
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}
