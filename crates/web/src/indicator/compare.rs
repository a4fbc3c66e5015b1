//! 比べる・足す: the sum, difference, quotient or year-on-year comparison of chosen values. If a calculation is not
//! permitted, the page shows every reason.

use askama::Template;
use renkei_document::as_of::{self, Lawful, Measure};
use renkei_domain::indicator::needs::to_define;
use renkei_domain::indicator::view::IndicatorView;
use renkei_domain::shared_fact::view::FactView;
use renkei_domain::view::AgreementView;

use crate::frame::address::{self, Query};
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words as figures;
use crate::frame::indicator_words::{change, number};
use crate::frame::page::html;
use crate::frame::phrases::{phrase, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::typed::Typed;
use crate::indicator::choice::Choice;
use crate::indicator::one::{VALUES, ValueLine, values};
use crate::shared_fact::share::{ShareForm, share_form};

const WAYS: [(&str, &str); 4] = [
    ("sum", phrase("合計")),
    ("difference", phrase("差")),
    ("year", phrase("前年との比較")),
    ("quotient", phrase("割合")),
];

#[derive(Template)]
#[template(path = "indicator/indicator_compare.html")]
struct ComparePage {
    frame: Frame,
    address: String,
    label: String,
    others: Vec<Choice>,
    ways: Vec<Choice>,
    lists: Vec<List>,
    asked: bool,
    answer: Option<String>,
    notes: Vec<String>,
    reasons: Vec<String>,
    /// The form for stating that the chosen values report one fact; `None` for visitors without the right to do so.
    share: Option<ShareForm>,
    refusals: Vec<String>,
}

/// The values of one indicator.
struct List {
    label: String,
    values: Vec<ValueLine>,
}

/// A result in words with notes about it, or the reasons why the calculation is not permitted.
type Told = Lawful<(String, Vec<String>)>;

pub fn compare(ask: &Ask<'_>) -> Result<Answer, Problem> {
    page(ask, ask.query, &Typed::default())
}

/// Returns the page for a query. `typed` is the refused input of the form, if there is one.
pub(crate) fn page(ask: &Ask<'_>, query: &Query, typed: &Typed<'_>) -> Result<Answer, Problem> {
    let agreement = ask.moment.agreement()?;
    let language = ask.visitor.language;
    let indicators = agreement.indicators();
    let of = |id: &str| id.parse().ok().and_then(|id| indicators.of(id));
    let view = of(ask.part("id")).ok_or(Problem::NoSuchIndicator)?;
    let other = query.get("with").and_then(of).filter(|other| other.id != view.id);
    let way = query.get("how").unwrap_or("sum");
    if !WAYS.iter().any(|(key, _)| *key == way) {
        let page = query.with("how", "").behind(ask.path);
        return Err(Problem::NoSuchSetting { name: phrase("計算"), value: way.to_owned(), page });
    }
    let facts = agreement.shared_facts(&indicators);
    let wanted: Vec<&str> = VALUES.iter().filter_map(|name| query.get(name)).collect();
    let (mut lists, mut chosen) = (Vec::new(), Vec::new());
    for shown in std::iter::once(view).chain(other) {
        let (list, more) = list(ask, agreement, shown, &facts, &wanted);
        lists.push(list);
        chosen.extend(more);
    }
    number_boxes(&mut lists);
    let told = (!wanted.is_empty()).then(|| answer(ask, way, &chosen));
    let (answer, notes, reasons) = match told {
        None => (None, Vec::new(), Vec::new()),
        Some(Ok((answer, notes))) => (Some(answer), notes, Vec::new()),
        Some(Err(reasons)) => (None, Vec::new(), reasons.iter().map(|reason| reason.sentence_in(language)).collect()),
    };
    let option = |known: &IndicatorView<'_>| Choice {
        value: known.id.to_string(),
        label: format!("{} {}", agreement.party_short_name(known.party), known.printed.label),
        chosen: other.is_some_and(|other| other.id == known.id),
    };
    let may_share = ask.visitor.meets(&to_define(ask.moment.view(), view.party, view.id));
    html(&ComparePage {
        share: if may_share { share_form(&facts, &chosen, query, typed) } else { None },
        refusals: typed.refusals.clone(),
        frame: Frame::of(
            ask.visitor,
            ask.moment,
            say(language, "数値を足す・比べる"),
            Place::Indicators,
            "/indicators",
        ),
        address: address::indicator(agreement.id, view.id),
        label: view.printed.label.clone(),
        others: indicators.iter().filter(|known| known.id != view.id).map(option).collect(),
        ways: WAYS
            .iter()
            .map(|(key, words)| Choice {
                value: (*key).to_owned(),
                label: say(language, words).to_owned(),
                chosen: *key == way,
            })
            .collect(),
        lists,
        asked: !wanted.is_empty(),
        answer,
        notes,
        reasons,
    })
}

/// Returns the values of an indicator, newest first, and the measures of the chosen values.
fn list<'a>(
    ask: &Ask<'_>,
    agreement: AgreementView<'a>,
    view: &IndicatorView<'a>,
    facts: &[FactView<'a>],
    wanted: &[&str],
) -> (List, Vec<Measure>) {
    let measures: Vec<Measure> = view.observations.iter().map(|seen| agreement.measure(view, seen, facts)).collect();
    let mut values = values(ask, view, &measures);
    values.iter_mut().for_each(|line| line.chosen = wanted.contains(&line.id.as_str()));
    let chosen = measures.iter().rev().filter(|measure| wanted.contains(&measure.observation.to_string().as_str()));
    let chosen = chosen.cloned().collect();
    (List { label: view.printed.label.clone(), values }, chosen)
}

/// Numbers the checkboxes, so that each gets its own parameter. Removes a checkbox if no parameter is left for it.
fn number_boxes(lists: &mut [List]) {
    let mut place = 0;
    for list in lists {
        list.values.retain_mut(|line| {
            place += 1;
            line.place = place;
            place <= VALUES.len()
        });
    }
}

fn answer(ask: &Ask<'_>, way: &str, chosen: &[Measure]) -> Told {
    let language = ask.visitor.language;
    let unit = |unit: &Option<String>| unit.clone().unwrap_or_default();
    let provisional = |is_provisional: bool| {
        let note = say(language, "見込の値が入っているため、答えも見込です。").to_owned();
        if is_provisional { vec![note] } else { Vec::new() }
    };
    if way == "sum" {
        return as_of::sum(chosen).map(|sum| {
            let mut notes = provisional(sum.provisional);
            notes.extend(sum.left_out.iter().map(|(id, state)| {
                let label = chosen.iter().find(|one| one.observation == *id).map_or("", |one| one.label.as_str());
                let state = say(language, figures::state(*state));
                tell(language, "「{}」は{}のため、合計に入れていません（0とは違います）。", [label, state])
            }));
            if !sum.told_already.is_empty() {
                notes.push(say(language, "共通実績は一度だけ数えました。").to_owned());
            }
            (format!("{}{}", number(sum.value), unit(&sum.unit)), notes)
        });
    }
    let [one, other] = chosen else { return Err(vec![as_of::Unlawful::NeedsTwo]) };
    match way {
        "difference" => as_of::difference(one, other)
            .map(|found| (format!("{}{}", change(found.value), unit(&found.unit)), provisional(found.provisional))),
        "year" => as_of::year_on_year(one, other).map(|found| {
            let value = format!("{}{}", change(found.change.value), unit(&found.change.unit));
            let percent = found.percent.map(|percent| change(percent.round_dp(1)));
            let told = percent.map_or(value.clone(), |percent| tell(language, "{}（{}%）", [value, percent]));
            (told, provisional(found.change.provisional))
        }),
        _ => as_of::quotient(one, other).map(|found| {
            let value = number(found.value.round_dp(if found.is_percent { 1 } else { 2 }));
            (format!("{value}{}", found.unit), provisional(found.provisional))
        }),
    }
}
