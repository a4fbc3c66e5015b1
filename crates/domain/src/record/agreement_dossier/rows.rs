//! 取組の綴り — the rows of an agreement by their ids, and in which of them each observation stands.

use std::collections::{HashMap, HashSet};
use std::ops::Index;
use std::sync::Arc;

use renkei_document::id::{self, Id};
use serde::{Deserialize, Serialize};

use crate::plan::{Initiative, Standing};
use crate::record::register::Register;

/// 取組の綴り — each row with all its wordings. A state shares the rows that did not change with the one before.
///
/// Invariant, held by the methods: `standing` says where each observation stands in the wordings that hold now, the row that was
/// recorded first before the others; `counted` says how many rows of each plan are a party's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    by_id: Register<Id<id::Initiative>, Arc<Initiative>>,
    standing: Register<Id<id::Observation>, Arc<Vec<Id<id::Initiative>>>>,
    counted: HashMap<Id<id::Plan>, HashMap<Id<id::Party>, Counted>>,
}

/// 取組の数 — how many rows of a plan are one party's own, so that nobody goes through the rows for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Rows that the party drafted and has shown, or has taken over from a document.
    pub shown: usize,
    /// Rows that the party keeps to itself.
    pub private: usize,
    /// The places of those: each stands once at home, and once in each section that it is repeated in.
    pub private_places: usize,
}

impl Counted {
    fn of(row: &Initiative) -> Self {
        match row.standing {
            Standing::Evidence { .. } => Self::default(),
            Standing::TakenOver { .. } | Standing::Shared { .. } => Self { shown: 1, ..Self::default() },
            Standing::Private => Self { shown: 0, private: 1, private_places: 1 + row.repeated_in.len() },
        }
    }

    fn add(&mut self, other: Self) {
        self.shown += other.shown;
        self.private += other.private;
        self.private_places += other.private_places;
    }

    fn take(&mut self, other: Self) {
        self.shown -= other.shown;
        self.private -= other.private;
        self.private_places -= other.private_places;
    }
}

impl Rows {
    pub fn get(&self, id: &Id<id::Initiative>) -> Option<&Arc<Initiative>> {
        self.by_id.get(id)
    }

    pub fn contains_key(&self, id: &Id<id::Initiative>) -> bool {
        self.by_id.contains_key(id)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Id<id::Initiative>, &Arc<Initiative>)> + Clone {
        self.by_id.iter()
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Id<id::Initiative>> + Clone {
        self.by_id.keys()
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Arc<Initiative>> + Clone {
        self.by_id.values()
    }

    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The rows whose wording that holds now shows an observation, the first recorded first.
    pub fn with(&self, observation: Id<id::Observation>) -> impl Iterator<Item = Id<id::Initiative>> + Clone {
        self.standing.get(&observation).into_iter().flat_map(|rows| rows.iter().copied())
    }

    /// In how many places observations stand.
    pub fn standing(&self) -> usize {
        self.standing.values().map(|rows| rows.len()).sum()
    }

    /// How many rows of a plan are each party's own; parties without any are left out.
    pub fn counted(&self, plan: Id<id::Plan>) -> impl Iterator<Item = (Id<id::Party>, Counted)> {
        self.counted.get(&plan).into_iter().flatten().map(|(party, counted)| (*party, *counted))
    }

    /// How many blocks both share, and how many there are.
    pub fn shared_blocks(&self, other: &Self) -> (usize, usize) {
        self.by_id.shared_blocks(&other.by_id)
    }

    pub(crate) fn insert(&mut self, id: Id<id::Initiative>, row: Arc<Initiative>) {
        let now: HashSet<_> = row.wording.observations().collect();
        self.count(None, Some(&row));
        let before = self.by_id.insert(id, row);
        self.count(before.as_deref(), None);
        let before = before.map(|row| row.wording.observations().collect()).unwrap_or_default();
        self.restand(id, &before, &now);
    }

    pub(crate) fn remove(&mut self, id: &Id<id::Initiative>) -> Option<Arc<Initiative>> {
        let row = self.by_id.remove(id)?;
        self.count(Some(&row), None);
        self.restand(*id, &row.wording.observations().collect(), &HashSet::new());
        Some(row)
    }

    /// Changes a row, where it is there.
    pub(crate) fn change(&mut self, id: &Id<id::Initiative>, change: impl FnOnce(&mut Initiative)) {
        let Some(row) = self.by_id.get_mut(id) else { return };
        let before: HashSet<_> = row.wording.observations().collect();
        let row = Arc::make_mut(row);
        let counted = (row.plan, row.party, Counted::of(row));
        change(row);
        let now = row.wording.observations().collect();
        let recounted = (row.plan, row.party, Counted::of(row));
        if counted != recounted {
            self.recount(counted, Counted::take);
            self.recount(recounted, Counted::add);
        }
        self.restand(*id, &before, &now);
    }

    fn count(&mut self, gone: Option<&Initiative>, come: Option<&Initiative>) {
        let counted = |row: &Initiative| (row.plan, row.party, Counted::of(row));
        gone.into_iter().for_each(|row| self.recount(counted(row), Counted::take));
        come.into_iter().for_each(|row| self.recount(counted(row), Counted::add));
    }

    fn recount(
        &mut self,
        (plan, party, counted): (Id<id::Plan>, Id<id::Party>, Counted),
        change: fn(&mut Counted, Counted),
    ) {
        if counted == Counted::default() {
            return;
        }
        let of_plan = self.counted.entry(plan).or_default();
        let known = of_plan.entry(party).or_default();
        change(known, counted);
        if *known == Counted::default() {
            of_plan.remove(&party);
        }
        if of_plan.is_empty() {
            self.counted.remove(&plan);
        }
    }

    fn restand(
        &mut self,
        id: Id<id::Initiative>,
        before: &HashSet<Id<id::Observation>>,
        now: &HashSet<Id<id::Observation>>,
    ) {
        for gone in before.difference(now) {
            let Some(rows) = self.standing.get_mut(gone).map(Arc::make_mut) else { continue };
            rows.retain(|row| *row != id);
            if rows.is_empty() {
                self.standing.remove(gone);
            }
        }
        for come in now.difference(before) {
            let rows = Arc::make_mut(self.standing.get_or_default(*come));
            rows.push(id);
            rows.sort_by_key(|row| self.by_id.place(row));
        }
    }
}

/// Panics where there is no such row, as maps do.
impl Index<&Id<id::Initiative>> for Rows {
    type Output = Arc<Initiative>;

    fn index(&self, id: &Id<id::Initiative>) -> &Arc<Initiative> {
        &self.by_id[id]
    }
}
