//! Tests of adding and comparing: a table of cases, and properties that hold for all values.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::counting::{AddsUp, Counting};
use crate::figure::{FigureKind, State, Stated};
use crate::id::{Id, Place};
use crate::language::Language;

fn id<T>(number: u128) -> Id<T> {
    Id::new(uuid::Uuid::from_u128(number))
}

fn of_year(year: i16) -> Time {
    Time::Span { from: date(year, 4, 1), to: date(year + 1, 3, 31) }
}

fn span(from: Date, to: Date) -> Time {
    Time::Span { from, to }
}

/// Returns a measure of 10件 for 相談件数, 市内, 令和7年度.
fn cases(observation: u128) -> Measure {
    Measure {
        observation: id(observation),
        indicator: id(1),
        party: id(1),
        place: (Place::default(), Place::after(usize::try_from(observation).unwrap())),
        label: "相談件数".into(),
        kind: FigureKind::Actual,
        stated: Stated::Value { value: 10.into(), provisional: false },
        unit: Some("件".into()),
        adds_up: Some(AddsUp::Sum),
        counting: None,
        time: of_year(2025),
        scope: Some("市内".into()),
        fact: None,
    }
}

/// Returns the same measure for another indicator and party.
fn theirs(observation: u128) -> Measure {
    Measure { indicator: id(2), party: id(2), label: "窓口相談".into(), ..cases(observation) }
}

fn codes<T>(answer: Lawful<T>) -> Vec<String> {
    let name = |reason: Unlawful| {
        let told = format!("{reason:?}").replace("Time(", "").replace("Scope(", "");
        told[..told.find([' ', '{', ')']).unwrap_or(told.len())].to_owned()
    };
    answer.err().unwrap_or_default().into_iter().map(name).collect()
}

#[track_caller]
fn check_sum(one: Measure, other: Measure, expected: &[&str]) {
    assert_eq!(codes(sum(&[one.clone(), other.clone()])), expected);
    assert_eq!(sum(&[other.clone(), one.clone()]), sum(&[one, other]), "whichever comes first");
}

fn provisional(measure: Measure) -> Measure {
    Measure { stated: Stated::Value { value: 5.into(), provisional: true }, ..measure }
}

fn without(measure: Measure, state: State) -> Measure {
    Measure { stated: Stated::Without(state), ..measure }
}

#[test]
fn a_sum_over_rows_and_parties_is_lawful_or_refused_with_reasons() {
    let other = |change: fn(&mut Measure)| {
        let mut measure = theirs(2);
        change(&mut measure);
        measure
    };
    check_sum(cases(1), theirs(2), &[]);
    check_sum(cases(1), other(|m| m.scope = Some("市外".into())), &[]);
    check_sum(cases(1), other(|m| m.unit = Some("人".into())), &["UnitsDiffer"]);
    check_sum(cases(1), other(|m| m.adds_up = None), &["AddingUndecided"]);
    check_sum(cases(1), other(|m| m.adds_up = Some(AddsUp::Never)), &["NeverAdds"]);
    check_sum(cases(1), other(|m| m.counting = Some(Counting::Visits)), &["CountingDiffers"]);
    check_sum(cases(1), other(|m| m.kind = FigureKind::Target), &["KindsDiffer"]);
    check_sum(cases(1), other(|m| m.scope = Some("全県".into())), &["ScopeHolds"]);
    check_sum(cases(1), other(|m| m.scope = Some("みどり所管内".into())), &["ScopesUnclear"]);
    check_sum(cases(1), other(|m| m.scope = None), &["ScopeUnsaid"]);
    check_sum(Measure { scope: None, ..cases(1) }, other(|m| m.scope = None), &["ScopesUnsaid"]);
    check_sum(cases(1), other(|m| m.time = Time::Unsaid), &["TimeUnsaid"]);
    check_sum(cases(1), other(|m| m.time = of_year(2024)), &["PeriodsDiffer"]);
    check_sum(cases(1), other(|m| m.time = Time::Moment(date(2026, 3, 31))), &["TimesOfOtherKinds"]);
    check_sum(cases(1), other(|m| m.time = Time::Since { to: date(2026, 3, 31) }), &["CumulationDiffers"]);
    check_sum(cases(1), without(theirs(2), State::NotCompiled), &["ValueUnknown"]);
    check_sum(without(cases(1), State::None), without(theirs(2), State::None), &["NothingToAdd"]);
    check_sum(cases(1), cases(2), &["SameTwice"]);
    check_sum(cases(1), cases(1), &["TooFew"]);
    let persons = |measure: Measure| Measure { counting: Some(Counting::Persons), ..measure };
    check_sum(persons(cases(1)), persons(theirs(2)), &["PersonsInBoth"]);
    let moment = |measure: Measure, day| Measure { time: Time::Moment(day), adds_up: Some(AddsUp::Latest), ..measure };
    check_sum(moment(cases(1), date(2026, 1, 31)), moment(theirs(2), date(2026, 1, 31)), &[]);
    check_sum(moment(cases(1), date(2026, 1, 31)), moment(theirs(2), date(2026, 2, 28)), &["MomentsDiffer"]);
    let largest = Measure { stated: Stated::Value { value: Decimal::MAX, provisional: false }, ..cases(1) };
    check_sum(largest, theirs(2), &["TooLarge"]);
}

#[test]
fn a_sum_over_periods_neither_overlaps_nor_leaves_a_gap() {
    let at = |observation, from, to| Measure { time: span(from, to), ..cases(observation) };
    let spring = at(1, date(2025, 4, 1), date(2025, 6, 30));
    let summer = at(2, date(2025, 7, 1), date(2025, 9, 30));
    let winter = at(3, date(2025, 12, 1), date(2025, 12, 31));
    check_sum(spring.clone(), summer.clone(), &[]);
    check_sum(spring.clone(), winter.clone(), &["PeriodsLeaveAGap"]);
    check_sum(spring.clone(), at(4, date(2025, 6, 30), date(2025, 9, 30)), &["PeriodsOverlap"]);
    let autumn = at(5, date(2025, 10, 1), date(2025, 11, 30));
    let all = sum(&[winter, autumn, spring.clone(), summer]).expect("lawful");
    assert_eq!((all.value, all.time), (40.into(), Some(span(date(2025, 4, 1), date(2025, 12, 31)))));
    let latest =
        |observation, day| Measure { adds_up: Some(AddsUp::Latest), time: Time::Moment(day), ..cases(observation) };
    check_sum(latest(1, date(2025, 3, 31)), latest(2, date(2026, 3, 31)), &["LatestOverTime"]);
    let held = |observation, days: &[Date]| Measure { time: Time::Days(days.to_vec()), ..cases(observation) };
    check_sum(held(1, &[date(2025, 5, 1)]), held(2, &[date(2025, 6, 1)]), &[]);
    check_sum(held(1, &[date(2025, 5, 1), date(2025, 6, 1)]), held(2, &[date(2025, 6, 1)]), &["PeriodsOverlap"]);
    check_sum(
        Measure { counting: Some(Counting::Persons), ..spring },
        {
            let summer = at(2, date(2025, 7, 1), date(2025, 9, 30));
            Measure { counting: Some(Counting::Persons), ..summer }
        },
        &["PersonsInBoth"],
    );
}

#[test]
fn a_sum_lists_the_states_it_leaves_out_and_is_provisional_if_a_part_is() {
    let answer = sum(&[provisional(cases(1)), without(theirs(2), State::None)]).expect("lawful");
    assert_eq!((answer.value, answer.provisional), (5.into(), true));
    assert_eq!(answer.left_out, [(id(2), State::None)]);
}

#[test]
fn a_shared_fact_is_counted_once_whichever_party_reports_it() {
    let fact = |measure: Measure| Measure { fact: Some(id(9)), ..measure };
    let answer = sum(&[fact(cases(1)), fact(theirs(2)), Measure { indicator: id(3), ..theirs(3) }]).expect("lawful");
    assert_eq!((answer.value, answer.told_already.as_slice()), (20.into(), [id(2)].as_slice()));
    check_sum(fact(cases(1)), provisional(fact(theirs(2))), &["FactDiffers"]);
}

#[test]
fn a_difference_needs_one_time_or_one_indicator_at_two_times() {
    let value = |answer: Lawful<Difference>| answer.map(|found| found.value).map_err(|_| ());
    assert_eq!(value(difference(&cases(1), &provisional(theirs(2)))), Ok(5.into()));
    let before = Measure { time: of_year(2023), ..cases(2) };
    assert_eq!(value(difference(&cases(1), &before)), Ok(0.into()));
    let moment = |observation, day| Measure { time: Time::Moment(day), ..cases(observation) };
    assert_eq!(value(difference(&moment(1, date(2026, 1, 31)), &moment(2, date(2025, 10, 5)))), Ok(0.into()));
    for (other, expected) in [
        (Measure { time: of_year(2024), ..theirs(2) }, "PeriodsDiffer"),
        (Measure { time: span(date(2025, 4, 1), date(2025, 9, 30)), ..cases(2) }, "PeriodsDiffer"),
        (Measure { scope: Some("市外".into()), ..cases(2) }, "ScopesDiffer"),
        (without(theirs(2), State::None), "NoValue"),
    ] {
        assert_eq!(codes(difference(&cases(1), &other)), [expected]);
        assert_eq!(codes(difference(&other, &cases(1))), [expected], "both ways");
    }
}

#[test]
fn a_year_is_compared_with_the_same_time_of_the_year_before() {
    let at = |observation, time| Measure { time, ..cases(observation) };
    let to_january = |year: i16| span(date(year, 4, 1), date(year + 1, 1, 31));
    let answer = year_on_year(&at(1, to_january(2025)), &provisional(at(2, to_january(2024)))).expect("lawful");
    assert_eq!((answer.change.value, answer.percent), (5.into(), Some(100.into())));
    assert!(answer.change.provisional);
    for (before, expected) in [
        (at(2, of_year(2024)), "NotAYearApart"),
        (at(2, to_january(2023)), "NotAYearApart"),
        (at(2, Time::Unsaid), "TimeUnsaid"),
        (Measure { indicator: id(2), ..at(2, to_january(2024)) }, "IndicatorsDiffer"),
        (Measure { scope: Some("全県".into()), ..at(2, to_january(2024)) }, "ScopeHolds"),
        (Measure { kind: FigureKind::Target, ..at(2, to_january(2024)) }, "KindsDiffer"),
    ] {
        assert_eq!(codes(year_on_year(&at(1, to_january(2025)), &before)), [expected]);
    }
    let none = Measure { stated: Stated::Value { value: 0.into(), provisional: false }, ..at(2, to_january(2024)) };
    assert_eq!(year_on_year(&at(1, to_january(2025)), &none).expect("lawful").percent, None);
}

#[test]
fn a_quotient_needs_one_time_and_one_scope() {
    let found = Measure { stated: Stated::Value { value: 4.into(), provisional: false }, ..cases(1) };
    let rate = quotient(&found, &theirs(2)).expect("lawful");
    assert_eq!((rate.value, rate.unit.as_str()), (40.into(), "%"));
    let each = quotient(&cases(1), &Measure { unit: Some("人".into()), ..theirs(2) }).expect("lawful");
    assert_eq!((each.value, each.unit.as_str()), (1.into(), "件/人"));
    let zero = Measure { stated: Stated::Value { value: 0.into(), provisional: false }, ..theirs(2) };
    for (below, expected) in [
        (zero, "DivisionByZero"),
        (Measure { time: of_year(2024), ..theirs(2) }, "PeriodsDiffer"),
        (Measure { scope: Some("全県".into()), ..theirs(2) }, "ScopeHolds"),
        (Measure { counting: Some(Counting::Persons), ..theirs(2) }, "CountingDiffers"),
        (without(theirs(2), State::NotCompiled), "NoValue"),
        (cases(1), "SameTwice"),
    ] {
        assert_eq!(codes(quotient(&cases(1), &below)), [expected]);
    }
}

#[test]
fn every_reason_is_a_sentence_in_both_languages() {
    let reasons = codes_of_all();
    for reason in reasons {
        assert!(reason.sentence_in(Language::Japanese).ends_with('。'), "{reason:?}");
        let english = reason.sentence_in(Language::English);
        assert!(english.ends_with('.') && english.len() > 20, "{reason:?}");
    }
}

fn codes_of_all() -> Vec<Unlawful> {
    let worst = Measure {
        unit: Some("人".into()),
        adds_up: None,
        counting: Some(Counting::Persons),
        kind: FigureKind::Target,
        scope: Some("全県".into()),
        time: Time::Unsaid,
        ..without(theirs(2), State::Suppressed)
    };
    let mut all = sum(&[cases(1), worst.clone()]).expect_err("unlawful");
    all.extend(year_on_year(&cases(1), &worst).expect_err("unlawful"));
    all.extend(quotient(&worst, &worst).expect_err("unlawful"));
    assert!(all.len() > 12);
    all
}

prop_compose! {
    fn measures()(observation in 1..9u128, indicator in 1..3u128, party in 1..3u128, value in -50..50i64, state in 0..6u8,
        adds_up in 0..4u8, counting in 0..4u8, scope in 0..5u8, time in 0..7u8, provisional: bool, fact in 0..4u8) -> Measure {
        let stated = match state {
            0 => Stated::Without(State::None),
            1 => Stated::Without(State::NotCompiled),
            _ => Stated::Value { value: value.into(), provisional },
        };
        let quarter = |n: i8| span(date(2025, 3 * n + 1, 1), date(2025, 3 * n + 3, 1).last_of_month());
        let time = match time {
            0 => Time::Unsaid,
            1 => Time::Moment(date(2025, 3, 31)),
            2 => Time::Since { to: date(2025, 3, 31) },
            n => quarter(n as i8 - 3),
        };
        Measure {
            observation: id(observation + 10 * u128::from(party as u8)), indicator: id(indicator), party: id(party),
            place: Default::default(), label: format!("指標{indicator}"), kind: FigureKind::Actual, stated,
            unit: Some("件".into()),
            adds_up: [None, Some(AddsUp::Sum), Some(AddsUp::Sum), Some(AddsUp::Latest)][usize::from(adds_up)],
            counting: [None, None, None, Some(Counting::Visits)][usize::from(counting)], time,
            scope: [None, Some("市内"), Some("市内"), Some("市外"), Some("全県")][usize::from(scope)].map(str::to_owned),
            fact: (fact == 0).then(|| id(5)),
        }
    }
}

/// Generates several similar measures, each with its own id.
fn several() -> impl Strategy<Value = Vec<Measure>> {
    proptest::collection::vec(measures(), 2..5).prop_map(|measures| {
        let numbered = measures.into_iter().enumerate();
        let placed = |number| (Place::default(), Place::after(number));
        // The ids descend while the places ascend, so the test fails if ids decide the order.
        let id = |number: usize| id(9 - u128::try_from(number).expect("small"));
        numbered
            .map(|(number, measure)| Measure { observation: id(number), place: placed(number), ..measure })
            .collect()
    })
}

proptest! {
    #[test]
    fn a_sum_is_the_same_in_any_order(measures in several(), turn in 0..4usize) {
        let mut turned = measures.clone();
        turned.rotate_left(turn % measures.len());
        prop_assert_eq!(sum(&turned), sum(&measures));
        turned.reverse();
        prop_assert_eq!(sum(&turned), sum(&measures));
    }

    #[test]
    fn a_lawful_sum_is_the_sum_of_its_parts_and_leaves_nothing_unsaid(measures in several()) {
        if let Ok(answer) = sum(&measures) {
            let part = |id: &Id<_>| measures.iter().find(|measure| measure.observation == *id).map(|measure| measure.stated);
            let values = answer.parts.iter().map(|id| match part(id) {
                Some(Stated::Value { value, .. }) => value,
                _ => panic!("a part without a value"),
            });
            prop_assert_eq!(values.sum::<Decimal>(), answer.value);
            prop_assert_eq!(answer.parts.len() + answer.left_out.len() + answer.told_already.len(), measures.len());
        }
    }

    #[test]
    fn measures_that_add_up_as_a_whole_add_up_in_part(measures in several()) {
        let no_facts: Vec<Measure> = measures.into_iter().map(|measure| Measure { fact: None, ..measure }).collect();
        let spans_differ = no_facts.windows(2).any(|two| two[0].time != two[1].time);
        if sum(&no_facts).is_ok() && !spans_differ {
            for (place, one) in no_facts.iter().enumerate() {
                for other in &no_facts[place + 1..] {
                    let states = [one, other].iter().all(|m| matches!(m.stated, Stated::Without(_)));
                    prop_assert!(states || sum(&[one.clone(), other.clone()]).is_ok());
                }
            }
        }
    }

    #[test]
    fn a_difference_is_refused_both_ways_or_neither_and_turns_its_sign(one in measures(), other in measures()) {
        match (difference(&one, &other), difference(&other, &one)) {
            (Ok(there), Ok(back)) => prop_assert_eq!(there.value, -back.value),
            (there, back) => prop_assert_eq!(there, back),
        }
    }

    #[test]
    fn a_lawful_comparison_is_a_lawful_difference(now in measures(), before in measures()) {
        if let Ok(found) = year_on_year(&now, &before) {
            prop_assert_eq!(Ok(found.change), difference(&now, &before));
        }
    }
}
