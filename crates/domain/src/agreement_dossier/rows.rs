//! 取組の綴り — the rows of an agreement by their ids, and in which of them each observation stands.

use std::collections::BTreeSet;
use std::ops::Index;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::observation::Observation;
use crate::plan::Initiative;
use crate::shared_map::SharedMap;

/// 取組の綴り — each row with all its wordings. A state shares the rows that did not change with the one before.
///
/// Invariant, held by the methods: `standing` says where each observation stands in the wordings that hold now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    by_id: SharedMap<Id<Initiative>, Arc<Initiative>>,
    standing: SharedMap<(Id<Observation>, Id<Initiative>), ()>,
}

impl Rows {
    pub fn get(&self, id: &Id<Initiative>) -> Option<&Arc<Initiative>> {
        self.by_id.get(id)
    }

    pub fn contains_key(&self, id: &Id<Initiative>) -> bool {
        self.by_id.contains_key(id)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Id<Initiative>, &Arc<Initiative>)> + Clone {
        self.by_id.iter()
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Id<Initiative>> + Clone {
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

    /// The rows whose wording that holds now shows an observation, in the order of their ids.
    pub fn with(&self, observation: Id<Observation>) -> impl Iterator<Item = Id<Initiative>> + Clone {
        let from = self.standing.from(&(observation, Id::new(uuid::Uuid::nil())));
        from.map(|(key, ())| *key).take_while(move |(of, _)| *of == observation).map(|(_, row)| row)
    }

    /// In how many places observations stand.
    pub fn standing(&self) -> usize {
        self.standing.len()
    }

    /// How many blocks both share, and how many there are.
    pub fn shared_blocks(&self, other: &Self) -> (usize, usize) {
        self.by_id.shared_blocks(&other.by_id)
    }

    pub(super) fn insert(&mut self, id: Id<Initiative>, row: Arc<Initiative>) {
        let now: BTreeSet<_> = row.wording.observations().collect();
        let before = self.by_id.insert(id, row);
        let before = before.map(|row| row.wording.observations().collect()).unwrap_or_default();
        self.restand(id, &before, &now);
    }

    pub(super) fn remove(&mut self, id: &Id<Initiative>) -> Option<Arc<Initiative>> {
        let row = self.by_id.remove(id)?;
        self.restand(*id, &row.wording.observations().collect(), &BTreeSet::new());
        Some(row)
    }

    /// Changes a row, where it is there.
    pub(super) fn change(&mut self, id: &Id<Initiative>, change: impl FnOnce(&mut Initiative)) {
        let Some(row) = self.by_id.get_mut(id) else { return };
        let before: BTreeSet<_> = row.wording.observations().collect();
        let row = Arc::make_mut(row);
        change(row);
        let now = row.wording.observations().collect();
        self.restand(*id, &before, &now);
    }

    fn restand(&mut self, id: Id<Initiative>, before: &BTreeSet<Id<Observation>>, now: &BTreeSet<Id<Observation>>) {
        for gone in before.difference(now) {
            self.standing.remove(&(*gone, id));
        }
        for come in now.difference(before) {
            self.standing.insert((*come, id), ());
        }
    }
}

/// Panics where there is no such row, as maps do.
impl Index<&Id<Initiative>> for Rows {
    type Output = Arc<Initiative>;

    fn index(&self, id: &Id<Initiative>) -> &Arc<Initiative> {
        &self.by_id[id]
    }
}
