//! 前年度対応 — suggests which rows of one year continue which rows of an earlier year.

use renkei_document::document::{PlanKind, PlanTable};
use renkei_document::fiscal_year::FiscalYear;
use renkei_domain::plan::lineage::{Lineage, suggest_knowing};
use renkei_domain::view::{AgreementView, Viewer};

use crate::node::error::AppError;
use crate::node::state::State;

impl State {
    /// Suggests which earlier row each row of a year continues. Uses the plan of the later year. Of the earlier year,
    /// uses the result if there is one, else the progress, else the plan.
    pub fn lineage(
        &self,
        viewer: Viewer,
        agreement: Option<&str>,
        from: FiscalYear,
        to: FiscalYear,
    ) -> Result<Lineage, AppError> {
        let agreement = self.choose_agreement(viewer, agreement)?;
        let old = table(agreement, from, [PlanKind::Result, PlanKind::Progress, PlanKind::Plan])?;
        let new = table(agreement, to, [PlanKind::Plan, PlanKind::Result, PlanKind::Progress])?;
        let carried = new.id.map(|id| agreement.carried_over(id)).unwrap_or_default();
        Ok(suggest_knowing(&old, &new, &agreement.same_divisions([&old, &new]), &carried))
    }
}

fn table(agreement: AgreementView<'_>, year: FiscalYear, kinds: [PlanKind; 3]) -> Result<PlanTable, AppError> {
    let plans = agreement.plans();
    let of_kind = |kind| plans.iter().find(|(_, plan)| plan.fiscal_year == year && plan.kind == kind);
    let found = kinds.into_iter().find_map(of_kind).and_then(|(id, _)| agreement.table(*id));
    found.ok_or_else(|| AppError::NoPlan {
        fiscal_year: year.to_string(),
        known: plans.iter().map(|(_, plan)| plan.fiscal_year.to_string()).collect(),
    })
}
