//! The changes of rows that the plan's page offers (deeds): move, repeat, withdraw, show to the other side, and carry
//! over.

use renkei_app::{AppError, RowSpot, access::Right, plan};
use renkei_document::id::{self, Id};
use renkei_domain::plan::refusal::DraftRefusal;
use renkei_domain::plan::{Plan, Section};
use renkei_domain::refusal::Refusal;
use renkei_domain::view::{AgreementView, InitiativeView};
use serde::Deserialize;

use crate::frame::address;
use crate::frame::phrases::phrase;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::plan::asked_plan::asked_plan;
use crate::plan::draft::asked::{own_row, row_on_its_plan};
use crate::plan::draft::open::own_parties;
use crate::plan::draft::to_show::{ToShow, in_short, to_show};

/// The place to which a row is moved.
#[derive(Deserialize)]
#[serde(tag = "to", rename_all = "lowercase")]
enum MoveTo {
    Up,
    Down,
    After(NamedSpot),
}

/// A place in a section.
#[derive(Default, Deserialize)]
#[serde(default)]
struct NamedSpot {
    section: String,
    /// The id of the row after which the row is placed, `first` for the beginning of the section, or empty for the end.
    after: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RepeatForm {
    r#do: RepeatDeed,
    section: String,
}

#[derive(Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RepeatDeed {
    /// Ends the repetition of the row in this section.
    Remove,
    #[default]
    #[serde(other)]
    Add,
}

/// Moves a row.
pub fn move_row(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Draft)?;
    let (agreement, seen) = own_row(&deed.ask)?;
    if let Some(spot) = wanted_spot(deed, agreement, seen)? {
        plan::move_row(&deed.ask.site.node, actor, agreement.id, seen.id, spot)?;
    }
    Ok(Done::See(row_on_its_plan(&deed.ask, seen.id)))
}

/// Returns the place to which a form moves a row; `None` if the row is already first (`up`) or last (`down`).
fn wanted_spot(
    deed: &Deed<'_>,
    agreement: AgreementView<'_>,
    seen: InitiativeView<'_>,
) -> Result<Option<RowSpot>, Problem> {
    let rows: Vec<Id<id::Initiative>> = agreement.rows(seen.section).map(|(_, id, _)| id).collect();
    let here = seen.number.saturating_sub(1);
    let section = seen.section.id;
    let row = |place: Option<usize>| place.and_then(|place| rows.get(place)).copied();
    Ok(match deed.form.parsed().ok_or_else(unreadable)? {
        MoveTo::Up if here == 0 => None,
        MoveTo::Up => Some(RowSpot { section, after: row(here.checked_sub(2)) }),
        MoveTo::Down => row(Some(here + 1)).map(|after| RowSpot { section, after: Some(after) }),
        MoveTo::After(spot) => Some(named_spot(&spot, agreement, seen.plan)?),
    })
}

fn named_spot(spot: &NamedSpot, agreement: AgreementView<'_>, plan: &Plan) -> Result<RowSpot, Problem> {
    let section = asked_section(&spot.section, plan)?;
    let after = match spot.after.as_str() {
        "" => agreement.rows(section).last().map(|(_, id, _)| id),
        "first" => None,
        id => Some(id.parse().map_err(|_| unreadable())?),
    };
    Ok(RowSpot { section: section.id, after })
}

fn asked_section<'a>(wanted: &str, plan: &'a Plan) -> Result<&'a Section, Problem> {
    plan.sections().find(|known| known.id.to_string() == wanted).ok_or_else(unreadable)
}

/// Repeats a row in one more section, or ends a repetition.
pub fn repeat_row(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Draft)?;
    let (agreement, seen) = own_row(&deed.ask)?;
    let form: RepeatForm = deed.form.parsed().unwrap_or_default();
    let section = asked_section(&form.section, seen.plan)?.id;
    let stands = form.r#do != RepeatDeed::Remove;
    plan::repeat_row(&deed.ask.site.node, actor, agreement.id, seen.id, section, stands)?;
    Ok(Done::See(format!("{}/edit", address::initiative(agreement.id, seen.id))))
}

pub fn withdraw_row(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Draft)?;
    let (agreement, seen) = own_row(&deed.ask)?;
    if deed.form.get("sure") != "1" {
        return Err(Problem::UnreadableForm {
            sentences: phrase("取り下げるときは、確かめの欄に印を付けてください。取組は残っています。").into(),
        });
    }
    plan::withdraw_row(&deed.ask.site.node, actor, agreement.id, seen.id)?;
    Ok(Done::See(address::plan(agreement.id, seen.plan.fiscal_year, seen.plan.kind)))
}

/// Shows one row, the rows of a section, or all rows of the visitor's own party to the other side. If any of these rows
/// changed since the page was loaded, shows none of them.
pub fn share_rows(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let actor = ask.actor(Right::Share)?;
    let agreement = ask.moment.agreement()?;
    let (_, plan) = asked_plan(ask, agreement)?;
    let (row, section) = (deed.form.get("row"), deed.form.get("section"));
    if row.is_empty() && section.is_empty() && deed.form.get("all").is_empty() {
        return Err(unreadable());
    }
    let sections = plan.sections().filter(|known| section.is_empty() || known.id.to_string() == section);
    let rows = sections.flat_map(|known| to_show(ask, agreement, known));
    let wanted: Vec<ToShow<'_>> = rows.filter(|shown| row.is_empty() || shown.id.to_string() == row).collect();
    if wanted.is_empty() {
        return Err(Problem::Refused {
            page: None,
            sentences: phrase("示す取組がありません。既に示したか、ほかの課の取組です。").into(),
        });
    }
    if deed.form.get("read") != in_short(&wanted) {
        return Err(AppError::Refused(vec![Refusal::Draft(DraftRefusal::NotAsRead)]).into());
    }
    let read: Vec<_> = wanted.iter().map(|shown| (shown.row.party, shown.as_read(agreement))).collect();
    plan::share_rows(&ask.site.node, actor, agreement.id, &read)?;
    Ok(Done::See(match wanted.as_slice() {
        [one] => row_on_its_plan(ask, one.id),
        _ => address::plan(agreement.id, plan.fiscal_year, plan.kind),
    }))
}

/// Copies the rows of the visitor's own party in the year before into the plan, as private drafts.
pub fn carry_over(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask: &Ask<'_> = &deed.ask;
    let actor = ask.actor(Right::Outline)?;
    let agreement = ask.moment.agreement()?;
    let (id, plan) = asked_plan(ask, agreement)?;
    let wanted = deed.form.get("party");
    let party = own_parties(ask, agreement).into_iter().map(|(id, _)| id).find(|id| id.to_string() == wanted);
    let party = party.ok_or_else(unreadable)?;
    let from = ask.moment.plan_before(plan).ok_or_else(unreadable)?;
    plan::carry_over(&ask.site.node, actor, (agreement.id, party), id, from)?;
    Ok(Done::See(address::plan(agreement.id, plan.fiscal_year, plan.kind)))
}

fn unreadable() -> Problem {
    Problem::UnreadableForm {
        sentences: phrase("計画のページを開き直して、もう一度操作してください。").into()
    }
}
