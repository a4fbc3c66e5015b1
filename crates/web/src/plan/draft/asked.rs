//! Finds the row that an address names, and checks whether the visitor may change it.

use renkei_document::id::{self, Id};
use renkei_domain::plan::needs::to_change;
use renkei_domain::plan::{Plan, PlanState};
use renkei_domain::view::{AgreementView, InitiativeView, Viewer};

use crate::frame::address;
use crate::frame::phrases::InBoth;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;

/// Returns the row that the address names; `Err` if the visitor may not see it.
pub(super) fn asked_row<'a>(ask: &Ask<'a>) -> Result<(AgreementView<'a>, InitiativeView<'a>), Problem> {
    let agreement = ask.moment.agreement()?;
    let id: Id<id::Initiative> = ask.part("id").parse().map_err(|_| Problem::NoSuchInitiative)?;
    Ok((agreement, agreement.initiative(id).ok_or(Problem::NoSuchInitiative)?))
}

/// Returns the row with this id; `None` unless it belongs to a draft plan and the visitor may change it.
pub(crate) fn own_row_named<'a>(ask: &Ask<'a>, id: &str) -> Option<(AgreementView<'a>, InitiativeView<'a>)> {
    let agreement = ask.moment.agreement().ok()?;
    let seen = agreement.initiative(id.parse().ok()?)?;
    (ask.visitor.meets(&to_change(seen.initiative)) && seen.plan.state == PlanState::Draft).then_some((agreement, seen))
}

/// Returns the row that the address names; `Err` unless it belongs to a draft plan and the visitor may change it.
pub(super) fn own_row<'a>(ask: &Ask<'a>) -> Result<(AgreementView<'a>, InitiativeView<'a>), Problem> {
    let (agreement, seen) = asked_row(ask)?;
    if !ask.visitor.meets(&to_change(seen.initiative)) {
        return Err(Problem::Forbidden);
    }
    if seen.plan.state != PlanState::Draft {
        return Err(Problem::Refused {
            page: None,
            sentences: InBoth::of(|language| {
                renkei_domain::refusal::Refusal::PlanNotDraft { fiscal_year: seen.plan.fiscal_year }
                    .message_in(language)
            }),
        });
    }
    Ok((agreement, seen))
}

/// Returns the address of a row on the page of its plan, as of the newest state.
pub(super) fn row_on_its_plan(ask: &Ask<'_>, id: Id<id::Initiative>) -> String {
    let state = ask.site.node.state();
    let viewer: Viewer = ask.visitor.viewer();
    let agreement = state.seen_by(viewer).agreements().next();
    let seen = agreement.and_then(|agreement| Some((agreement, agreement.initiative(id)?)));
    let Some((agreement, seen)) = seen else { return "/".to_owned() };
    let plan = address::plan(agreement.id, seen.plan.fiscal_year, seen.plan.kind);
    let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    anchor_on(
        agreement,
        seen.plan,
        &plan,
        &address::row_anchor(place(seen.chapter), place(seen.section_number), place(seen.number)),
    )
}

/// Up to this number of rows, a plan always has a single page.
const ON_ONE_PAGE: usize = 10;

/// Returns the address of an anchor on a plan's page. For a long plan, it redirects to the page that contains the
/// anchor.
pub(super) fn anchor_on(agreement: AgreementView<'_>, plan: &Plan, address: &str, anchor: &str) -> String {
    let rows = plan.sections().flat_map(|section| agreement.rows(section)).take(ON_ONE_PAGE + 1).count();
    if rows <= ON_ONE_PAGE { format!("{address}#{anchor}") } else { address::on_plan(address, anchor) }
}
