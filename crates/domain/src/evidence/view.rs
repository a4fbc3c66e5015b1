//! 資料の閲覧 — imported documents: the rows that wait to be taken over, the effect of a merge, and the parties whose rows
//! an undo would change.

use std::collections::{HashMap, HashSet};

use renkei_document::document::{Document, PlanKind, PlanTable};
use renkei_document::id::{self, Id};

use crate::evidence::Evidence;
use crate::evidence::merging::{self, Merged, Staying};
use crate::plan::{Initiative, Plan, PlanState, Standing};
use crate::view::AgreementView;
use crate::view::reads::PartOfAgreement;

/// 引継ぎを待つ行 — the rows in one document that one party has not taken over yet.
#[derive(Debug, Clone)]
pub struct WaitingRows<'a> {
    pub id: Id<id::Evidence>,
    pub evidence: &'a Evidence,
    pub party: Id<id::Party>,
    /// Whether the viewer belongs to that party and may take the rows over.
    pub is_own: bool,
    /// The rows in the order of the plans, each listed at its home section.
    pub rows: Vec<Id<id::Initiative>>,
}

/// The waiting rows, by document and party.
type Waiting = HashMap<(Id<id::Evidence>, Id<id::Party>), Vec<Id<id::Initiative>>>;

impl<'a> AgreementView<'a> {
    /// Returns the imported documents, newest first.
    pub fn evidence(self) -> Vec<(Id<id::Evidence>, &'a Evidence)> {
        self.read(PartOfAgreement::AllEvidence, |agreement| agreement.dossier.evidence.clone());
        let mut evidence: Vec<_> = self.dossier.evidence.iter().map(|(id, known)| (*id, &**known)).collect();
        evidence.sort_by_key(|(_, evidence)| std::cmp::Reverse((evidence.document.fiscal_year, evidence.at)));
        evidence
    }

    /// Returns an imported document by its id.
    pub fn evidence_named(self, id: Id<id::Evidence>) -> Option<&'a Evidence> {
        self.read(PartOfAgreement::Evidence(id), move |agreement| agreement.dossier.evidence.get(&id).cloned());
        self.dossier.evidence.get(&id).map(|known| &**known)
    }

    /// Returns the rows that wait to be taken over, by document (newest first) and by party. The party of a row is
    /// public.
    pub fn waiting_rows(self) -> Vec<WaitingRows<'a>> {
        self.read(PartOfAgreement::WaitingRows, |agreement| agreement.unnoted().waiting());
        let mut waiting = self.waiting();
        let mut all = Vec::new();
        for (id, evidence) in self.evidence() {
            for party in self.agreement.parties.iter().map(|party| party.id) {
                let is_own = self.view.viewer.is_of(party);
                let rows = waiting.remove(&(id, party));
                all.extend(rows.map(|rows| WaitingRows { id, evidence, party, is_own, rows }));
            }
        }
        all
    }

    fn waiting(self) -> Waiting {
        let mut waiting = Waiting::new();
        for (row, known) in self.plans().into_iter().flat_map(|(_, plan)| self.unnoted().rows_at_home(plan)) {
            if let Standing::Evidence { evidence } = known.standing {
                waiting.entry((evidence, known.party)).or_default().push(row);
            }
        }
        waiting
    }

    /// Returns the result that a merge of this table by the viewer's side would have: the table replaces the recorded
    /// plan of its year. Rows in `kept` and rows that another party has made its own stay unchanged. `None` if no
    /// document has shown that plan.
    pub fn merging(self, brought: &PlanTable, kept: &HashSet<Id<id::Initiative>>) -> Option<Merged> {
        let (id, plan) = self.plan_of(brought.fiscal_year, brought.kind)?;
        if plan.state == PlanState::Draft {
            return None;
        }
        let of_others = self.rows_of_others(plan).collect();
        let staying = Staying { chosen: kept, of_others: &of_others };
        Some(merging::merge(&self.table(id)?, brought, staying))
    }

    /// Returns the document whose cover stays when the viewer's side merges `brought`. Its cover is the cover of the
    /// report that shows the last plan of `brought`. `None` if no other party has rows of its own in that report, or if
    /// the plan is new.
    pub fn cover_that_stays(self, brought: &Document) -> Option<&'a Document> {
        let order = |table: &&PlanTable| (table.kind.report_year(table.fiscal_year), table.kind == PlanKind::Plan);
        let last = brought.plans.iter().max_by_key(order)?;
        let (_, plan) = self.plan_of(last.fiscal_year, last.kind)?;
        let in_report = self.report_plans(plan.report_year()).into_iter().map(|(_, plan)| plan).chain([plan]);
        in_report.flat_map(|plan| self.rows_of_others(plan)).next()?;
        self.gives_the_cover(plan.report_year()).map(|evidence| &*evidence.document)
    }

    /// Returns the rows of a plan that parties other than the viewer's have made their own.
    pub fn rows_of_others(self, plan: &'a Plan) -> impl Iterator<Item = Id<id::Initiative>> {
        let others = self.rows_at_home(plan).filter(move |(_, row)| row.is_own() && !self.view.viewer.is_of(row.party));
        others.map(|(id, _)| id)
    }

    /// Whether the viewer's side may undo an import.
    pub fn may_undo(self, id: Id<id::Evidence>) -> bool {
        let may = move |agreement: AgreementView<'_>| {
            let touched = agreement.unnoted().touched_by_undoing(id);
            touched.is_some_and(|parties| parties.into_iter().all(|party| agreement.view.viewer.is_of(party)))
        };
        self.read(PartOfAgreement::MayUndo(id), may);
        may(self)
    }

    /// Returns the parties affected by undoing an import: the importing party, and those whose own rows would be
    /// removed, changed or restored. `None` if the document is not known.
    pub(crate) fn touched_by_undoing(self, id: Id<id::Evidence>) -> Option<HashSet<Id<id::Party>>> {
        let evidence = self.dossier.evidence.get(&id)?;
        let rows = &self.dossier.initiatives;
        let comes_back: HashSet<_> =
            evidence.replaced.iter().flat_map(|replaced| &replaced.rows).map(|(row, _)| *row).collect();
        // The undo does not change a row that the document left unchanged.
        let stays = |row: Id<id::Initiative>, now: &Initiative| comes_back.contains(&row) && !now.standing.is_from(id);
        let plans = evidence.plans.iter().filter_map(|plan| self.dossier.plans.get(plan));
        let listed = plans.flat_map(|plan| plan.sections()).flat_map(|section| section.rows_of_all_parties());
        let now = listed.filter_map(|row| Some((*row, rows.get(row)?)));
        let now = now.filter(|(row, now)| !stays(*row, now)).map(|(_, row)| row);
        let before = evidence.replaced.iter().flat_map(|replaced| &replaced.rows);
        let before = before.filter(|(row, _)| rows.get(row).is_none_or(|now| !stays(*row, now))).map(|(_, row)| row);
        let own = now.map(|row| &**row).chain(before.map(|row| &**row)).filter(|row| row.is_own());
        Some(own.map(|row| row.party).chain([evidence.imported_by]).collect())
    }
}
