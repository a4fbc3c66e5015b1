//! Finds the plan that an address names.

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::plan::Plan;
use renkei_domain::view::AgreementView;

use crate::frame::address::{self, kind_of};
use crate::frame::phrases::{InBoth, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;

/// Returns the plan with the year and the kind that are in the address.
pub(crate) fn asked_plan<'a>(ask: &Ask<'_>, agreement: AgreementView<'a>) -> Result<(Id<id::Plan>, &'a Plan), Problem> {
    let (year, kind) = (ask.part("year"), ask.part("kind"));
    let known = |(year, kind): (FiscalYear, PlanKind)| {
        let asked = || InBoth::of(|language| in_question(language, year, kind));
        let mut plans = agreement.plans().into_iter();
        plans
            .find(|(_, plan)| (plan.fiscal_year, plan.kind) == (year, kind))
            .ok_or_else(|| Problem::NoSuchPlan { asked: asked() })
    };
    address::canonical(year).map(FiscalYear).zip(kind_of(kind)).ok_or(Problem::NoSuchPage).and_then(known)
}

/// Returns the name of a requested table that may not exist, such as 令和13年度の事業計画.
fn in_question(language: Language, year: FiscalYear, kind: PlanKind) -> String {
    tell(language, "{}の{}", [year.in_language(language).as_str(), say(language, kind.name())])
}
