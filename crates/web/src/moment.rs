//! One moment of the journal through one viewer's eyes, with all that was worked out from it: tables, lineages, pages.
//!
//! What is kept here is never shown at another position of the journal or to another kind of viewer.

use std::sync::Arc;

use renkei_app::State;
use renkei_domain::document::{PlanKind, PlanTable};
use renkei_domain::fiscal_year::FiscalYear;
use renkei_domain::id::Id;
use renkei_domain::lineage::{Lineage, suggest_knowing};
use renkei_domain::plan::Plan;
use renkei_domain::renamed_divisions::Renaming;
use renkei_domain::view::{AgreementView, View, Viewer};

use crate::answer::Answer;
use crate::placed::{Placed, place};
use crate::problem::Problem;
use crate::shelf::Shelf;

/// A page, or why there is none.
pub type Answered = Result<Arc<Answer>, Problem>;

/// What a page is kept by: the kind of visitor (`Visitor::kind`) and the address.
pub type PageKey = (Arc<str>, String);

/// The lineages by the old and the new table.
type Lineages = Shelf<(Id<Plan>, Id<Plan>), Option<Arc<Lineage>>>;

const MOST_PAGES: usize = 1024;
const MOST_BYTES_OF_PAGES: usize = 64 << 20;
const MOST_TABLES: usize = 256;

/// A state at its position, one viewer, and what was worked out for them.
pub struct Moment {
    pub state: Arc<State>,
    pub viewer: Viewer,
    pages: Shelf<PageKey, Answered>,
    tables: Shelf<Id<Plan>, Option<Arc<PlanTable>>>,
    lineages: Lineages,
    findings: Shelf<FiscalYear, Arc<Vec<Placed>>>,
}

impl Moment {
    pub fn new(state: Arc<State>, viewer: Viewer) -> Self {
        Self {
            state,
            viewer,
            pages: Shelf::new(MOST_PAGES, MOST_BYTES_OF_PAGES),
            tables: Shelf::new(MOST_TABLES, usize::MAX),
            lineages: Shelf::new(MOST_TABLES, usize::MAX),
            findings: Shelf::new(MOST_TABLES, usize::MAX),
        }
    }

    pub fn view(&self) -> View<'_> {
        self.state.seen_by(self.viewer)
    }

    /// The agreement that the pages show: the oldest of this node.
    pub fn agreement(&self) -> Result<AgreementView<'_>, Problem> {
        self.view().agreements().next().ok_or(Problem::NothingStored)
    }

    /// A page that was made already.
    pub fn kept_page(&self, key: &PageKey) -> Option<Answered> {
        self.pages.get(key)
    }

    /// A page, made now if nobody asked for it yet. What went wrong is not kept: it may go right the next time.
    pub fn page(&self, key: &PageKey, make: impl FnOnce() -> Answered) -> Answered {
        let weigh = |answered: &Answered| answered.as_ref().map_or(0, |answer| answer.weight());
        let answered = self.pages.get_or_make(key, weigh, make);
        if answered.is_err() {
            self.pages.forget(key);
        }
        answered
    }

    /// A plan as a table of what the viewer may see.
    pub fn table(&self, plan: Id<Plan>) -> Option<Arc<PlanTable>> {
        let make = || self.agreement().ok().and_then(|agreement| agreement.table(plan)).map(Arc::new);
        self.tables.get_or_make(&plan, |_| 0, make)
    }

    /// How the rows of a table came from those of an earlier one.
    pub fn lineage(&self, old: Id<Plan>, new: Id<Plan>) -> Option<Arc<Lineage>> {
        let make = || {
            let agreement = self.agreement().ok()?;
            let (same, carried) = (agreement.same_divisions(), agreement.carried_over());
            Some(Arc::new(suggest_knowing(&*self.table(old)?, &*self.table(new)?, &same, &carried)))
        };
        self.lineages.get_or_make(&(old, new), |_| 0, make)
    }

    /// The findings of a year's report, each with the rows that it is about.
    pub fn findings(&self, report_year: FiscalYear) -> Arc<Vec<Placed>> {
        self.findings.get_or_make(&report_year, |_| 0, || Arc::new(self.placed(report_year)))
    }

    fn placed(&self, report_year: FiscalYear) -> Vec<Placed> {
        let Ok(agreement) = self.agreement() else { return Vec::new() };
        let title = agreement.agreement.text.title.as_deref();
        let findings = self.state.check(self.viewer, title, Some(report_year)).unwrap_or_default();
        let plans = agreement.report_plans(report_year);
        let tables: Vec<_> = plans.iter().filter_map(|(id, _)| self.table(*id)).collect();
        findings.into_iter().map(|finding| place(finding, &tables)).collect()
    }

    /// The divisions that seem to be renamed and were not answered yet.
    pub fn renamed_divisions(&self) -> Vec<Renaming> {
        let Ok(agreement) = self.agreement() else { return Vec::new() };
        let tables: Vec<_> = agreement.plans().into_iter().filter_map(|(id, _)| self.table(id)).collect();
        let tables: Vec<&PlanTable> = tables.iter().map(|table| &**table).collect();
        agreement.renamed_divisions(&tables, |old, new| self.lineage(old.id?, new.id?))
    }

    /// The table that stood in a plan's place a year earlier: how that year went as far as it is known, else its plan.
    pub fn year_before(&self, plan: &Plan) -> Option<Id<Plan>> {
        let last = plan.fiscal_year.previous();
        let plans = self.agreement().ok()?.plans();
        let of = |kind| plans.iter().find(|(_, known)| known.fiscal_year == last && known.kind == kind);
        [PlanKind::Result, PlanKind::Progress, PlanKind::Plan].into_iter().find_map(of).map(|(id, _)| *id)
    }

    /// The plan that rows of a draft are carried over from: that of the year before, else how that year went.
    pub fn plan_before(&self, plan: &Plan) -> Option<Id<Plan>> {
        let last = plan.fiscal_year.previous();
        let plans = self.agreement().ok()?.plans();
        let of = |kind| plans.iter().find(|(_, known)| known.fiscal_year == last && known.kind == kind);
        [PlanKind::Plan, PlanKind::Result, PlanKind::Progress].into_iter().find_map(of).map(|(id, _)| *id)
    }
}
