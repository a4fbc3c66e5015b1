//! 公平な控え — a table in memory with a limited number of entries. An owner who stores too many entries loses only their
//! own oldest ones. The work of a call grows with the number of its owner's entries; in a full table, also with the
//! number of owners.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// 控えの上限 — how many entries one owner may have and the whole table may have, and how many milliseconds an entry lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FairLimits {
    pub of_one: usize,
    pub of_all: usize,
    pub lasts: u64,
}

/// The entries by key, each with its owner.
#[derive(Debug)]
pub(crate) struct FairTable<O, K, V> {
    limits: FairLimits,
    /// The entries of each owner, oldest first. An owner without entries is removed.
    kept: HashMap<O, VecDeque<Entry<K, V>>>,
    owners: HashMap<K, O>,
}

#[derive(Debug)]
struct Entry<K, V> {
    key: K,
    value: V,
    at: u64,
}

impl<O: Clone + Eq + Hash, K: Clone + Eq + Hash, V> FairTable<O, K, V> {
    pub fn new(limits: FairLimits) -> Self {
        Self { limits, kept: HashMap::new(), owners: HashMap::new() }
    }

    /// Stores an entry, and replaces an entry with the same key. If the table is full, removes the oldest entry of the
    /// owner with the most entries.
    pub fn put(&mut self, owner: O, key: K, value: V, now: u64) {
        self.remove(&key);
        let lasts = self.limits.lasts;
        self.forget(&owner, |entry| now.saturating_sub(entry.at) >= lasts);
        while self.kept.get(&owner).is_some_and(|own| own.len() >= self.limits.of_one) {
            self.lose_oldest(&owner);
        }
        if self.owners.len() >= self.limits.of_all {
            self.make_room(now);
        }
        self.owners.insert(key.clone(), owner.clone());
        self.kept.entry(owner).or_default().push_back(Entry { key, value, at: now });
    }

    /// Returns the entry with this key; `None` if it has expired.
    pub fn get(&self, key: &K, now: u64) -> Option<&V> {
        let entry = self.kept.get(self.owners.get(key)?)?.iter().find(|entry| entry.key == *key)?;
        (now.saturating_sub(entry.at) < self.limits.lasts).then_some(&entry.value)
    }

    /// Removes and returns the entry with this key; `None` if it has expired.
    pub fn take(&mut self, key: &K, now: u64) -> Option<V> {
        let entry = self.remove(key)?;
        (now.saturating_sub(entry.at) < self.limits.lasts).then_some(entry.value)
    }

    /// Returns the entries of an owner, including expired ones.
    pub fn of<'a>(&'a self, owner: &O) -> impl Iterator<Item = &'a V> + use<'a, O, K, V> {
        self.kept.get(owner).into_iter().flatten().map(|entry| &entry.value)
    }

    fn remove(&mut self, key: &K) -> Option<Entry<K, V>> {
        let owner = self.owners.remove(key)?;
        let own = self.kept.get_mut(&owner)?;
        let place = own.iter().position(|entry| entry.key == *key)?;
        let entry = own.remove(place);
        if own.is_empty() {
            self.kept.remove(&owner);
        }
        entry
    }

    fn forget(&mut self, owner: &O, is_over: impl Fn(&Entry<K, V>) -> bool) {
        let Some(own) = self.kept.get_mut(owner) else { return };
        let owners = &mut self.owners;
        own.retain(|entry| {
            let stays = !is_over(entry);
            if !stays {
                owners.remove(&entry.key);
            }
            stays
        });
        if own.is_empty() {
            self.kept.remove(owner);
        }
    }

    fn lose_oldest(&mut self, owner: &O) {
        let oldest = self.kept.get(owner).and_then(VecDeque::front).map(|entry| entry.key.clone());
        oldest.and_then(|key| self.remove(&key));
    }

    /// Removes expired entries first, then the oldest entry of the owner with the most entries.
    fn make_room(&mut self, now: u64) {
        let lasts = self.limits.lasts;
        let owners: Vec<O> = self.kept.keys().cloned().collect();
        owners.iter().for_each(|owner| self.forget(owner, |entry| now.saturating_sub(entry.at) >= lasts));
        while self.owners.len() >= self.limits.of_all {
            let most = self.kept.iter().max_by_key(|(_, own)| own.len()).map(|(owner, _)| owner.clone());
            let Some(most) = most else { return };
            self.lose_oldest(&most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: FairLimits = FairLimits { of_one: 3, of_all: 7, lasts: 100 };

    fn table(entries: &[(&'static str, u32, u64)]) -> FairTable<&'static str, u32, u64> {
        let mut table = FairTable::new(LIMITS);
        entries.iter().for_each(|(owner, key, at)| table.put(*owner, *key, *at, *at));
        table
    }

    fn keys(table: &FairTable<&'static str, u32, u64>, now: u64) -> Vec<u32> {
        (0..20).filter(|key| table.get(key, now).is_some()).collect()
    }

    #[test]
    fn an_entry_is_found_before_it_expires_and_removed_once() {
        let mut table = table(&[("a", 1, 10), ("a", 2, 20)]);
        assert_eq!((table.get(&1, 109), table.get(&1, 110)), (Some(&10), None));
        assert_eq!((table.take(&1, 50), table.take(&1, 50)), (Some(10), None));
        assert_eq!(table.take(&2, 120), None, "too late");
        assert_eq!(table.of(&"a").count(), 0);
        assert!(table.kept.is_empty() && table.owners.is_empty(), "who keeps nothing is forgotten");
    }

    #[test]
    fn an_owner_with_too_many_entries_loses_their_own_oldest() {
        let mut table = table(&[("b", 0, 0), ("a", 1, 1), ("a", 2, 2), ("a", 3, 3), ("a", 4, 4), ("a", 2, 5)]);
        assert_eq!(keys(&table, 5), [0, 2, 3, 4]);
        table.put("a", 5, 6, 6);
        assert_eq!(keys(&table, 6), [0, 2, 4, 5], "2 was put again and is newer than 3");
    }

    #[test]
    fn in_a_full_table_the_owner_with_most_entries_loses_the_oldest() {
        let full = [("a", 1, 1), ("b", 2, 2), ("b", 3, 3), ("c", 4, 4), ("c", 5, 5), ("c", 6, 6), ("d", 7, 7)];
        let mut table = table(&full);
        table.put("e", 8, 8, 8);
        assert_eq!(keys(&table, 8), [1, 2, 3, 5, 6, 7, 8]);
        table.put("e", 9, 103, 103);
        assert_eq!(keys(&table, 103), [5, 6, 7, 8, 9], "what is over goes first");
    }
}
