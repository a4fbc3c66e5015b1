//! A sorted map whose copies share memory: a copy costs one pointer; a change copies one block and the list of blocks.
//!
//! Each event makes a new state while readers still use the previous one. Entries are stored in blocks of bounded size,
//! and both states share the unchanged blocks.

use std::fmt::{Debug, Formatter};
use std::ops::Index;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Maximum number of entries in a block; a larger block is split in two.
const MOST_IN_A_BLOCK: usize = 256;

/// Entries in the order of their keys.
type Block<K, V> = Vec<(K, V)>;

/// 共有の表 — a map, sorted by key, that shares unchanged data with its copies.
///
/// Invariant: no block is empty, and keys increase strictly within a block and from block to block.
pub struct SharedMap<K, V> {
    blocks: Arc<Vec<Arc<Block<K, V>>>>,
    len: usize,
}

/// The position of a key, or the position where it would be inserted.
enum Spot {
    There { block: usize, entry: usize },
    Free { block: usize, entry: usize },
}

impl<K: Ord, V> SharedMap<K, V> {
    pub fn new() -> Self {
        Self { blocks: Arc::default(), len: 0 }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn get(&self, key: &K) -> Option<&V> {
        match self.spot(key) {
            Spot::There { block, entry } => Some(&self.blocks[block][entry].1),
            Spot::Free { .. } => None,
        }
    }

    pub fn contains_key(&self, key: &K) -> bool {
        matches!(self.spot(key), Spot::There { .. })
    }

    /// Returns all entries in the order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        self.blocks.iter().flat_map(|block| block.iter()).map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// Returns the entries from a key on.
    pub fn from<'a>(&'a self, key: &K) -> impl Iterator<Item = (&'a K, &'a V)> + Clone + use<'a, K, V> {
        let (Spot::There { block, entry } | Spot::Free { block, entry }) = self.spot(key);
        let first = self.blocks.get(block).map(|block| &block[entry..]).unwrap_or_default();
        let rest = self.blocks.get(block + 1..).unwrap_or_default();
        first.iter().chain(rest.iter().flat_map(|block| block.iter())).map(|(key, value)| (key, value))
    }

    /// Whether both are the same object in memory: a cheap test. `true` means that they are equal; `false` says
    /// nothing.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.blocks, &other.blocks)
    }

    /// Returns the number of blocks shared with the other map, and the total number of blocks.
    pub fn shared_blocks(&self, other: &Self) -> (usize, usize) {
        let known = |block: &&Arc<Block<K, V>>| other.blocks.iter().any(|known| Arc::ptr_eq(known, block));
        (self.blocks.iter().filter(known).count(), self.blocks.len())
    }

    /// Finds the last block whose first key is not greater than this key, and the position in it.
    fn spot(&self, key: &K) -> Spot {
        let behind = self.blocks.partition_point(|block| block.first().is_some_and(|(first, _)| first <= key));
        let Some(block) = behind.checked_sub(1) else { return Spot::Free { block: 0, entry: 0 } };
        match self.blocks[block].binary_search_by(|(known, _)| known.cmp(key)) {
            Ok(entry) => Spot::There { block, entry },
            Err(entry) => Spot::Free { block, entry },
        }
    }
}

impl<K: Ord + Clone, V: Clone> SharedMap<K, V> {
    /// Returns the value of a key for modification. Copies nothing if the key is not present.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        match self.spot(key) {
            Spot::There { block, entry } => Some(&mut self.block_mut(block)[entry].1),
            Spot::Free { .. } => None,
        }
    }

    /// Inserts or replaces a value; returns the previous one.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.spot(&key) {
            Spot::There { block, entry } => Some(std::mem::replace(&mut self.block_mut(block)[entry].1, value)),
            Spot::Free { block, entry } => {
                self.insert_at(block, entry, key, value);
                None
            }
        }
    }

    /// Returns the value of a key, creating it if it is not present.
    pub fn get_or_insert_with(&mut self, key: &K, make: impl FnOnce() -> V) -> &mut V {
        if let Spot::Free { block, entry } = self.spot(key) {
            self.insert_at(block, entry, key.clone(), make());
        }
        match self.spot(key) {
            Spot::There { block, entry } | Spot::Free { block, entry } => &mut self.block_mut(block)[entry].1,
        }
    }

    pub fn remove(&mut self, key: &K) -> Option<V> {
        let Spot::There { block, entry } = self.spot(key) else { return None };
        let (_, value) = self.block_mut(block).remove(entry);
        if self.blocks[block].is_empty() {
            Arc::make_mut(&mut self.blocks).remove(block);
        }
        self.len -= 1;
        Some(value)
    }

    /// Keeps the entries for which `fits` is true. Copies nothing if all fit.
    pub fn retain(&mut self, mut fits: impl FnMut(&K, &V) -> bool) {
        let gone: Vec<K> = self.iter().filter(|(key, value)| !fits(key, value)).map(|(key, _)| key.clone()).collect();
        gone.iter().for_each(|key| {
            self.remove(key);
        });
    }

    fn block_mut(&mut self, block: usize) -> &mut Block<K, V> {
        Arc::make_mut(&mut Arc::make_mut(&mut self.blocks)[block])
    }

    fn insert_at(&mut self, block: usize, entry: usize, key: K, value: V) {
        self.len += 1;
        let blocks = Arc::make_mut(&mut self.blocks);
        let Some(entries) = blocks.get_mut(block).map(Arc::make_mut) else {
            return blocks.push(Arc::new(vec![(key, value)]));
        };
        entries.insert(entry, (key, value));
        if entries.len() > MOST_IN_A_BLOCK {
            // If the new entry is the last, start a new block, so that keys inserted in order fill their blocks.
            // Otherwise split the block in the middle, so that both halves have free space.
            let at = if entry + 1 == entries.len() { MOST_IN_A_BLOCK } else { MOST_IN_A_BLOCK / 2 };
            let rest = entries.split_off(at);
            blocks.insert(block + 1, Arc::new(rest));
        }
    }
}

impl<K, V> Clone for SharedMap<K, V> {
    fn clone(&self) -> Self {
        Self { blocks: Arc::clone(&self.blocks), len: self.len }
    }
}

impl<K: Ord, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V: PartialEq> PartialEq for SharedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || (self.len == other.len && self.iter().eq(other.iter()))
    }
}

impl<K: Ord, V: Eq> Eq for SharedMap<K, V> {}

impl<K: Ord + Debug, V: Debug> Debug for SharedMap<K, V> {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Panics if the key is not present, as other maps do.
impl<K: Ord, V> Index<&K> for SharedMap<K, V> {
    type Output = V;

    fn index(&self, key: &K) -> &V {
        self.get(key).unwrap_or_else(|| panic!("no entry of this key"))
    }
}

impl<K: Ord + Clone, V: Clone> Extend<(K, V)> for SharedMap<K, V> {
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, entries: T) {
        entries.into_iter().for_each(|(key, value)| {
            self.insert(key, value);
        });
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for SharedMap<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(entries: T) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

/// Serializes as pairs, because keys need not be strings; JSON and binary snapshots support both.
impl<K: Ord + Serialize, V: Serialize> Serialize for SharedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, K: Ord + Clone + Deserialize<'de>, V: Clone + Deserialize<'de>> Deserialize<'de> for SharedMap<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<(K, V)>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Deed {
        Insert(u16, u8),
        Remove(u16),
        Change(u16),
        MakeOrChange(u16),
        KeepOdd,
    }

    fn deed() -> impl Strategy<Value = Deed> {
        prop_oneof![
            20 => (0..2_000_u16, any::<u8>()).prop_map(|(key, value)| Deed::Insert(key, value)),
            6 => (0..2_000_u16).prop_map(Deed::Remove),
            4 => (0..2_000_u16).prop_map(Deed::Change),
            4 => (0..2_000_u16).prop_map(Deed::MakeOrChange),
            1 => Just(Deed::KeepOdd),
        ]
    }

    fn holds_its_invariant(map: &SharedMap<u16, u8>) -> bool {
        let keys: Vec<u16> = map.keys().copied().collect();
        map.blocks.iter().all(|block| !block.is_empty() && block.len() <= MOST_IN_A_BLOCK)
            && keys.is_sorted_by(|one, other| one < other)
            && keys.len() == map.len()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn it_is_a_sorted_map_and_earlier_copies_stay(first in 0..1_500_u16, deeds in prop::collection::vec(deed(), 0..400)) {
            let mut known: BTreeMap<u16, u8> = (0..first).map(|key| (key, 0)).collect();
            let mut map: SharedMap<u16, u8> = known.clone().into_iter().collect();
            for deed in deeds {
                let (copy, before) = (map.clone(), known.clone());
                match deed {
                    Deed::Insert(key, value) => prop_assert_eq!(map.insert(key, value), known.insert(key, value)),
                    Deed::Remove(key) => prop_assert_eq!(map.remove(&key), known.remove(&key)),
                    Deed::Change(key) => {
                        for value in [map.get_mut(&key), known.get_mut(&key)].into_iter().flatten() {
                            *value = value.wrapping_add(1);
                        }
                    }
                    Deed::MakeOrChange(key) => {
                        *map.get_or_insert_with(&key, || 7) ^= 1;
                        *known.entry(key).or_insert(7) ^= 1;
                    }
                    Deed::KeepOdd => {
                        map.retain(|key, _| key % 2 == 1);
                        known.retain(|key, _| key % 2 == 1);
                    }
                }
                prop_assert!(holds_its_invariant(&map));
                prop_assert!(map.iter().eq(known.iter()));
                prop_assert!(copy.iter().eq(before.iter()));
                for key in [0, 1, 777, 1_999] {
                    prop_assert_eq!(map.get(&key), known.get(&key));
                    prop_assert!(map.from(&key).eq(known.range(key..)));
                }
            }
            let json = serde_json::to_string(&map).unwrap();
            prop_assert_eq!(serde_json::from_str::<SharedMap<u16, u8>>(&json).unwrap(), map);
        }
    }

    #[test]
    fn a_change_copies_one_block_and_shares_all_others() {
        let before: SharedMap<u32, u32> = (0..50_000).map(|key| (key, key)).collect();
        for change in [
            |map: &mut SharedMap<u32, u32>| *map.get_mut(&30_000).unwrap() = 1,
            |map: &mut SharedMap<u32, u32>| assert_eq!(map.insert(50_000, 1), None),
            |map: &mut SharedMap<u32, u32>| assert_eq!(map.remove(&12_345), Some(12_345)),
        ] {
            let mut after = before.clone();
            assert!(after.is_same(&before));
            change(&mut after);
            let (shared, all) = after.shared_blocks(&before);
            assert!(all - shared <= 1 && all >= 50_000 / MOST_IN_A_BLOCK, "{shared} of {all}");
        }
        let mut same = before.clone();
        same.retain(|_, _| true);
        assert_eq!((same.remove(&60_000), same.get_mut(&60_000)), (None, None));
        assert!(same.is_same(&before), "what changes nothing copies nothing");
    }
}
