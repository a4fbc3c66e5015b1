//! 前年度からの引継ぎ — turns last year's rows into drafts of a plan, placed in last year's order among the existing rows.
//!
//! A carried-over row has a predecessor: the row of last year that it continues. The row is placed after the last row
//! that has no predecessor, or whose predecessor came before the row's own predecessor. For an event of a party's own
//! chain, only the rows that the party sees are searched. The other party's hidden drafts between the row that was found
//! and the next visible row are then considered: the new row is placed after the last of them whose predecessor came
//! before its own. For an event of the shared chain, all rows are searched, because drafts were placed that way before
//! each party had its own chain. Consecutive rows are inserted together, so that the time does not grow with the square
//! of a section's length.

use std::collections::HashMap;
use std::sync::Arc;

use renkei_document::id::{self, Id};

use crate::plan::event::CarriedOver;
use crate::plan::{Initiative, Worded};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::{DossierKey, Order};

/// The position of each predecessor in its section of last year.
type Elders = HashMap<Id<id::Initiative>, usize>;

impl AgreementDossier {
    pub(super) fn carry_over(&mut self, order: &Order, plan: Id<id::Plan>, rows: &[CarriedOver], worded: &Worded) {
        let reader = matches!(order.dossier, DossierKey::AgreementOwn(_)).then_some(order.party);
        let mut rest = rows;
        while let Some(first) = rest.first() {
            let elders = self.elders_beside(first.follows);
            let (run, others) = rest.split_at(run_of(rest, &elders));
            let begun: Vec<&CarriedOver> = run.iter().filter(|row| self.may_begin(plan, row.initiative)).collect();
            let begun = each_once(begun);
            if self.list_run((plan, first.section), &begun, &elders, reader) {
                for CarriedOver { initiative, follows, wording, .. } in begun {
                    let (wording, worded) = (wording.clone(), worded.clone());
                    let row = Initiative::drafted(order.party, plan, wording, worded, Some(*follows));
                    self.initiatives.insert(*initiative, Arc::new(row));
                }
            }
            rest = others;
        }
    }

    /// Returns the positions of the rows in the section of `old`; empty if `old` is in no section.
    fn elders_beside(&self, old: Id<id::Initiative>) -> Elders {
        let plan = self.initiatives.get(&old).and_then(|row| self.plans.get(&row.plan));
        let section = plan.and_then(|plan| plan.sections().find(|section| section.rows.contains(&old)));
        let mut elders = Elders::new();
        for (place, row) in section.iter().flat_map(|section| &section.rows).enumerate() {
            elders.entry(*row).or_insert(place);
        }
        elders
    }

    /// Inserts rows, which must be sorted by the positions of their predecessors, into a section. Returns whether the
    /// section exists.
    fn list_run(
        &mut self,
        (plan, section): (Id<id::Plan>, Id<id::Section>),
        run: &[&CarriedOver],
        elders: &Elders,
        reader: Option<Id<id::Party>>,
    ) -> bool {
        let Some(here) = self.plans.get(&plan).and_then(|plan| plan.sections().find(|known| known.id == section))
        else {
            return false;
        };
        let counts = |row: &Id<id::Initiative>| reader.is_none_or(|party| self.is_open_to(*row, party));
        // For an existing row: a new row whose predecessor has at least this position in last year's section is placed
        // after the existing row. `None` if the existing row does not decide the place of new rows.
        let behind = |row: &Id<id::Initiative>| match self.initiatives.get(row).and_then(|known| known.follows) {
            None => counts(row).then_some(0),
            Some(elder) => elders.get(&elder).map(|place| place + 1),
        };
        let mut known = Vec::with_capacity(here.rows.len());
        let mut seen = None;
        for (place, row) in here.rows.iter().enumerate() {
            // A draft that the reader does not see is grouped with the last preceding row that the reader sees.
            let hidden_behind = if counts(row) { None } else { Some(seen) };
            seen = if hidden_behind.is_none() { Some(place) } else { seen };
            known.extend(behind(row).map(|behind| (behind, place, hidden_behind)));
        }
        known.sort_unstable();
        let mut known = known.into_iter().peekable();
        let mut last = None;
        let mut hidden: HashMap<Option<usize>, usize> = HashMap::new();
        let mut after: HashMap<Option<usize>, Vec<Id<id::Initiative>>> = HashMap::new();
        for row in run {
            let old = elders.get(&row.follows).copied();
            while let Some((_, place, behind)) = known.next_if(|(behind, ..)| old.is_some_and(|old| *behind <= old)) {
                match behind {
                    None => last = last.max(Some(place)),
                    Some(seen) => drop(hidden.entry(seen).and_modify(|last| *last = place.max(*last)).or_insert(place)),
                }
            }
            let place = last.max(hidden.get(&last).copied());
            after.entry(place).or_default().push(row.initiative);
        }
        let Some(section) = self.plans.get_mut(&plan).map(Arc::make_mut).and_then(|plan| plan.section_mut(section))
        else {
            return false;
        };
        let mut rows = after.remove(&None).unwrap_or_default();
        for (place, row) in std::mem::take(&mut section.rows).into_iter().enumerate() {
            rows.push(row);
            rows.extend(after.remove(&Some(place)).into_iter().flatten());
        }
        section.rows = rows;
        true
    }
}

/// Returns the number of rows at the beginning that are for one section and in the order of their predecessors.
fn run_of(rows: &[CarriedOver], elders: &Elders) -> usize {
    let place = |row: &CarriedOver| elders.get(&row.follows).copied();
    let goes_on = |pair: &&[CarriedOver]| pair[0].section == pair[1].section && place(&pair[0]) < place(&pair[1]);
    1 + rows.windows(2).take_while(goes_on).count()
}

/// Removes rows whose id occurred before.
fn each_once(rows: Vec<&CarriedOver>) -> Vec<&CarriedOver> {
    let mut seen = std::collections::HashSet::new();
    rows.into_iter().filter(|row| seen.insert(row.initiative)).collect()
}
