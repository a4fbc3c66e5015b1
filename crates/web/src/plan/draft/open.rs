//! 年度の計画を始める: a new plan copies the outline of an earlier table, and optionally rows of the year before.

use askama::Template;
use renkei_app::access::Right;
use renkei_app::{NewPlan, plan};
use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_domain::plan::{Plan, PlanState};
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::names::table_name;
use crate::frame::page::html;
use crate::frame::phrases::{phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};

#[derive(Template)]
#[template(path = "plan/plans.html")]
struct PlansPage {
    frame: Frame,
    drafts: Vec<(String, String)>,
    /// Years for which a plan can be begun, the most likely first.
    years: Vec<(i16, String)>,
    /// Tables whose outline the new plan can copy. Tables with rows of the visitor's side come first, and plans before
    /// other tables.
    models: Vec<(String, String)>,
    /// Parties whose rows can be carried over.
    parties: Vec<(String, String)>,
}

pub fn plans(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let agreement = ask.moment.agreement()?;
    let plans = agreement.plans();
    let language = ask.visitor.language;
    let name = |plan: &Plan| table_name(language, plan.fiscal_year, plan.kind);
    let drafts = plans.iter().filter(|(_, plan)| plan.state == PlanState::Draft);
    let mut models: Vec<_> = plans.clone();
    models.sort_by_key(|(id, plan)| (!agreement.has_rows_of_viewer(*id), plan.kind != PlanKind::Plan));
    let title = say(language, "計画の作成");
    html(&PlansPage {
        frame: Frame::of(ask.visitor, ask.moment, title, Place::Plan, "/plans"),
        drafts: drafts
            .map(|(_, plan)| (name(plan), address::plan(agreement.id, plan.fiscal_year, plan.kind)))
            .collect(),
        years: open_years(ask, agreement).into_iter().map(|year| (year.0, year.in_language(language))).collect(),
        models: models.into_iter().map(|(id, plan)| (id.to_string(), name(plan))).collect(),
        parties: own_parties(ask, agreement).into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
    })
}

pub fn open_plan(deed: &Deed<'_>) -> Result<Done, Problem> {
    let actor = deed.ask.actor(Right::Outline)?;
    let agreement = deed.ask.moment.agreement()?;
    let parties: Vec<Id<id::Party>> = own_parties(&deed.ask, agreement).into_iter().map(|(id, _)| id).collect();
    let by = *parties.first().ok_or(Problem::Forbidden)?;
    let year = deed.form.get("year").parse().ok().map(FiscalYear);
    let fiscal_year = year.filter(|year| open_years(&deed.ask, agreement).contains(year)).ok_or_else(unreadable)?;
    let like: Option<Id<id::Plan>> = match deed.form.get("like").as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| unreadable())?),
    };
    let wanted: Vec<&str> = deed.form.all("carry").collect();
    let carry_over = parties.into_iter().filter(|party| wanted.contains(&party.to_string().as_str())).collect();
    let new = NewPlan { agreement: agreement.id, by, fiscal_year, like, carry_over };
    plan::open_plan(&deed.ask.site.node, actor, new)?;
    Ok(Done::See(address::plan(agreement.id, fiscal_year, PlanKind::Plan)))
}

/// Returns the parties for which the visitor acts: their own, or all parties for the local operator.
pub fn own_parties(ask: &Ask<'_>, agreement: AgreementView<'_>) -> Vec<(Id<id::Party>, String)> {
    let parties = agreement.agreement.parties.iter().map(|party| party.id);
    let own = parties.filter(|party| ask.visitor.is_local_operator() || ask.visitor.party == Some(*party));
    own.map(|party| (party, agreement.party_name(party).to_owned())).collect()
}

/// Returns the years around today without a plan, the most likely first. Imported documents are ignored, because they
/// can be of any year.
fn open_years(ask: &Ask<'_>, agreement: AgreementView<'_>) -> Vec<FiscalYear> {
    let this = FiscalYear::of(ask.site.node.today());
    let plans = agreement.plans();
    let has_plan =
        |year: FiscalYear| plans.iter().any(|(_, plan)| plan.kind == PlanKind::Plan && plan.fiscal_year == year);
    let around = [this.next(), this, this.next().next(), this.previous()];
    around.into_iter().filter(|year| !has_plan(*year)).collect()
}

fn unreadable() -> Problem {
    Problem::UnreadableForm {
        sentences: phrase("年度か、もとにする表が選ばれていません。計画の作成のページを開き直してください。").into(),
    }
}
