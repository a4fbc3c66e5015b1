//! 提示 — makes rows known to the other side, and places them among rows that not everybody sees.
//!
//! A list of rows contains the rows of all parties. Each party sees the part that follows from the events it knows. An
//! event of the shared chain places a row after a row that both sides see; an event of a party's own chain places it
//! after a row that this party sees. Between two rows that everybody sees, rows of different parties may be in any
//! order. Two rows that were both carried over are sorted by last year's order.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use renkei_document::id::{self, Id};

use super::drafting::Spot;
use crate::plan::event::{SharedPlace, SharedRow};
use crate::plan::{Former, Initiative, PlanState, Section, Shown, Standing, Worded};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::Order;

impl AgreementDossier {
    /// Marks rows as shown without moving them (version 1 of the event).
    pub(super) fn share(&mut self, order: &Order, rows: &[Id<id::Initiative>], as_worded: &Worded) {
        for id in rows {
            if self.is_kept_by(order.party, *id) {
                self.initiatives.change(id, |row| {
                    row.standing = Standing::Shared { at: order.time };
                    let (before, follows) = (row.earlier.len(), row.follows);
                    row.shown = Some(Shown { as_worded: as_worded.clone(), before, follows });
                });
            }
        }
    }

    /// Shows rows by value: rows drafted on this node change to the state in the event; other rows are created from it.
    pub(super) fn show(&mut self, order: &Order, rows: &[SharedRow], as_worded: &Worded) {
        let mut listed = HashSet::new();
        let fits = |row: &&SharedRow| self.may_be_shown(order.party, row) && listed.insert(row.initiative);
        let rows: Vec<&SharedRow> = rows.iter().filter(fits).collect();
        let sections = rows.iter().flat_map(|row| places(row)).map(|(plan, place)| (plan, place.section));
        let sections: HashSet<(Id<id::Plan>, Id<id::Section>)> = sections.collect();
        let known = |(plan, section)| Some((section, places_in(self.section(plan, section)?)));
        let stood: HashMap<Id<id::Section>, Places> = sections.into_iter().filter_map(known).collect();
        let plans: HashSet<Id<id::Plan>> = rows.iter().map(|row| row.plan).collect();
        plans.into_iter().for_each(|plan| self.unlist_all(plan, &listed));
        rows.iter().for_each(|row| self.stand_shown(order, row, as_worded));
        let homes = rows.iter().map(|row| (row.initiative, row.plan, row.home));
        let repeats = rows.iter().flat_map(|row| row.repeats.iter().map(|place| (row.initiative, row.plan, *place)));
        for (id, plan, place) in homes.chain(repeats) {
            let spot = Spot { plan, section: place.section, after: place.after };
            self.put_shown(order.party, id, spot, stood.get(&place.section));
        }
    }

    fn may_be_shown(&self, party: Id<id::Party>, row: &SharedRow) -> bool {
        let is_free = match self.initiatives.get(&row.initiative) {
            Some(known) => known.party == party && known.standing == Standing::Private && known.plan == row.plan,
            None => true,
        };
        let mut sections = HashSet::new();
        let mut places = places(row);
        let plan = self.plans.get(&row.plan);
        is_free
            && plan.is_some_and(|plan| plan.state == PlanState::Draft)
            && places.all(|(plan, place)| self.section(plan, place.section).is_some() && sections.insert(place.section))
    }

    fn stand_shown(&mut self, order: &Order, row: &SharedRow, as_worded: &Worded) {
        let (party, standing) = (order.party, Standing::Shared { at: order.time });
        let mut known = match self.initiatives.remove(&row.initiative) {
            Some(known) => Arc::unwrap_or_clone(known),
            None => Initiative::drafted(party, row.plan, row.wording.clone(), as_worded.clone(), row.follows),
        };
        if known.wording != row.wording {
            let wording = std::mem::replace(&mut known.wording, row.wording.clone());
            let worded = std::mem::replace(&mut known.worded, as_worded.clone());
            known.earlier.push(Arc::new(Former { wording, worded }));
        }
        let (before, follows) = (known.earlier.len(), row.follows);
        known.shown = Some(Shown { as_worded: as_worded.clone(), before, follows });
        known.standing = standing;
        known.repeated_in = row.repeats.iter().map(|place| place.section).collect();
        self.initiatives.insert(row.initiative, Arc::new(known));
    }

    /// Places a shown row after one that both sides see. Drafts of the row's own party keep their places before or
    /// after the row. A draft of another party is placed after the row, unless both were carried over and the draft
    /// came first last year.
    fn put_shown(&mut self, party: Id<id::Party>, id: Id<id::Initiative>, spot: Spot, stood: Option<&Places>) {
        let Some(section) = self.section(spot.plan, spot.section) else { return };
        let start = spot.place_in(section);
        let between: Vec<Id<id::Initiative>> =
            section.rows[start..].iter().take_while(|row| self.is_private(**row)).copied().collect();
        let follows = self.initiatives.get(&id).and_then(|row| row.shown.as_ref()?.follows);
        let elders =
            follows.filter(|_| !between.is_empty()).and_then(|old| self.elders_before(old)).unwrap_or_default();
        let place = |row: &Id<id::Initiative>| stood.and_then(|stood| stood.get(row));
        let goes_before = |row: &Initiative, other: &Id<id::Initiative>| match row.party == party {
            true => place(other).is_some_and(|other| Some(other) < place(&id)),
            false => row.follows.is_some_and(|elder| elders.contains(&elder)),
        };
        // The drafts of one party keep their order: if a draft is placed before the row, so are the party's earlier
        // drafts.
        let (mut before, mut behind, mut passed) = (Vec::new(), Vec::new(), HashSet::new());
        for other in between.iter().rev() {
            let Some(known) = self.initiatives.get(other) else { continue };
            if passed.contains(&known.party) || goes_before(known, other) {
                passed.insert(known.party);
                before.push(*other);
            } else {
                behind.push(*other);
            }
        }
        let now: Vec<_> = before.into_iter().rev().chain([id]).chain(behind.into_iter().rev()).collect();
        if let Some(section) = self.section_mut(spot.plan, spot.section) {
            section.rows.splice(start..start + between.len(), now);
        }
    }

    /// Arranges a party's drafts around a row that both sides see: drafts up to `after` go before it, later ones after
    /// it. Does nothing if the row has moved away meanwhile.
    pub(super) fn keep_around(
        &mut self,
        party: Id<id::Party>,
        id: Id<id::Initiative>,
        section: Id<id::Section>,
        after: Option<Id<id::Initiative>>,
    ) {
        let Some(plan) = self.initiatives.get(&id).map(|row| row.plan) else { return };
        let Some(known) = self.section(plan, section) else { return };
        let Some(at) = known.rows.iter().position(|row| *row == id) else { return };
        let is_private = |row: &&Id<id::Initiative>| self.is_private(**row);
        let start = at - known.rows[..at].iter().rev().take_while(is_private).count();
        let end = at + 1 + known.rows[at + 1..].iter().take_while(is_private).count();
        let is_own = |row: &Id<id::Initiative>| self.is_kept_by(party, *row);
        let own: Vec<_> = known.rows[start..end].iter().copied().filter(is_own).collect();
        let place = own.iter().position(|row| Some(*row) == after).map(|place| place + 1);
        let is_first = start.checked_sub(1).map(|place| known.rows[place]) == after;
        let Some(place) = place.or(is_first.then_some(0)) else { return };
        let others = |rows: &[Id<id::Initiative>]| rows.iter().copied().filter(|row| !is_own(row)).collect::<Vec<_>>();
        let (before, behind) = own.split_at(place);
        let (ahead, last) = (others(&known.rows[start..at]), others(&known.rows[at + 1..end]));
        let now = [&ahead, before, &[id], behind, &last].concat();
        if let Some(section) = self.section_mut(plan, section) {
            section.rows.splice(start..end, now);
        }
    }

    /// Moves a party's draft after a row that the party does not see, if no row that it sees is between them. Only an
    /// actor who acts for both sides orders such rows and sees that order.
    pub(super) fn shift(
        &mut self,
        party: Id<id::Party>,
        id: Id<id::Initiative>,
        section: Id<id::Section>,
        after: Id<id::Initiative>,
    ) {
        let Some(plan) = self.initiatives.get(&id).map(|row| row.plan) else { return };
        let Some(known) = self.section(plan, section) else { return };
        let place = |wanted| known.rows.iter().position(|row| *row == wanted);
        let (Some(from), Some(to)) = (place(id), place(after)) else { return };
        let between = if from < to { &known.rows[from + 1..=to] } else { &known.rows[to..from] };
        if between.iter().any(|row| self.is_open_to(*row, party)) {
            return;
        }
        if let Some(section) = self.section_mut(plan, section) {
            section.rows.remove(from);
            section.rows.insert(if from < to { to } else { to + 1 }, id);
        }
    }

    pub(super) fn is_at_home_in(&self, id: Id<id::Initiative>, section: Id<id::Section>) -> bool {
        let row = self.initiatives.get(&id).filter(|row| !row.is_repeated_in(section));
        let known = row.and_then(|row| self.section(row.plan, section));
        known.is_some_and(|known| known.rows.contains(&id))
    }

    /// Returns the rows that precede this row in its section.
    fn elders_before(&self, old: Id<id::Initiative>) -> Option<HashSet<Id<id::Initiative>>> {
        let before = self.initiatives.get(&old).and_then(|row| self.plans.get(&row.plan))?;
        let rows = before.sections().map(|section| &section.rows).find(|rows| rows.contains(&old))?;
        Some(rows.iter().take_while(|row| **row != old).copied().collect())
    }

    /// Whether a row exists and is not shown.
    pub(super) fn is_private(&self, id: Id<id::Initiative>) -> bool {
        self.initiatives.get(&id).is_some_and(|row| row.standing == Standing::Private)
    }

    /// Whether a row is a private row of this party.
    pub(super) fn is_kept_by(&self, party: Id<id::Party>, id: Id<id::Initiative>) -> bool {
        self.initiatives.get(&id).is_some_and(|row| row.party == party && row.standing == Standing::Private)
    }
}

/// The position of each row of a section.
type Places = HashMap<Id<id::Initiative>, usize>;

fn places_in(section: &Section) -> Places {
    section.rows.iter().enumerate().map(|(place, row)| (*row, place)).collect()
}

/// Returns the places at which a row is shown, home first.
fn places(row: &SharedRow) -> impl Iterator<Item = (Id<id::Plan>, SharedPlace)> {
    std::iter::once(row.home).chain(row.repeats.iter().copied()).map(|place| (row.plan, place))
}
