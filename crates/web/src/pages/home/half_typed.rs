//! 書きかけの入力: what somebody typed into a form of the plan and did not send, to go on with.

use renkei_domain::id::Id;
use renkei_domain::plan::Initiative;

use super::person::{MOST_NAMED, RowLink, Waiting, row_link};
use crate::address;
use crate::names::table_name;
use crate::pages::lineage_path::placing_of;
use crate::phrases::{say, tell};
use crate::problem::Problem;
use crate::routes::Ask;

/// The forms that hold something and can still be opened, the last typed first.
pub fn half_typed(ask: &Ask<'_>) -> Result<Option<Waiting>, Problem> {
    let account = ask.visitor.account.as_deref().unwrap_or_default();
    let places = ask.site.renkei.typed_places(account)?;
    let mut rows: Vec<RowLink> = places.iter().filter_map(|place| link(ask, place)).collect();
    let count = rows.len();
    rows.truncate(MOST_NAMED);
    let language = ask.visitor.language;
    Ok(rows.first().map(|row| row.href.clone()).map(|href| Waiting {
        title: say(language, "書きかけの入力（まだ保存していません）").to_owned(),
        count,
        href,
        next: say(language, "続きを書く").to_owned(),
        rows,
    }))
}

fn link(ask: &Ask<'_>, place: &str) -> Option<RowLink> {
    let agreement = ask.moment.agreement().ok()?;
    match place.strip_prefix("/initiatives/").and_then(|rest| rest.split_once('/')) {
        Some((id, _)) => {
            let id: Id<Initiative> = id.parse().ok()?;
            let seen = agreement.initiative(id)?;
            let table = ask.moment.table(seen.initiative.plan)?;
            Some(RowLink { href: place.to_owned(), ..row_link(ask, placing_of(&table, id)?)? })
        }
        None => {
            let plan = place.strip_suffix("/new")?;
            let plans = agreement.plans().into_iter().map(|(_, plan)| plan);
            let known = plans.into_iter().find(|known| address::plan(known.fiscal_year, known.kind) == plan)?;
            let language = ask.visitor.language;
            Some(RowLink {
                href: place.to_owned(),
                name: say(language, "新しい取組").to_owned(),
                text: tell(language, "（{}）", [table_name(language, known.fiscal_year, known.kind)]),
            })
        }
    }
}
