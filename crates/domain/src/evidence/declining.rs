//! 引き継がない行の反映 — removes declined rows from the plans. The imported document still contains these rows.

use std::collections::HashSet;
use std::sync::Arc;

use renkei_document::id::{self, Id};

use crate::evidence::{DeclinedRows, Replaced};
use crate::plan::{Initiative, Standing};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::Order;

/// The rows that a party declines: of the named rows, those that come from this document and that the party has not
/// taken over.
struct Declined<'a> {
    evidence: Id<id::Evidence>,
    party: Id<id::Party>,
    named: HashSet<&'a Id<id::Initiative>>,
}

impl Declined<'_> {
    fn has(&self, id: &Id<id::Initiative>, row: &Initiative) -> bool {
        let waits = row.standing == (Standing::Evidence { evidence: self.evidence });
        waits && row.party == self.party && self.named.contains(id)
    }
}

impl AgreementDossier {
    /// Removes the rows from the plans. Also removes them from the rows stored for undoing a merge, so that undoing the
    /// merge does not restore them.
    pub(super) fn decline_rows(
        &mut self,
        order: &Order,
        post: &str,
        (id, rows): (Id<id::Evidence>, &[Id<id::Initiative>]),
        reason: &str,
    ) {
        let declined = Declined { evidence: id, party: order.party, named: rows.iter().collect() };
        let waits = |row: &&Id<id::Initiative>| self.initiatives.get(row).is_some_and(|known| declined.has(row, known));
        let gone: HashSet<Id<id::Initiative>> = rows.iter().filter(waits).copied().collect();
        let removed = gone.iter().filter_map(|row| self.initiatives.remove(row));
        let plans: HashSet<Id<id::Plan>> = removed.map(|row| row.plan).collect();
        for plan in plans {
            self.unlist_all(plan, &gone);
        }
        self.decline_replaced(&declined);
        let Some(evidence) = self.evidence.get_mut(&id).filter(|_| !gone.is_empty()) else { return };
        let (post, reason) = (post.to_owned(), reason.to_owned());
        let told = DeclinedRows { party: order.party, post, at: order.time, rows: gone.len(), reason };
        Arc::make_mut(evidence).declined.push(told);
    }

    fn decline_replaced(&mut self, declined: &Declined<'_>) {
        let has = |replaced: &Replaced| replaced.rows.iter().any(|(id, row)| declined.has(id, row));
        let holding = self.evidence.iter().filter(|(_, evidence)| evidence.replaced.iter().any(has));
        let holding: Vec<Id<id::Evidence>> = holding.map(|(id, _)| *id).collect();
        for evidence in holding {
            let Some(evidence) = self.evidence.get_mut(&evidence).map(Arc::make_mut) else { continue };
            for Replaced { id: _, plan, rows } in &mut evidence.replaced {
                let gone = rows.iter().filter(|(id, row)| declined.has(id, row)).map(|(id, _)| *id).collect();
                rows.retain(|(id, row)| !declined.has(id, row));
                Arc::make_mut(plan).unlist(&gone);
            }
        }
    }
}
