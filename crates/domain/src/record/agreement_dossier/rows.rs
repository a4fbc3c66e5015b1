//! 取組の綴り — the rows of an agreement by their ids, and in which of them each observation stands.

use std::collections::HashSet;
use std::ops::Index;
use std::sync::Arc;

use renkei_document::id::{self, Id};
use serde::{Deserialize, Serialize};

use crate::plan::Initiative;
use crate::record::register::Register;

/// 取組の綴り — each row with all its wordings. A state shares the rows that did not change with the one before.
///
/// Invariant, held by the methods: `standing` says where each observation stands in the wordings that hold now, the row that was
/// recorded first before the others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    by_id: Register<Id<id::Initiative>, Arc<Initiative>>,
    standing: Register<Id<id::Observation>, Arc<Vec<Id<id::Initiative>>>>,
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

    /// How many blocks both share, and how many there are.
    pub fn shared_blocks(&self, other: &Self) -> (usize, usize) {
        self.by_id.shared_blocks(&other.by_id)
    }

    pub(crate) fn insert(&mut self, id: Id<id::Initiative>, row: Arc<Initiative>) {
        let now: HashSet<_> = row.wording.observations().collect();
        let before = self.by_id.insert(id, row);
        let before = before.map(|row| row.wording.observations().collect()).unwrap_or_default();
        self.restand(id, &before, &now);
    }

    pub(crate) fn remove(&mut self, id: &Id<id::Initiative>) -> Option<Arc<Initiative>> {
        let row = self.by_id.remove(id)?;
        self.restand(*id, &row.wording.observations().collect(), &HashSet::new());
        Some(row)
    }

    /// Changes a row, where it is there.
    pub(crate) fn change(&mut self, id: &Id<id::Initiative>, change: impl FnOnce(&mut Initiative)) {
        let Some(row) = self.by_id.get_mut(id) else { return };
        let before: HashSet<_> = row.wording.observations().collect();
        let row = Arc::make_mut(row);
        change(row);
        let now = row.wording.observations().collect();
        self.restand(*id, &before, &now);
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
