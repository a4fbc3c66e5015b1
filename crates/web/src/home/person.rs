//! The part of the home page for a signed-in person: open tasks, late figures of each division, changes since the last
//! visit.

use std::collections::{BTreeMap, BTreeSet};

use renkei_app::{access::Right, evidence};
use renkei_document::document::PlanKind;
use renkei_document::figure::State;
use renkei_domain::organisation::DecidedMeanwhile;
use renkei_domain::organisation::HeldPost;
use renkei_domain::plan::{Initiative, Plan, PlanState, Standing};
use renkei_domain::view::AgreementView;

use crate::frame::address::{self, Query};
use crate::frame::figure_words::{as_of_in, comma, japan_time_in};
use crate::frame::names::table_name;
use crate::frame::phrases::{say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::{Placing, placings};
use crate::home::half_typed::half_typed;
use crate::home::mine::Mine;
use crate::home::points::{Point, points};
use crate::home::since::{self, Since};
use crate::home::suggested;
use crate::home::waiting::{Late, MOST_NAMED, Waiting, row_link};
use crate::organisation::waits_for_after_review;
use crate::plan::table::rows_shown;

/// The content of the home page for a signed-in person.
pub struct Person {
    pub name: String,
    pub posts: String,
    pub waiting: Vec<Waiting>,
    pub reviews: Vec<Review>,
    /// Open points of the whole party. `None` for people who are responsible for some divisions only, or who may write
    /// rows.
    pub points: Option<Vec<Point>>,
    pub late: Vec<Late>,
    pub since: Since,
}

/// An action of a deputy that the holder of the post has to review.
pub struct Review {
    pub key: String,
    pub what: String,
    pub by: String,
    pub at: String,
}

/// Returns the part for the visitor; `None` for the local operator, for whom the home page has no such part.
pub fn person(ask: &Ask<'_>) -> Result<Option<Person>, Problem> {
    let visitor = ask.visitor;
    if visitor.account.is_none() {
        return Ok(None);
    }
    let mine = Mine::of(ask);
    let mut waiting = Vec::from_iter(half_typed(ask)?);
    waiting.extend(suggested::to_answer(ask));
    if let Some(mine) = &mine {
        waiting.extend(drafts(ask, mine));
        waiting.extend(findings(ask, mine));
    }
    waiting.extend(of_the_secretariat(ask)?);
    let review = |known: DecidedMeanwhile| Review {
        key: crate::organisation::entry_key(&known.entry),
        what: known.what,
        by: known.by,
        at: japan_time_in(visitor.language, known.at),
    };
    let late = mine.as_ref().map(|mine| late(ask, mine)).unwrap_or_default();
    Ok(Some(Person {
        name: visitor.name.clone(),
        posts: visitor.posts.iter().map(HeldPost::label).collect::<Vec<_>>().join(comma(visitor.language)),
        waiting,
        reviews: waits_for_after_review(ask).into_iter().map(review).collect(),
        points: mine.as_ref().and_then(|mine| points(ask, mine, &late)),
        late,
        since: since::since(ask)?,
    }))
}

/// Returns the visitor's rows that are still drafts, which they can write or show to the other side.
fn drafts(ask: &Ask<'_>, mine: &Mine) -> Vec<Waiting> {
    let Ok(agreement) = ask.moment.agreement() else { return Vec::new() };
    let language = ask.visitor.language;
    let (title, next) = match (ask.visitor.may(Right::Share), ask.visitor.may(Right::Draft)) {
        (true, _) => (say(language, "相手方に示していない取組"), say(language, "読んで、相手方に示す")),
        (false, true) => (say(language, "示される前の取組（案）"), say(language, "案を書き進める")),
        (false, false) => return Vec::new(),
    };
    let of_plan = |(id, plan): (_, &Plan)| {
        let table = ask.moment.table(id)?;
        let is_private = |placing: &Placing<'_>| {
            let kept = placing.row.id.and_then(|id| agreement.initiative(id)).map(|known| known.initiative);
            kept.is_some_and(|row: &Initiative| row.standing == Standing::Private && mine.keeps(row))
        };
        let rows: Vec<_> = placings(&table).filter(is_private).collect();
        let named = table_name(language, plan.fiscal_year, plan.kind);
        (!rows.is_empty()).then(|| Waiting {
            title: tell(language, "{0}（{1}）", [title, named.as_str()]),
            count: rows.len(),
            href: address::plan(agreement.id, plan.fiscal_year, plan.kind),
            next: next.to_owned(),
            rows: rows.iter().take(MOST_NAMED).filter_map(|placing| row_link(ask, *placing)).collect(),
        })
    };
    let open = agreement.plans().into_iter().filter(|(_, plan)| plan.state == PlanState::Draft);
    open.filter_map(of_plan).collect()
}

/// Returns the findings about the visitor's rows in the report of the present year, for visitors who may write or show
/// rows or are responsible for the whole party.
fn findings(ask: &Ask<'_>, mine: &Mine) -> Vec<Waiting> {
    let Ok(agreement) = ask.moment.agreement() else { return Vec::new() };
    let language = ask.visitor.language;
    let next = match (ask.visitor.may(Right::Draft), ask.visitor.may(Right::Share) || mine.divisions.is_none()) {
        (true, _) => say(language, "確かめて、直すか説明を付ける"),
        (false, true) => say(language, "残っているところを見る"),
        (false, false) => return Vec::new(),
    };
    let Some(year) = agreement.present_report() else { return Vec::new() };
    let divisions = own_divisions(ask, mine);
    let of_plan = |(id, plan): (_, &Plan), division: Option<&str>| {
        let table = ask.moment.table(id)?;
        let filter = Query::default().with("state", "finding").with("party", mine.key.as_str());
        let filter = filter.with("division", division.unwrap_or_default());
        let rows = rows_shown(ask, &filter, (plan, &table)).ok()?;
        let name = table_name(language, plan.fiscal_year, plan.kind);
        let name = match division.filter(|_| divisions.len() > 1) {
            Some(division) => format!("{name} {division}"),
            None => name,
        };
        (!rows.is_empty()).then(|| Waiting {
            title: tell(language, "確認事項のある取組（{}）", [name.as_str()]),
            count: rows.len(),
            href: filter.behind(&address::plan(agreement.id, plan.fiscal_year, plan.kind)),
            next: next.to_owned(),
            rows: rows.iter().take(MOST_NAMED).filter_map(|placing| row_link(ask, *placing)).collect(),
        })
    };
    let plans = agreement.report_plans(year).into_iter();
    plans.flat_map(|plan| divisions.iter().filter_map(move |division| of_plan(plan, *division))).collect()
}

/// Returns each division of the visitor's posts once, or a single `None` if the visitor is responsible for the whole
/// party.
fn own_divisions<'a>(ask: &Ask<'a>, mine: &Mine) -> Vec<Option<&'a str>> {
    if mine.divisions.is_none() {
        return vec![None];
    }
    let divisions: BTreeSet<&str> = ask.visitor.posts.iter().map(|post| post.division.as_str()).collect();
    divisions.into_iter().map(Some).collect()
}

/// Returns the tasks of the secretariat: rows to take over, names of divisions to confirm, and files to review.
fn of_the_secretariat(ask: &Ask<'_>) -> Result<Vec<Waiting>, Problem> {
    if !ask.visitor.may(Right::Import) {
        return Ok(Vec::new());
    }
    let language = ask.visitor.language;
    let waits = |title: &str, count: usize, href: &str, next: &str| Waiting {
        title: title.to_owned(),
        count,
        href: href.to_owned(),
        next: next.to_owned(),
        rows: Vec::new(),
    };
    let renamed = ask.moment.renamed_divisions().len();
    let desk = evidence::waiting(&ask.site.node, ask.visitor)?.len();
    let mut all = to_take_over(ask);
    all.extend([
        waits(say(language, "同じ課かどうかの問い"), renamed, "/divisions", say(language, "一度だけ答える")),
        waits(say(language, "確かめを待つファイル"), desk, "/imports", say(language, "読み取りを確かめて取り込む")),
    ]);
    Ok(all.into_iter().filter(|known| known.count > 0).collect())
}

/// Returns the documents of the other side with rows of the visitor's side that wait to be taken over. The newest
/// documents are named; the others are only counted.
fn to_take_over(ask: &Ask<'_>) -> Vec<Waiting> {
    let language = ask.visitor.language;
    let waits = |title: String, count: usize, href: String| Waiting {
        title,
        count,
        href,
        next: say(language, "確かめて引き継ぐ").to_owned(),
        rows: Vec::new(),
    };
    let of_agreement = |agreement: AgreementView<'_>| {
        let own: Vec<_> = agreement.waiting_rows().into_iter().filter(|known| known.is_own).collect();
        let (newest, others) = own.split_at(own.len().min(MOST_NAMED));
        let named = newest.iter().map(|known| {
            let title = tell(language, "引継ぎを待つ取組（{}）", [known.evidence.file_name.as_str()]);
            waits(title, known.rows.len(), address::waiting_rows(agreement.id, known.id))
        });
        let rows = others.iter().map(|known| known.rows.len()).sum();
        let together = tell(language, "引継ぎを待つ取組（ほか{}件の文書）", [others.len().to_string()]);
        let others = (rows > 0).then(|| waits(together, rows, "/imports#imported".to_owned()));
        named.chain(others).collect::<Vec<_>>()
    };
    ask.moment.view().agreements().flat_map(of_agreement).collect()
}

/// Returns the divisions with late figures, in the order of the table. A figure of the newest progress table is late if
/// its as-of day has passed and it is still provisional or not compiled.
fn late(ask: &Ask<'_>, mine: &Mine) -> Vec<Late> {
    let (Ok(agreement), today) = (ask.moment.agreement(), ask.site.node.today()) else { return Vec::new() };
    let language = ask.visitor.language;
    let is_told = |(id, plan): &(_, &Plan)| plan.kind != PlanKind::Plan && agreement.has_rows_of_viewer(*id);
    let Some((id, plan)) = agreement.plans().into_iter().find(is_told) else { return Vec::new() };
    let Some(table) = ask.moment.table(id) else { return Vec::new() };
    let mut found: Vec<(String, usize, renkei_document::wareki::AsOf)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in placings(&table).map(|placing| placing.row).filter(|row| mine.holds(row)) {
        let open = row.figures.iter().filter(|figure| figure.provisional || figure.state == State::NotCompiled);
        let passed = open.filter_map(|figure| figure.as_of).filter(|as_of| as_of.last_day() < today);
        let Some(oldest) = passed.min_by_key(|as_of| as_of.last_day()) else { continue };
        for division in &row.divisions {
            let place = *places.entry(division.clone()).or_insert(found.len());
            match found.get_mut(place) {
                Some(known) => {
                    known.1 += 1;
                    known.2 = if oldest.last_day() < known.2.last_day() { oldest } else { known.2 };
                }
                None => found.push((division.clone(), 1, oldest)),
            }
        }
    }
    let line = |(division, rows, oldest): (String, usize, _)| Late {
        href: Query::default().with("division", &division).behind(&address::plan(
            agreement.id,
            plan.fiscal_year,
            plan.kind,
        )),
        division,
        rows,
        since: as_of_in(language, oldest),
    };
    found.into_iter().map(line).collect()
}
