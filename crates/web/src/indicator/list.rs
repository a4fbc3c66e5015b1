//! 指標: the list of the parties' indicators, each with its newest value, its target and the parts that are still
//! missing.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use askama::Template;
use renkei_document::id::Id;
use renkei_document::search::folded;
use renkei_domain::agreement::Agreement;
use renkei_domain::indicator::view::IndicatorView;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::indicator_words::{self, Newest, newest, scope_of};
use crate::frame::page::html;
use crate::frame::paging::{Pager, Paging, bytes_of};
use crate::frame::phrases::{phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::{PartyMark, party_marks};
use crate::indicator::choice::{Choice, mark_of};

#[derive(Template)]
#[template(path = "indicator/indicators.html")]
struct IndicatorsPage {
    frame: Frame,
    total: usize,
    shown: usize,
    query: String,
    parties: Vec<Choice>,
    divisions: Vec<Choice>,
    gaps: Vec<Choice>,
    active: bool,
    groups: Vec<Group>,
    pager: Option<Pager>,
}

/// The indicators of one division, on one page.
struct Group {
    anchor: String,
    party: PartyMark,
    division: String,
    /// Number of the division's indicators on all pages.
    count: usize,
    /// Address of the division's 引継書; `None` if the indicators belong to another party than the viewer's.
    handover: Option<String>,
    lines: Vec<Line>,
}

struct Line {
    href: String,
    label: String,
    qualifier: String,
    newest: Option<Newest>,
    scope: String,
    target: String,
    described: bool,
    values: usize,
}

/// Estimated size of an indicator on the page without its name, in bytes.
const LINE: usize = 1_200;

/// The parts that may be missing from an indicator: the key in the query, and the words.
const GAPS: [(&str, &str); 3] = [
    ("definition", phrase("定義がない")),
    ("target", phrase("目標値がない")),
    ("measured", phrase("最新の値に時点がない")),
];

pub fn indicators(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let agreement = ask.moment.agreement()?;
    let language = ask.visitor.language;
    let all = agreement.indicators();
    let marks = party_marks(agreement);
    let asked = |name: &str| ask.query.get(name).unwrap_or_default().to_owned();
    let (party, division, gap, query) = (asked("party"), asked("division"), asked("gap"), asked("q"));
    let known = |gap: &str| gap.is_empty() || GAPS.iter().any(|(key, _)| *key == gap);
    if !known(&gap) {
        return Err(ask.no_such_choice("gap", phrase("不足")));
    }
    if !party.is_empty() && !marks.iter().any(|mark| mark.key == party) {
        return Err(ask.no_such_choice("party", phrase("当事者")));
    }
    let mut divisions = BTreeSet::new();
    let mut shown = Vec::new();
    for view in all.iter() {
        let mark = mark_of(agreement, &marks, view);
        let keeper = view.keepers(agreement).first().copied().unwrap_or_default();
        divisions.insert(keeper);
        let fits = [(&party, mark.key.as_str()), (&division, keeper)];
        let fits = fits.into_iter().all(|(asked, is)| asked.is_empty() || asked == is);
        if fits && holds(view, &query) && lacks(view, &gap) {
            shown.push((mark, keeper, view));
        }
    }
    shown.sort_by_key(|(mark, keeper, _)| (mark.place, *keeper));
    let paging = Paging::of(shown.iter().map(|(_, _, view)| LINE + bytes_of(&view.printed.label)));
    let page = ask.page_of(&paging, "page")?;
    let choose = |value: &str, label: &str, asked: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: value == asked,
    };
    html(&IndicatorsPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "指標"), Place::Indicators, "/indicators"),
        total: all.iter().count(),
        shown: shown.len(),
        active: [&party, &division, &gap, &query].iter().any(|asked| !asked.is_empty()),
        parties: marks.iter().map(|mark| choose(&mark.key, &mark.name, &party)).collect(),
        divisions: divisions.iter().filter(|name| !name.is_empty()).map(|name| choose(name, name, &division)).collect(),
        gaps: GAPS.iter().map(|(key, words)| choose(key, say(language, words), &gap)).collect(),
        query,
        groups: groups(ask, agreement.id, &shown, paging.entries(page)),
        pager: paging.pager(language, page, |page| ask.query.with("page", &page.to_string()).behind(ask.path)),
    })
}

/// Groups the indicators of one page by division.
fn groups(
    ask: &Ask<'_>,
    agreement: Id<Agreement>,
    all: &[(PartyMark, &str, &IndicatorView<'_>)],
    page: Range<usize>,
) -> Vec<Group> {
    let mut counts: HashMap<(usize, &str), usize> = HashMap::new();
    all.iter().for_each(|(mark, keeper, _)| *counts.entry((mark.place, *keeper)).or_default() += 1);
    let of_division = all[page].chunk_by(|(mark, keeper, _), (next, other, _)| (mark, keeper) == (next, other));
    let made = of_division.enumerate().filter_map(|(number, indicators)| {
        let (mark, keeper, view) = indicators.first()?;
        let handover = (view.is_own && !keeper.is_empty()).then(|| address::handover(agreement, keeper));
        let lines = indicators.iter().map(|(_, _, view)| line(ask, agreement, view)).collect();
        let anchor = format!("d{}", number + 1);
        let count = counts.get(&(mark.place, *keeper)).copied().unwrap_or_default();
        Some(Group { anchor, party: mark.clone(), division: (*keeper).to_owned(), count, handover, lines })
    });
    made.collect()
}

/// Whether each word of the query occurs in the indicator's names or in its meaning.
fn holds(view: &IndicatorView<'_>, query: &str) -> bool {
    let names = view.names.iter().map(|(_, name)| name.label.as_str());
    let texts = names.chain([view.printed.label.as_str()]).chain(view.definition().map(|said| said.meaning.as_str()));
    let text: String = texts.map(folded).collect::<Vec<_>>().join("\n");
    query.split_whitespace().all(|word| text.contains(&folded(word)))
}

fn lacks(view: &IndicatorView<'_>, gap: &str) -> bool {
    let undated = || {
        let measured = view.newest().map(|newest| &newest.observation.measured);
        measured.is_none_or(|said| said.as_of.is_none() && said.period.is_none() && said.event_dates.is_empty())
    };
    match gap {
        "definition" => view.definition().is_none(),
        "target" => view.targets.is_empty(),
        "measured" => undated(),
        _ => true,
    }
}

fn line(ask: &Ask<'_>, agreement: Id<Agreement>, view: &IndicatorView<'_>) -> Line {
    let language = ask.visitor.language;
    Line {
        href: address::indicator(agreement, view.id),
        label: view.printed.label.clone(),
        qualifier: view.printed.qualifier.clone().unwrap_or_default(),
        newest: view.newest().map(|seen| newest(language, seen)),
        scope: scope_of(view),
        target: view
            .targets
            .first()
            .map(|known| indicator_words::target(language, view, &known.target))
            .unwrap_or_default(),
        described: view.definition().is_some(),
        values: view.observations.len(),
    }
}
