//! 協定簿冊 — one agreement: its text, the documents imported into it, its plans and their rows.

mod rows;

use std::sync::Arc;

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use serde::{Deserialize, Serialize};

use crate::agreement::Agreement;
use crate::edition::Edition;
use crate::event::{Authored, Event};
use crate::evidence::Evidence;
use crate::plan::suggestion::Suggestion;
use crate::plan::{Plan, Standing};
use crate::record::chain::Order;
use crate::record::register::Register;
use crate::shared_fact::SharedFact;

pub use rows::{Counted, Rows};

/// 協定簿冊 — the fold of all parties' events about one agreement. A copy shares all data with its original; a change
/// copies only the changed part.
///
/// The folds of the slices keep these invariants. Each row has exactly one home section in its plan, and is also listed
/// in each section in which it is repeated. Each plan of an imported document exists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementDossier {
    pub agreement: Option<Arc<Agreement>>,
    pub evidence: Register<Id<id::Evidence>, Arc<Evidence>>,
    pub plans: Register<Id<id::Plan>, Arc<Plan>>,
    pub initiatives: Rows,
    #[serde(default)]
    pub editions: Register<Id<Edition>, Arc<Edition>>,
    #[serde(default)]
    pub shared_facts: Register<Id<id::SharedFact>, Arc<SharedFact>>,
    #[serde(default)]
    pub suggestions: Register<Id<Suggestion>, Arc<Suggestion>>,
}

impl AgreementDossier {
    /// Folds an event of a shared chain. It never fails: an event that does not fit is ignored.
    pub(crate) fn apply(&mut self, order: &Order, authored: &Authored) {
        let post = authored.post.as_str();
        match &authored.event {
            Event::Agreement(event) => self.fold_conclusion(event),
            Event::Evidence(event) => self.fold_evidence(order, post, event),
            Event::Plan(event) => self.fold_plan(order, post, event),
            Event::Edition(event) => self.fold_edition(order, post, event),
            Event::SharedFact(event) => self.fold_shared_fact(order, post, event),
            Event::Indicator(_) | Event::Organisation(_) => {}
        }
    }

    /// Folds an event of a party's own chain: drafts that the party has not shown.
    pub(crate) fn apply_own(&mut self, order: &Order, authored: &Authored) {
        match &authored.event {
            Event::Plan(event) => self.fold_own_plan(order, &authored.post, event),
            Event::Agreement(_)
            | Event::Evidence(_)
            | Event::Indicator(_)
            | Event::Organisation(_)
            | Event::Edition(_)
            | Event::SharedFact(_) => {}
        }
    }

    /// Whether all parties of the agreement may read a row.
    pub fn is_shown(&self, id: Id<id::Initiative>) -> bool {
        self.initiatives.get(&id).is_some_and(|row| row.standing != Standing::Private)
    }

    /// Whether a party may read a row: the row belongs to the party, or is shown.
    pub fn is_open_to(&self, id: Id<id::Initiative>, party: Id<id::Party>) -> bool {
        self.initiatives.get(&id).is_some_and(|row| row.party == party || row.standing != Standing::Private)
    }

    /// Returns the editions of a year, oldest first.
    pub fn editions_of(&self, fiscal_year: FiscalYear) -> Vec<&Edition> {
        let all = self.editions.values().map(|edition| &**edition);
        let mut editions: Vec<_> = all.filter(|known| known.fiscal_year == fiscal_year).collect();
        editions.sort_by_key(|edition| edition.number);
        editions
    }

    /// Returns the plan, progress or result of a year.
    pub fn plan_of(&self, fiscal_year: FiscalYear, kind: PlanKind) -> Option<(Id<id::Plan>, &Plan)> {
        let found = self.plans.iter().find(|(_, plan)| plan.fiscal_year == fiscal_year && plan.kind == kind);
        found.map(|(id, plan)| (*id, &**plan))
    }
}
