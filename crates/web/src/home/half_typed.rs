//! 書きかけの入力: forms of the plan that a person has begun to fill in and not sent.

use renkei_app::plan;
use renkei_document::id::{self, Id};

use crate::frame::address;
use crate::frame::lineage_path::placing_of;
use crate::frame::names::table_name;
use crate::frame::phrases::{say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::home::waiting::{MOST_NAMED, RowLink, Waiting, row_link};
use crate::plan::draft::{own_row_named, typed_over};

/// Returns the visitor's forms with unsaved input, the most recently typed first.
pub fn half_typed(ask: &Ask<'_>) -> Result<Option<Waiting>, Problem> {
    let mut rows = Vec::new();
    for place in plan::typed_places(&ask.site.node, ask.visitor)? {
        rows.extend(link(ask, &place)?);
    }
    let (count, language) = (rows.len(), ask.visitor.language);
    rows.truncate(MOST_NAMED);
    Ok(rows.first().map(|row| row.href.clone()).map(|href| Waiting {
        title: say(language, "書きかけの入力（まだ保存していません）").to_owned(),
        count,
        href,
        next: say(language, "続きを書く").to_owned(),
        rows,
    }))
}

/// Returns a link to the form at `place`; `None` if there is nothing unsaved in it.
fn link(ask: &Ask<'_>, place: &str) -> Result<Option<RowLink>, Problem> {
    let row = address::without_agreement(place).strip_prefix("/initiatives/").and_then(|rest| rest.split_once('/'));
    let Some((id, form)) = row else { return Ok(new_row(ask, place)) };
    let editable = own_row_named(ask, id).filter(|_| form == "edit");
    if let Some((agreement, seen)) = editable
        && typed_over(ask, place, agreement, seen.initiative)?.is_none()
    {
        return Ok(None);
    }
    let left = RowLink {
        href: place.to_owned(),
        name: say(ask.visitor.language, "いまは直せない取組").to_owned(),
        text: String::new(),
    };
    let named = row_named(ask, id).map(|row| RowLink { href: place.to_owned(), ..row });
    Ok(match form {
        "edit" => Some(named.unwrap_or(left)),
        _ => named,
    })
}

fn row_named(ask: &Ask<'_>, id: &str) -> Option<RowLink> {
    let id: Id<id::Initiative> = id.parse().ok()?;
    let seen = ask.moment.agreement().ok()?.initiative(id)?;
    let table = ask.moment.table(seen.initiative.plan)?;
    row_link(ask, placing_of(&table, id)?)
}

fn new_row(ask: &Ask<'_>, place: &str) -> Option<RowLink> {
    let plan = address::without_agreement(place.split('?').next()?.strip_suffix("/new")?);
    let agreement = ask.moment.agreement().ok()?;
    let plans = agreement.plans().into_iter().map(|(_, plan)| plan);
    let known = plans.into_iter().find(|known| {
        address::without_agreement(&address::plan(agreement.id, known.fiscal_year, known.kind)) == plan
    })?;
    let language = ask.visitor.language;
    Some(RowLink {
        href: place.to_owned(),
        name: say(language, "新しい取組").to_owned(),
        text: tell(language, "（{}）", [table_name(language, known.fiscal_year, known.kind)]),
    })
}
