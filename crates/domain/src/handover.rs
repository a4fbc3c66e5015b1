//! 引継書 — the information that a successor needs about each indicator that a division is responsible for: its
//! definition, its target and its latest values, in words. The printed document and the page have the same content.

use std::collections::HashMap;

use renkei_document::counting::{AddsUp, Counting};
use renkei_document::document::PlanKind;
use renkei_document::figure::Stated;
use renkei_document::figure_words::{self, as_of_in, kind, measured_in, stated_in};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::handover::{Handover, HandoverSheet, HandoverValue};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_document::passage::with_separators;
use renkei_document::wareki::AsOf;

use crate::indicator::view::{IndicatorView, Indicators};
use crate::indicator::{IndicatorDefinition, QuotientOf, Target};
use crate::phrases::{say, tell};
use crate::view::{AgreementView, ObservationView};

/// Number of latest values that are shown. Older values are only counted here; the indicator's page lists them.
const LAST_VALUES: usize = 6;

/// Returns the handover of the indicators of the viewer's own party that a division is responsible for. `None` if there
/// are none.
pub fn of_division(agreement: AgreementView<'_>, division: &str, language: Language) -> Option<Handover> {
    let indicators = agreement.indicators();
    let kept: Vec<&IndicatorView<'_>> = indicators
        .iter()
        .filter(|view| view.is_own && view.keepers(agreement).contains(&division) && !division.is_empty())
        .collect();
    let mut parties: Vec<_> = kept.iter().map(|view| view.party).collect();
    parties.dedup();
    let shared = parties.len() > 1;
    let sheet = |view: &&IndicatorView<'_>| {
        let mut sheet = sheet_of(agreement, &indicators, view, language);
        if shared {
            let party = agreement.party_short_name(view.party).to_owned();
            sheet.pairs.insert(0, (say(language, "当事者"), vec![party]));
        }
        sheet
    };
    (!kept.is_empty()).then(|| Handover {
        agreement: agreement.agreement.text.title.clone().unwrap_or_default(),
        division: division.to_owned(),
        parties: parties.iter().map(|party| agreement.party_name(*party).to_owned()).collect(),
        sheets: kept.iter().map(sheet).collect(),
    })
}

/// Returns the sheet of one indicator, whichever division is responsible for it. Another party's internal notes are
/// left out, because the view does not contain them.
pub fn sheet_of<'a>(
    agreement: AgreementView<'a>,
    indicators: &Indicators<'a>,
    view: &IndicatorView<'a>,
    language: Language,
) -> HandoverSheet {
    let tables = tables(agreement, view);
    let values = view.observations.iter().rev().take(LAST_VALUES);
    HandoverSheet {
        indicator: view.id,
        name: view.printed.label.clone(),
        qualifier: view.printed.qualifier.clone().unwrap_or_default(),
        is_described: view.definition().is_some(),
        pairs: pairs(language, indicators, view),
        values: values.map(|seen| value(language, view, seen, tables.get(&seen.id).copied())).collect(),
        older: view.observations.len().saturating_sub(LAST_VALUES),
    }
}

/// Formats a target, for example 1,500人（令和9年3月）.
pub fn target_in(language: Language, unit: &str, target: &Target) -> String {
    let value = target.value.map(|value| with_separators(&value.round_dp(2).normalize().to_string()));
    tell(language, "{}{}（{}）", [value.unwrap_or_default().as_str(), unit, &as_of_in(language, target.by)])
}

fn pairs(
    language: Language,
    indicators: &Indicators<'_>,
    view: &IndicatorView<'_>,
) -> Vec<(&'static str, Vec<String>)> {
    let (definition, terms) = (view.definition().filter(|_| view.is_own), view.terms());
    let told = |text: Option<&str>| lines(language, text.unwrap_or_default());
    let text = |of: fn(&IndicatorDefinition) -> &str| told(definition.map(of));
    let due = definition.and_then(|said| said.next_due).map(|day| as_of_in(language, AsOf::Day(day)));
    let mut pairs = vec![
        (say(language, "何を数えるか"), told(view.definition().map(|said| said.meaning.as_str()))),
        (say(language, "単位"), told(terms.unit)),
        (say(language, "延べ・実"), vec![say(language, Counting::in_words(terms.counting)).to_owned()]),
        (say(language, "合算の仕方"), vec![say(language, AddsUp::in_words(terms.adds_up)).to_owned()]),
        (say(language, "範囲"), told(terms.scope)),
    ];
    if let Some(quotient) = view.definition().and_then(|said| said.quotient.as_ref()) {
        pairs.push((say(language, "率の組立て"), quotient_in(language, indicators, quotient)));
    }
    pairs.extend([
        (say(language, "目標値"), targets(language, view)),
        (say(language, "出典"), text(|said| &said.source)),
        (say(language, "算出方法"), text(|said| &said.method)),
        (say(language, "注意"), text(|said| &said.caution)),
        (say(language, "次の報告期日"), told(due.as_deref())),
    ]);
    if !view.names.is_empty() {
        let names = view.names.iter().map(|(_, name)| name.label.clone()).collect();
        pairs.push((say(language, "ほかの名称"), names));
    }
    if let (Some(last), true) = (view.described.last(), view.is_own) {
        let (count, at) = (view.described.len().to_string(), figure_words::japan_time_in(language, last.at));
        let stated = tell(language, "{}回目の定義（{}、{}）", [count, at, last.post.clone()]);
        pairs.push((say(language, "定義の記録"), vec![stated]));
    }
    pairs
}

fn targets(language: Language, view: &IndicatorView<'_>) -> Vec<String> {
    let unit = view.terms().unit.unwrap_or_default();
    let line = |target: &Target| match target.note.trim() {
        "" => target_in(language, unit, target),
        note => format!("{} {note}", target_in(language, unit, target)),
    };
    let lines: Vec<String> = view.targets.iter().map(|known| line(&known.target)).collect();
    if lines.is_empty() { vec![unsaid(language)] } else { lines }
}

fn quotient_in(language: Language, indicators: &Indicators<'_>, quotient: &QuotientOf) -> Vec<String> {
    let label = |id| indicators.of(id).map_or_else(|| unsaid(language), |known| known.printed.label.clone());
    vec![
        quotient.name.clone(),
        tell(language, "分子：{}", [label(quotient.numerator)]),
        tell(language, "分母：{}", [label(quotient.denominator)]),
    ]
}

/// Returns, for each value, the newest table that prints the value.
fn tables<'a>(
    agreement: AgreementView<'a>,
    view: &IndicatorView<'a>,
) -> HashMap<Id<id::Observation>, (FiscalYear, PlanKind)> {
    let plans: HashMap<Id<id::Plan>, _> =
        agreement.plans().into_iter().map(|(id, plan)| (id, (plan.fiscal_year, plan.kind))).collect();
    let mut tables = HashMap::new();
    for seen in view.rows.iter().filter_map(|row| agreement.initiative(*row)) {
        let Some(table) = plans.get(&seen.initiative.plan) else { continue };
        for observation in seen.initiative.wording.observations() {
            tables.entry(observation).or_insert(*table);
        }
    }
    tables
}

fn value(
    language: Language,
    view: &IndicatorView<'_>,
    seen: &ObservationView<'_>,
    table: Option<(FiscalYear, PlanKind)>,
) -> HandoverValue {
    let (stated, measured) = (seen.observation.current(), &seen.observation.measured);
    let unit = match stated {
        Stated::Value { .. } => seen.indicator.unit.as_deref().or(view.terms().unit).unwrap_or_default(),
        Stated::Without(_) => "",
    };
    let measured = measured_in(language, measured.as_of, measured.period, &measured.event_dates);
    HandoverValue {
        measured: match table {
            _ if !measured.is_empty() => measured,
            Some((year, kind)) => {
                let table = format!("{} {}", year.in_language(language), say(language, kind.name()));
                tell(language, "時点の記載なし（{}）", [table])
            }
            None => unsaid(language),
        },
        value: format!("{}{unit}", stated_in(language, &stated)),
        kind: say(language, kind(seen.observation.kind)),
    }
}

/// Returns the lines of a text as typed; for an empty text, one line saying that nothing is stated.
fn lines(language: Language, text: &str) -> Vec<String> {
    let lines: Vec<String> = text.trim().lines().map(|line| line.trim_end().to_owned()).collect();
    if lines.is_empty() { vec![unsaid(language)] } else { lines }
}

fn unsaid(language: Language) -> String {
    say(language, "記載なし").to_owned()
}
