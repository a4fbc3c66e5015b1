//! 未決の点: the numbers of open points between the two sides and within the visitor's side, with links. Only people see
//! them who are responsible for the whole party and may not write rows.

use std::collections::BTreeMap;

use renkei_app::access::Right;
use renkei_domain::plan::suggestion::Suggestion;
use renkei_domain::plan::{PlanState, Standing};

use crate::frame::address;
use crate::frame::figure_words::comma;
use crate::frame::phrases::{phrase, say, tell};
use crate::frame::route::Ask;
use crate::frame::row_block::placings;
use crate::home::mine::Mine;
use crate::home::suggested;
use crate::home::waiting::Late;

/// A kind of open point, with its number and the address of its page.
pub struct Point {
    pub title: &'static str,
    pub count: usize,
    pub note: String,
    pub href: String,
}

pub fn points(ask: &Ask<'_>, mine: &Mine, late: &[Late]) -> Option<Vec<Point>> {
    if mine.divisions.is_some() || ask.visitor.may(Right::Draft) {
        return None;
    }
    let (answer, asked) = suggestions(ask, mine);
    let all = [answer, asked, reviews(ask, mine), not_shown(ask, mine), behind(ask, late)];
    Some(all.into_iter().flatten().collect())
}

/// Returns the numbers of unanswered suggestions: those that wait for the visitor's side, and those that wait for the
/// other side.
fn suggestions(ask: &Ask<'_>, mine: &Mine) -> (Option<Point>, Option<Point>) {
    let language = ask.visitor.language;
    let Ok(agreement) = ask.moment.agreement() else { return (None, None) };
    let open = agreement.open_suggestions().into_iter().map(|(_, known)| known);
    let is_own = |known: &&Suggestion| {
        agreement.initiative(known.initiative).is_some_and(|seen| seen.initiative.party == mine.party)
    };
    let (own, other): (Vec<_>, Vec<_>) = open.partition(is_own);
    let point = |title, open: Vec<&Suggestion>| {
        let oldest = suggested::link(ask, agreement, open.first()?)?;
        let note = tell(language, "最も古いもの：{}", [oldest.name.as_str()]);
        Some(Point { title: say(language, title), count: open.len(), note, href: oldest.href })
    };
    (point(phrase("こちらの回答を待つ修正の提案"), own), point(phrase("相手方の回答を待つ修正の提案"), other))
}

/// Returns the number of deputies' actions that the holders of the posts have not reviewed.
fn reviews(ask: &Ask<'_>, mine: &Mine) -> Option<Point> {
    let language = ask.visitor.language;
    let open = ask.moment.view().decided_meanwhile(mine.party).filter(|known| known.reviewed.is_none());
    let mut posts: BTreeMap<&str, usize> = BTreeMap::new();
    open.for_each(|known| *posts.entry(known.post.as_str()).or_default() += 1);
    let count = posts.values().sum();
    let of = |(post, count): (&&str, &usize)| tell(language, "{0} {1}件", [*post, &count.to_string()]);
    let note = posts.iter().map(of).collect::<Vec<_>>().join(comma(language));
    let title = say(language, "後閲を待つ代決");
    (count > 0).then(|| Point { title, count, note, href: "/journal".to_owned() })
}

/// Returns the number of rows of the visitor's side that were not yet shown to the other side.
fn not_shown(ask: &Ask<'_>, mine: &Mine) -> Option<Point> {
    let (agreement, language) = (ask.moment.agreement().ok()?, ask.visitor.language);
    let (id, plan) = agreement.plans().into_iter().find(|(_, plan)| plan.state == PlanState::Draft)?;
    let table = ask.moment.table(id)?;
    let rows = placings(&table).filter(|placing| !placing.row.repeated).filter_map(|placing| placing.row.id);
    let rows = rows.filter_map(|id| agreement.initiative(id)).map(|seen| seen.initiative);
    let count = rows.filter(|row| row.standing == Standing::Private && mine.keeps(row)).count();
    let note = crate::frame::names::table_name(language, plan.fiscal_year, plan.kind);
    let href = address::plan(agreement.id, plan.fiscal_year, plan.kind);
    (count > 0).then(|| Point { title: say(language, "相手方に示していない取組"), count, note, href })
}

/// Returns the number of divisions with late figures: not final although their as-of day has passed.
fn behind(ask: &Ask<'_>, late: &[Late]) -> Option<Point> {
    let language = ask.visitor.language;
    let title = say(language, "時点を過ぎて、見込・未集計のままの取組がある課");
    let names: Vec<String> =
        late.iter().map(|line| tell(language, "{0} {1}件", [line.division.as_str(), &line.rows.to_string()])).collect();
    let note = names.join(comma(language));
    (!late.is_empty()).then(|| Point { title, count: late.len(), note, href: "#late".to_owned() })
}
