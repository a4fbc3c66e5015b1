//! The page of one indicator: definition, values, rows that print the values, targets, other names, and facts shared
//! with the other side.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use renkei_document::as_of::{Measure, year_on_year};
use renkei_document::counting::{AddsUp, Counting};
use renkei_document::figure::Indicator;
use renkei_document::id::{self, Id};
use renkei_document::likeness::likeness;
use renkei_domain::indicator::needs::to_define;
use renkei_domain::indicator::view::{IndicatorView, Indicators};

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words as figures;
use crate::frame::indicator_words as words;
use crate::frame::names::table_name;
use crate::frame::page::html;
use crate::frame::phrases::{say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::{PartyMark, party_marks};
use crate::frame::typed::Typed;
use crate::indicator::chart::{Chart, chart};
use crate::indicator::choice::mark_of;
use crate::indicator::parts::{DefinitionForm, definition_form};
use crate::shared_fact::facts::{FactBlock, Partner, fact_blocks, partners};

/// Query parameters that contain the chosen values, one for each checkbox.
pub(crate) const VALUES: [&str; 40] = [
    "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15", "v16", "v17",
    "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31", "v32", "v33",
    "v34", "v35", "v36", "v37", "v38", "v39", "v40",
];

/// Minimum similarity of two names, from 0 to 1, at which the page proposes to merge their indicators.
const ALIKE: f64 = 0.5;
const MOST_PROPOSALS: usize = 5;

#[derive(Template)]
#[template(path = "indicator/indicator.html")]
struct IndicatorPage {
    frame: Frame,
    address: String,
    label: String,
    qualifier: String,
    party: PartyMark,
    keepers: String,
    facts: Vec<(&'static str, String)>,
    meaning: Option<String>,
    /// 出典, 算出方法, 注意 and the next due date; empty unless the indicator is the visitor's own party's.
    papers: Vec<(&'static str, String)>,
    handover: Option<String>,
    versions: Option<String>,
    done: bool,
    refusals: Vec<String>,
    chart: Option<Chart>,
    values: Vec<ValueLine>,
    rows: Vec<RowLine>,
    targets: Vec<TargetLine>,
    names: Vec<NameLine>,
    proposals: Vec<NameLine>,
    shared: Vec<FactBlock>,
    partners: Vec<Partner>,
    may_define: bool,
    form: DefinitionForm,
    target: [String; 3],
    fact_name: String,
}

/// One value in the history of the indicator.
pub(crate) struct ValueLine {
    pub id: String,
    /// Number of the value's checkbox in the form that compares values, from 1.
    pub place: usize,
    pub measured: String,
    /// Label of the checkbox: the date of the value, or the row that prints the value if it has no date.
    pub called: String,
    pub value: String,
    pub unit: String,
    pub kind: &'static str,
    pub name: String,
    /// Difference from the value at the same time of the previous year.
    pub change: String,
    pub post: String,
    pub chosen: bool,
    /// Address and name of each row that prints the value. They distinguish values without a date.
    pub rows: Vec<(String, String)>,
}

struct RowLine {
    href: String,
    name: String,
    table: String,
}

struct TargetLine {
    by: String,
    by_key: String,
    value: String,
    note: String,
    post: String,
}

struct NameLine {
    id: String,
    label: String,
    beside: String,
}

pub fn indicator(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let id = ask.part("id").parse().map_err(|_| Problem::NoSuchIndicator)?;
    page(ask, id, &Typed::default())
}

/// Returns the page of an indicator. `typed` is the refused input of a form, if there is one.
pub(crate) fn page(ask: &Ask<'_>, id: Id<Indicator>, typed: &Typed<'_>) -> Result<Answer, Problem> {
    let agreement = ask.moment.agreement()?;
    let language = ask.visitor.language;
    let indicators = agreement.indicators();
    let view = indicators.of(id).ok_or(Problem::NoSuchIndicator)?;
    let shared = agreement.shared_facts(&indicators);
    let measures: Vec<Measure> = view.observations.iter().map(|seen| agreement.measure(view, seen, &shared)).collect();
    let may_define = ask.visitor.meets(&to_define(ask.moment.view(), view.party, view.id));
    let keepers: Vec<String> = view.keepers(agreement).into_iter().map(str::to_owned).collect();
    let definition = view.definition();
    let frame = Frame::of(ask.visitor, ask.moment, &view.printed.label, Place::Indicators, "/indicators");
    html(&IndicatorPage {
        address: address::indicator(agreement.id, view.id),
        label: view.printed.label.clone(),
        qualifier: view.printed.qualifier.clone().unwrap_or_default(),
        party: mark_of(agreement, &party_marks(agreement), view),
        facts: facts(ask, &indicators, view),
        meaning: definition.map(|said| said.meaning.clone()),
        papers: papers(ask, view),
        handover: keepers.first().filter(|_| view.is_own).map(|keeper| address::handover(agreement.id, keeper)),
        keepers: frame.list(&keepers),
        versions: view.described.last().map(|last| {
            let count = view.described.len().to_string();
            tell(language, "{}回目の定義（{}、{}）", [&count, &figures::japan_time_in(language, last.at), &last.post])
        }),
        done: ask.query.get("done").is_some() && typed.refusals.is_empty(),
        refusals: typed.refusals.clone(),
        chart: chart(language, &view.printed.label, &measures),
        values: values(ask, view, &measures),
        rows: rows(ask, view),
        targets: targets(ask, view),
        names: names(view.names.iter().copied()),
        proposals: if may_define { proposals(&indicators, view) } else { Vec::new() },
        shared: fact_blocks(ask, agreement, view, &shared, typed),
        partners: if may_define { partners(agreement, &indicators, view, typed) } else { Vec::new() },
        may_define,
        form: definition_form(ask, &indicators, view, &keepers, typed),
        target: ["by", "value", "note"].map(|name| typed.field("target", name)),
        fact_name: typed.field("fact", "name"),
        frame,
    })
}

fn facts(ask: &Ask<'_>, indicators: &Indicators<'_>, view: &IndicatorView<'_>) -> Vec<(&'static str, String)> {
    let language = ask.visitor.language;
    let (terms, told) = (view.terms(), |text: &str| words::or_unsaid(language, text));
    let mut facts = vec![
        (say(language, "合算の仕方"), say(language, AddsUp::in_words(terms.adds_up)).to_owned()),
        (say(language, "延べ・実"), say(language, Counting::in_words(terms.counting)).to_owned()),
        (say(language, "単位"), told(terms.unit.unwrap_or_default())),
        (say(language, "範囲"), told(terms.scope.unwrap_or_default())),
    ];
    if let Some(quotient) = view.definition().and_then(|said| said.quotient.as_ref()) {
        let label = |id| indicators.of(id).map_or(say(language, "記載なし"), |known| known.printed.label.as_str());
        let [above, below] = [quotient.numerator, quotient.denominator].map(label);
        facts.push((say(language, "率の組立て"), format!("{} = {above} ÷ {below}", quotient.name)));
    }
    facts
}

fn papers(ask: &Ask<'_>, view: &IndicatorView<'_>) -> Vec<(&'static str, String)> {
    let language = ask.visitor.language;
    let Some(definition) = view.definition().filter(|_| view.is_own) else { return Vec::new() };
    let told = |text: &str| words::or_unsaid(language, text);
    let due = definition.next_due.map(|day| figures::as_of_in(language, renkei_document::wareki::AsOf::Day(day)));
    vec![
        (say(language, "出典"), told(&definition.source)),
        (say(language, "算出方法"), told(&definition.method)),
        (say(language, "注意"), told(&definition.caution)),
        (say(language, "次の報告期日"), told(&due.unwrap_or_default())),
    ]
}

/// Returns the values of an indicator, newest first.
pub(crate) fn values(ask: &Ask<'_>, view: &IndicatorView<'_>, measures: &[Measure]) -> Vec<ValueLine> {
    let language = ask.visitor.language;
    let rows = rows_of_values(ask, view);
    let lines = view.observations.iter().zip(measures).map(|(seen, measure)| {
        let newest = words::newest(language, seen);
        let name = if seen.indicator_id == view.id { String::new() } else { seen.indicator.label.clone() };
        let rows = rows.get(&seen.id).cloned().unwrap_or_default();
        let called = match rows.first() {
            Some((_, row)) if newest.measured.is_empty() => row.clone(),
            _ => newest.measured.clone(),
        };
        ValueLine {
            id: seen.id.to_string(),
            place: 0,
            called,
            measured: newest.measured,
            value: newest.value,
            unit: newest.unit,
            kind: say(language, figures::kind(seen.observation.kind)),
            name,
            change: change(ask, measure, measures),
            post: seen.observation.reported.post.clone(),
            chosen: false,
            rows,
        }
    });
    let mut lines: Vec<ValueLine> = lines.collect();
    lines.reverse();
    lines.truncate(VALUES.len());
    lines.iter_mut().zip(1..).for_each(|(line, place)| line.place = place);
    lines
}

/// Returns the rows that print each value, by the id of the value.
fn rows_of_values(ask: &Ask<'_>, view: &IndicatorView<'_>) -> HashMap<Id<id::Observation>, Vec<(String, String)>> {
    let mut rows: HashMap<Id<id::Observation>, Vec<(String, String)>> = HashMap::new();
    let Ok(agreement) = ask.moment.agreement() else { return rows };
    for id in &view.rows {
        let Some(seen) = agreement.initiative(*id) else { continue };
        let Some(line) = row_line(ask, *id) else { continue };
        for observation in seen.initiative.wording.observations() {
            rows.entry(observation).or_default().push((line.href.clone(), line.name.clone()));
        }
    }
    rows
}

/// Returns the difference from the value at the same time of the previous year, such as ＋104（＋8.7%）; empty unless there
/// is exactly one such value.
fn change(ask: &Ask<'_>, measure: &Measure, all: &[Measure]) -> String {
    let mut found = all.iter().filter_map(|before| year_on_year(measure, before).ok());
    let (Some(change), None) = (found.next(), found.next()) else { return String::new() };
    let value = words::change(change.change.value);
    match change.percent {
        Some(percent) => tell(ask.visitor.language, "{}（{}%）", [value, words::change(percent.round_dp(1))]),
        None => value,
    }
}

fn rows(ask: &Ask<'_>, view: &IndicatorView<'_>) -> Vec<RowLine> {
    view.rows.iter().filter_map(|id| row_line(ask, *id)).collect()
}

fn row_line(ask: &Ask<'_>, id: Id<id::Initiative>) -> Option<RowLine> {
    let alone = ask.moment.row(id)?;
    let placing = alone.placing()?;
    Some(RowLine {
        href: placing.href(ask.moment.agreement().ok()?.id),
        name: placing.name(ask.visitor.language),
        table: table_name(ask.visitor.language, placing.table.fiscal_year, placing.table.kind),
    })
}

fn targets(ask: &Ask<'_>, view: &IndicatorView<'_>) -> Vec<TargetLine> {
    let language = ask.visitor.language;
    let line = |known: &&renkei_domain::indicator::TargetVersion| TargetLine {
        by: figures::as_of_in(language, known.target.by),
        by_key: known.target.by.to_string(),
        value: format!("{}{}", known.target.value.map(words::number).unwrap_or_default(), words::unit_of(view)),
        note: known.target.note.clone(),
        post: known.post.clone(),
    };
    view.targets.iter().map(line).collect()
}

fn names<'a>(known: impl Iterator<Item = (Id<Indicator>, &'a Arc<Indicator>)>) -> Vec<NameLine> {
    let line = |(id, name): (Id<Indicator>, &Arc<Indicator>)| {
        let beside = [&name.qualifier, &name.unit, &name.scope].into_iter().flatten().cloned().collect::<Vec<_>>();
        NameLine { id: id.to_string(), label: name.label.clone(), beside: beside.join("・") }
    };
    known.map(line).collect()
}

/// Returns other indicators of the party that have a similar name and the same unit.
fn proposals(indicators: &Indicators<'_>, view: &IndicatorView<'_>) -> Vec<NameLine> {
    let mut alike: Vec<(f64, &IndicatorView<'_>)> = indicators
        .iter()
        .filter(|other| other.party == view.party && other.id != view.id)
        .filter(|other| renkei_document::quantity::same_unit(other.terms().unit, view.terms().unit))
        .map(|other| (likeness(&other.printed.label, &view.printed.label), other))
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    alike.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.place.cmp(&other.1.place)));
    alike.truncate(MOST_PROPOSALS);
    names(alike.into_iter().map(|(_, other)| (other.id, other.printed)))
}
