//! 並び — the events that put a row in the wanted place. An event of the shared chain refers only to rows that both sides
//! see; an event of a party's own chain refers only to rows that this party sees.

use std::collections::HashSet;

use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::plan::event::{PlanEvent, SharedPlace, SharedRow};
use crate::plan::{Section, Wording};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::DossierKey;
use crate::record::entry::Pending;
use crate::record::ground::{Ground, in_agreement, in_own, pending};

/// 並べ方 — a row to be drafted, moved or repeated, and the facts about the actor.
#[derive(Clone, Copy)]
pub struct Placing<'a> {
    pub facts: &'a Ground<'a>,
    pub agreement: Id<Agreement>,
    pub dossier: &'a AgreementDossier,
    pub party: Id<id::Party>,
    pub row: Id<id::Initiative>,
}

impl Placing<'_> {
    /// Creates the events that put a new draft after the nearest row that its party sees.
    pub fn drafted(
        self,
        plan: Id<id::Plan>,
        section: &Section,
        wanted: Option<Id<id::Initiative>>,
        wording: Wording,
    ) -> Vec<Pending> {
        let (initiative, after) = (self.row, self.nearest(section, wanted, |row| self.is_open_to(row, self.party)));
        let drafted = PlanEvent::InitiativeDrafted { initiative, plan, section: section.id, after, wording };
        let mut events = in_own(self.facts, self.party, self.agreement, drafted);
        events.extend(self.behind_hidden(section, wanted));
        events
    }

    /// Creates the events that move a private row.
    pub fn moved_in_private(self, section: &Section, wanted: Option<Id<id::Initiative>>) -> Vec<Pending> {
        let after = self.nearest(section, wanted, |row| self.is_open_to(row, self.party));
        let mut events = vec![self.own_move(self.party, section, after)];
        events.extend(self.behind_hidden(section, wanted));
        events
    }

    /// Creates the events that move a row that both sides see: an event in the shared chain for its place among the
    /// rows that both see, and an event in the own chain of each party that the actor acts for, for its place among
    /// that party's drafts. Events that change nothing are left out.
    pub fn moved(self, section: &Section, wanted: Option<Id<id::Initiative>>) -> Vec<Pending> {
        let is_at_home = self.dossier.initiatives.get(&self.row).is_some_and(|row| !row.is_repeated_in(section.id));
        let here = section.rows.iter().position(|row| *row == self.row).filter(|_| is_at_home);
        let before = here.and_then(|place| place.checked_sub(1)).map(|place| section.rows[place]);
        let shown = |row| self.is_shown(row);
        let after = self.nearest(section, wanted, shown);
        let stays = here.is_some() && self.nearest(section, before, shown) == after;
        let mut events = Vec::new();
        if !stays {
            let moved = PlanEvent::InitiativeMoved { initiative: self.row, section: section.id, after };
            events.extend(in_agreement(self.facts, self.party, self.agreement, moved));
        }
        events.extend(self.drafts_around(section, wanted, |party| match stays {
            true => self.nearest(section, before, |row| self.is_open_to(row, party)),
            false => after,
        }));
        events
    }

    /// Creates the events that repeat a row that both sides see, at the end of another section.
    pub fn repeated(self, section: &Section) -> Vec<Pending> {
        let wanted = section.rows.last().copied();
        let after = self.nearest(section, wanted, |row| self.is_shown(row));
        let repeated = PlanEvent::InitiativeRepeated { initiative: self.row, section: section.id, after };
        let mut events = in_agreement(self.facts, self.party, self.agreement, repeated);
        events.extend(self.drafts_around(section, wanted, |_| after));
        events
    }

    /// Creates the events that repeat a private row in another section, after all rows there that the party sees.
    pub fn repeated_in_private(self, section: &Section) -> Vec<Pending> {
        let after = self.nearest(section, section.rows.last().copied(), |row| self.is_open_to(row, self.party));
        let repeated = PlanEvent::InitiativeRepeated { initiative: self.row, section: section.id, after };
        in_own(self.facts, self.party, self.agreement, repeated)
    }

    /// For each party that the actor acts for: creates the event that orders the row among the party's own drafts,
    /// unless that order is already in effect. `now` returns the row that the party currently sees before it.
    fn drafts_around(
        self,
        section: &Section,
        wanted: Option<Id<id::Initiative>>,
        now: impl Fn(Id<id::Party>) -> Option<Id<id::Initiative>>,
    ) -> Vec<Pending> {
        let parties = self.dossier.agreement.iter().flat_map(|agreement| &agreement.parties).map(|party| party.id);
        let own = parties.filter(|party| self.facts.actor.acts_for(*party));
        let around = own.filter_map(|party| {
            let after = self.nearest(section, wanted, |row| self.is_open_to(row, party));
            (after != now(party)).then(|| self.own_move(party, section, after))
        });
        around.collect()
    }

    /// Creates the event for a draft that is placed after a hidden draft of the other side. Only an actor who acts for
    /// both sides can do this.
    fn behind_hidden(self, section: &Section, wanted: Option<Id<id::Initiative>>) -> Option<Pending> {
        let hidden = wanted.filter(|row| !self.is_open_to(*row, self.party));
        hidden.map(|_| self.own_move(self.party, section, wanted))
    }

    fn own_move(self, party: Id<id::Party>, section: &Section, after: Option<Id<id::Initiative>>) -> Pending {
        let moved = PlanEvent::InitiativeMoved { initiative: self.row, section: section.id, after };
        pending(self.facts, party, DossierKey::AgreementOwn(self.agreement), moved)
    }

    /// Returns the nearest row that satisfies `counts`, searching backwards from `wanted`.
    fn nearest(
        self,
        section: &Section,
        wanted: Option<Id<id::Initiative>>,
        counts: impl Fn(Id<id::Initiative>) -> bool,
    ) -> Option<Id<id::Initiative>> {
        let last = section.rows.iter().rposition(|row| Some(*row) == wanted)?;
        section.rows[..=last].iter().rev().copied().find(|row| *row != self.row && counts(*row))
    }

    fn is_shown(self, row: Id<id::Initiative>) -> bool {
        self.dossier.is_shown(row)
    }

    fn is_open_to(self, row: Id<id::Initiative>, party: Id<id::Party>) -> bool {
        self.dossier.is_open_to(row, party)
    }
}

/// Returns the rows to be shown in the order of their places. Each is placed after the nearest row that both sides see
/// at that point.
pub fn shown(dossier: &AgreementDossier, wanted: &[Id<id::Initiative>]) -> Vec<SharedRow> {
    let wanted: HashSet<_> = wanted.iter().copied().collect();
    let plans: HashSet<_> = wanted.iter().filter_map(|id| Some(dossier.initiatives.get(id)?.plan)).collect();
    let plans = dossier.plans.iter().filter(|(id, _)| plans.contains(id));
    let sections = || plans.clone().flat_map(|(_, plan)| plan.sections());
    // Rows that both sides see at that point: rows shown before, and the rows of this event that are already placed.
    let mut put = HashSet::new();
    let mut place = |section: &Section, at: usize, id: Id<id::Initiative>| {
        let seen = |row: &&Id<id::Initiative>| dossier.is_shown(**row) || put.contains(&(section.id, **row));
        let after = section.rows[..at].iter().rev().find(seen).copied();
        put.insert((section.id, id));
        SharedPlace { section: section.id, after }
    };
    let mut rows = Vec::new();
    for section in sections() {
        for (at, id) in section.rows.iter().enumerate().filter(|(_, id)| wanted.contains(id)) {
            let Some(row) = dossier.initiatives.get(id).filter(|row| !row.is_repeated_in(section.id)) else { continue };
            rows.push(SharedRow {
                initiative: *id,
                plan: row.plan,
                home: place(section, at, *id),
                wording: row.wording.clone(),
                follows: row.follows.filter(|old| dossier.is_shown(*old)),
                repeats: Vec::new(),
            });
        }
    }
    for row in &mut rows {
        let repeated = dossier.initiatives.get(&row.initiative).map(|known| known.repeated_in.as_slice());
        for section in sections().filter(|known| repeated.is_some_and(|repeated| repeated.contains(&known.id))) {
            let at = section.rows.iter().position(|known| *known == row.initiative);
            row.repeats.extend(at.map(|at| place(section, at, row.initiative)));
        }
    }
    rows
}
