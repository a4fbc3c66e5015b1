//! 取組の綴り — the rows of an agreement by id, and the rows that contain each observation.

use std::collections::{HashMap, HashSet};
use std::ops::Index;
use std::sync::Arc;

use renkei_document::id::{self, Id};
use serde::{Deserialize, Serialize};

use crate::plan::{Initiative, Standing};
use crate::record::register::Register;

/// 取組の綴り — each row with all its wordings. A state shares the unchanged rows with the previous state.
///
/// Invariant, kept by the methods: `standing` maps each observation to the rows whose current wording contains it, in
/// the order in which the rows were recorded. `counted` has the number of each party's own rows in each plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    by_id: Register<Id<id::Initiative>, Arc<Initiative>>,
    standing: Register<Id<id::Observation>, Arc<Vec<Id<id::Initiative>>>>,
    counted: HashMap<Id<id::Plan>, HashMap<Id<id::Party>, Counted>>,
}

/// 取組の数 — the number of a party's own rows in a plan, so that the rows need not be counted each time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Number of rows that the party drafted and has shown, or has taken over from a document.
    pub shown: usize,
    /// Number of the party's private rows.
    pub private: usize,
    /// Number of places of the private rows: one at home, and one for each repeat.
    pub private_places: usize,
}

/// The plan and the party of a row, and the numbers that the row adds there.
type Share = (Id<id::Plan>, Id<id::Party>, Counted);

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

    /// Returns the rows whose current wording contains this observation, oldest row first.
    pub fn with(&self, observation: Id<id::Observation>) -> impl Iterator<Item = Id<id::Initiative>> + Clone {
        self.standing.get(&observation).into_iter().flat_map(|rows| rows.iter().copied())
    }

    /// Returns the total number of occurrences of observations in the current wordings of rows.
    pub fn standing(&self) -> usize {
        self.standing.values().map(|rows| rows.len()).sum()
    }

    /// Returns the numbers of each party's own rows in a plan; parties without any are left out.
    pub fn counted(&self, plan: Id<id::Plan>) -> impl Iterator<Item = (Id<id::Party>, Counted)> {
        self.counted.get(&plan).into_iter().flatten().map(|(party, counted)| (*party, *counted))
    }

    /// Returns the number of blocks that both collections share, and the total number of blocks.
    pub fn shared_blocks(&self, other: &Self) -> (usize, usize) {
        self.by_id.shared_blocks(&other.by_id)
    }

    pub(crate) fn insert(&mut self, id: Id<id::Initiative>, row: Arc<Initiative>) {
        let now: Vec<_> = row.wording.observations().collect();
        self.count(None, Some(&row));
        let before = self.by_id.insert(id, row);
        self.count(before.as_deref(), None);
        let before: Vec<_> = before.iter().flat_map(|row| row.wording.observations()).collect();
        self.restand(id, &before, &now);
    }

    pub(crate) fn remove(&mut self, id: &Id<id::Initiative>) -> Option<Arc<Initiative>> {
        let row = self.by_id.remove(id)?;
        self.count(Some(&row), None);
        self.restand(*id, &row.wording.observations().collect::<Vec<_>>(), &[]);
        Some(row)
    }

    /// Changes a row, if it exists.
    pub(crate) fn change(&mut self, id: &Id<id::Initiative>, change: impl FnOnce(&mut Initiative)) {
        let Some(row) = self.by_id.get_mut(id) else { return };
        let before: Vec<_> = row.wording.observations().collect();
        let row = Arc::make_mut(row);
        let counted = (row.plan, row.party, Counted::of(row));
        change(row);
        let now: Vec<_> = row.wording.observations().collect();
        let recounted = (row.plan, row.party, Counted::of(row));
        self.count_anew(counted, recounted);
        self.restand(*id, &before, &now);
    }

    /// Changes the standing of a row, if it exists. Its wording stays, so its observations are not compared.
    pub(crate) fn restate(&mut self, id: &Id<id::Initiative>, standing: Standing) {
        let Some(row) = self.by_id.get_mut(id).map(Arc::make_mut) else { return };
        let counted = (row.plan, row.party, Counted::of(row));
        row.standing = standing;
        let recounted = (row.plan, row.party, Counted::of(row));
        self.count_anew(counted, recounted);
    }

    fn count_anew(&mut self, before: Share, now: Share) {
        if before != now {
            self.recount(before, Counted::take);
            self.recount(now, Counted::add);
        }
    }

    fn count(&mut self, gone: Option<&Initiative>, come: Option<&Initiative>) {
        let counted = |row: &Initiative| (row.plan, row.party, Counted::of(row));
        gone.into_iter().for_each(|row| self.recount(counted(row), Counted::take));
        come.into_iter().for_each(|row| self.recount(counted(row), Counted::add));
    }

    fn recount(&mut self, (plan, party, counted): Share, change: fn(&mut Counted, Counted)) {
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

    /// Moves a row from the observations that it had before to those that it has now; either may name one twice.
    fn restand(&mut self, id: Id<id::Initiative>, before: &[Id<id::Observation>], now: &[Id<id::Observation>]) {
        if before == now {
            return;
        }
        self.unstand(id, before, now);
        let had: HashSet<_> = before.iter().collect();
        for come in now.iter().filter(|known| !had.contains(known)) {
            let rows = Arc::make_mut(self.standing.get_or_default(*come));
            if !rows.contains(&id) {
                rows.push(id);
                rows.sort_by_key(|row| self.by_id.place(row));
            }
        }
    }

    fn unstand(&mut self, id: Id<id::Initiative>, before: &[Id<id::Observation>], now: &[Id<id::Observation>]) {
        if before.is_empty() {
            return;
        }
        let has: HashSet<_> = now.iter().collect();
        for gone in before.iter().filter(|known| !has.contains(known)) {
            let Some(rows) = self.standing.get_mut(gone).map(Arc::make_mut) else { continue };
            rows.retain(|row| *row != id);
            if rows.is_empty() {
                self.standing.remove(gone);
            }
        }
    }
}

/// Panics if the row does not exist, as maps do.
impl Index<&Id<id::Initiative>> for Rows {
    type Output = Arc<Initiative>;

    fn index(&self, id: &Id<id::Initiative>) -> &Arc<Initiative> {
        &self.by_id[id]
    }
}
