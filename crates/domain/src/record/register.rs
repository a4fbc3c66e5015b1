//! 台帳 — a map from ids to values that iterates in the order in which the ids were first inserted.
//!
//! Ids are random and have no order. Pages, exports and events list things in the order of the fold: by the event's
//! position among all events, then by the position within the event. A register keeps this order, so iterating over it
//! returns the oldest first.
//!
//! A copy costs two pointers; the copy and its original share all data that neither changes. This is needed because
//! each event makes a new state while readers still use the previous one.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState};
use std::ops::Index;
use std::sync::{Arc, LazyLock};

use renkei_document::id::Place;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Entries per block. A change copies one block of entries and one part (shelf) of the index, regardless of the total
/// number of entries.
const ENTRIES_OF_A_BLOCK: usize = 128;
const SHELVES: usize = 256;

/// A removed entry leaves its position empty.
type Entry<K, V> = (K, Option<V>);
type Block<K, V> = Vec<Entry<K, V>>;
type Shelf<K> = HashMap<Hashed<K>, usize, BuildHasherDefault<TakenOver>>;

/// A key with its hash, which is computed once for the shelf and for the position on it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Hashed<K> {
    hash: u64,
    key: K,
}

impl<K: Copy + Hash> Hashed<K> {
    /// Other parties choose ids, so the hash has a random seed in each process: nobody can choose ids that collide.
    fn of(key: &K) -> Self {
        static SEED: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        Self { hash: SEED.hash_one(key), key: *key }
    }

    /// Returns the key's shelf. A shelf's map uses the lowest and the highest bits of the hash, so these are others.
    fn shelf(&self) -> usize {
        usize::from((self.hash >> 32) as u8)
    }
}

impl<K> Hash for Hashed<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// Takes over the hash that a [`Hashed`] key has.
#[derive(Default)]
struct TakenOver(u64);

impl Hasher for TakenOver {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// 台帳 — values by key; iterates over the keys in the order in which they were first inserted. A key that is removed and
/// inserted again returns to its old position.
pub struct Register<K, V> {
    /// All blocks except the last are full.
    blocks: Arc<Vec<Arc<Block<K, V>>>>,
    /// The position of each key, on the shelf given by the key's hash; an empty register has no shelves.
    places: Arc<Vec<Arc<Shelf<K>>>>,
}

impl<K: Copy + Eq + Hash, V> Register<K, V> {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn get(&self, key: &K) -> Option<&V> {
        self.at(self.find(&Hashed::of(key))?)
    }

    pub fn contains_key(&self, key: &K) -> bool {
        self.get(key).is_some()
    }

    /// Returns the position of a key. A key that was inserted first has the smaller position.
    pub fn place(&self, key: &K) -> Option<Place> {
        self.find(&Hashed::of(key)).map(Place::after)
    }

    fn find(&self, key: &Hashed<K>) -> Option<usize> {
        self.places.get(key.shelf())?.get(key).copied()
    }

    fn at(&self, place: usize) -> Option<&V> {
        self.blocks[place / ENTRIES_OF_A_BLOCK][place % ENTRIES_OF_A_BLOCK].1.as_ref()
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Register<K, V> {
    /// Returns the value of a key for modification. Copies nothing if the key is not present.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let place = self.find(&Hashed::of(key))?;
        self.at(place).is_some().then(|| self.slot_at(place))?.as_mut()
    }

    /// Inserts or replaces a value; returns the previous one.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.slot(key).replace(value)
    }

    pub fn remove(&mut self, key: &K) -> Option<V> {
        let place = self.find(&Hashed::of(key))?;
        self.at(place).is_some().then(|| self.slot_at(place))?.take()
    }

    /// Returns the value of a key, creating it if it is not present.
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        self.slot(key).get_or_insert_with(make)
    }

    pub fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.get_or_insert_with(key, V::default)
    }

    /// Keeps the entries for which `fits` is true. Copies nothing if all fit.
    pub fn retain(&mut self, mut fits: impl FnMut(&K, &V) -> bool) {
        let gone: Vec<K> = self.iter().filter(|(key, value)| !fits(key, value)).map(|(key, _)| *key).collect();
        gone.iter().for_each(|key| drop(self.remove(key)));
    }

    /// Returns the slot of a key's value; a new key gets the next position.
    fn slot(&mut self, key: K) -> &mut Option<V> {
        let hashed = Hashed::of(&key);
        let place = self.find(&hashed).unwrap_or_else(|| self.next_place(hashed));
        self.slot_at(place)
    }

    fn slot_at(&mut self, place: usize) -> &mut Option<V> {
        let block = &mut Arc::make_mut(&mut self.blocks)[place / ENTRIES_OF_A_BLOCK];
        &mut Arc::make_mut(block)[place % ENTRIES_OF_A_BLOCK].1
    }

    fn next_place(&mut self, key: Hashed<K>) -> usize {
        let blocks = Arc::make_mut(&mut self.blocks);
        if blocks.last().is_none_or(|last| last.len() == ENTRIES_OF_A_BLOCK) {
            blocks.push(Arc::default());
        }
        let full = blocks.len() - 1;
        let last = Arc::make_mut(&mut blocks[full]);
        last.push((key.key, None));
        let place = full * ENTRIES_OF_A_BLOCK + last.len() - 1;
        let shelves = Arc::make_mut(&mut self.places);
        shelves.resize(SHELVES, Arc::default());
        Arc::make_mut(&mut shelves[key.shelf()]).insert(key, place);
        place
    }
}

impl<K, V> Register<K, V> {
    /// Iterates oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        let entries = self.blocks.iter().flat_map(|block| block.iter());
        entries.filter_map(|(key, value)| Some((key, value.as_ref()?)))
    }

    /// Iterates oldest first.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.iter().map(|(key, _)| key)
    }

    /// Iterates oldest first.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.iter().map(|(_, value)| value)
    }

    pub fn len(&self) -> usize {
        self.iter().count()
    }

    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Whether both are the same object in memory: a cheap test. `true` means that they are equal; `false` says
    /// nothing.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.blocks, &other.blocks)
    }

    /// Returns the number of blocks shared with the other register, and the total number of blocks.
    pub fn shared_blocks(&self, other: &Self) -> (usize, usize) {
        let known = |block: &&Arc<Block<K, V>>| other.blocks.iter().any(|known| Arc::ptr_eq(known, block));
        (self.blocks.iter().filter(known).count(), self.blocks.len())
    }
}

impl<K, V> Clone for Register<K, V> {
    fn clone(&self) -> Self {
        Self { blocks: Arc::clone(&self.blocks), places: Arc::clone(&self.places) }
    }
}

impl<K, V> Default for Register<K, V> {
    fn default() -> Self {
        Self { blocks: Arc::default(), places: Arc::default() }
    }
}

/// Equal if the same keys have the same values in the same order; removed entries are ignored.
impl<K: PartialEq, V: PartialEq> PartialEq for Register<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Register<K, V> {}

impl<K: std::fmt::Debug, V: std::fmt::Debug> std::fmt::Debug for Register<K, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Panics if the key is not present, as other maps do.
impl<K: Copy + Eq + Hash, V> Index<&K> for Register<K, V> {
    type Output = V;

    fn index(&self, key: &K) -> &V {
        self.get(key).expect("the key is in the register")
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Extend<(K, V)> for Register<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| drop(self.insert(key, value)));
    }
}

impl<K: Copy + Eq + Hash, V: Clone> FromIterator<(K, V)> for Register<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut register = Self::default();
        register.extend(entries);
        register
    }
}

/// Serializes as a list that includes empty positions, so that deserializing restores the position of each key.
impl<K: Serialize, V: Serialize> Serialize for Register<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.blocks.iter().flat_map(|block| block.iter()))
    }
}

impl<'de, K: Copy + Eq + Hash + Deserialize<'de>, V: Clone + Deserialize<'de>> Deserialize<'de> for Register<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut register = Self::default();
        for (key, value) in Vec::<Entry<K, V>>::deserialize(deserializer)? {
            *register.slot(key) = value;
        }
        Ok(register)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(entries: &[(u8, &'static str)]) -> Register<u8, &'static str> {
        entries.iter().copied().collect()
    }

    #[test]
    fn keys_are_in_the_order_of_their_first_insertion() {
        let mut register = of(&[(9, "一"), (3, "二"), (7, "三")]);
        register.insert(3, "二の二");
        assert_eq!(register.iter().collect::<Vec<_>>(), [(&9, &"一"), (&3, &"二の二"), (&7, &"三")]);
        assert!(register.place(&9) < register.place(&3) && register.place(&3) < register.place(&7));
        assert_eq!(register.place(&1), None);
    }

    #[test]
    fn a_key_that_is_removed_and_inserted_again_has_its_old_position() {
        let mut register = of(&[(9, "一"), (3, "二"), (7, "三")]);
        assert_eq!(register.remove(&9), Some("一"));
        register.retain(|key, _| *key != 3);
        assert_eq!((register.len(), register.get(&9), register.contains_key(&3)), (1, None, false));
        assert_eq!(register, of(&[(7, "三")]));
        register.extend([(3, "二"), (9, "一")]);
        assert_eq!(register, of(&[(9, "一"), (3, "二"), (7, "三")]));
    }

    #[test]
    fn deserializing_restores_the_position_of_each_key() {
        let mut register = of(&[(9, "一"), (3, "二"), (7, "三")]);
        register.remove(&9);
        let written = serde_json::to_string(&register).unwrap();
        let mut read: Register<u8, String> = serde_json::from_str(&written).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
        read.insert(9, "一".to_owned());
        assert_eq!(read.keys().collect::<Vec<_>>(), [&9, &3, &7]);
    }

    #[test]
    fn a_change_copies_one_block_and_shares_all_others() {
        let before: Register<u32, u32> = (0..50_000).map(|key| (key, key)).collect();
        for change in [
            |register: &mut Register<u32, u32>| *register.get_mut(&30_000).unwrap() = 1,
            |register: &mut Register<u32, u32>| assert_eq!(register.insert(50_000, 1), None),
            |register: &mut Register<u32, u32>| assert_eq!(register.remove(&12_345), Some(12_345)),
        ] {
            let mut after = before.clone();
            change(&mut after);
            let (shared, all) = after.shared_blocks(&before);
            assert!(all - shared == 1 && all >= 50_000 / ENTRIES_OF_A_BLOCK, "{shared} of {all}");
            let shelves = after.places.iter().zip(before.places.iter());
            let copied = shelves.filter(|(one, other)| !Arc::ptr_eq(one, other)).count();
            assert!(copied <= 1, "{copied} shelves of the index");
        }
        let mut same = before.clone();
        same.retain(|_, _| true);
        assert_eq!((same.remove(&60_000), same.get_mut(&60_000)), (None, None));
        assert!(same.is_same(&before), "what changes nothing copies nothing");
        assert_eq!(before.iter().map(|(key, value)| u64::from(key ^ value)).sum::<u64>(), 0, "earlier copies stay");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn it_does_what_a_list_does(deeds in prop::collection::vec((0..4u8, 0..300u16, any::<u8>()), 0..900)) {
            // The expected entries: each key ever inserted, with its value.
            let mut list: Vec<(u16, Option<u8>)> = Vec::new();
            let mut register = Register::new();
            for (deed, key, value) in deeds {
                let copy = (register.clone(), list.clone());
                let known = list.iter().position(|(known, _)| *known == key);
                match (deed, known) {
                    (0, Some(known)) => prop_assert_eq!(register.remove(&key), list[known].1.take()),
                    (1, Some(known)) => {
                        let slots = [register.get_mut(&key), list[known].1.as_mut()];
                        slots.into_iter().flatten().for_each(|slot| *slot = value);
                    }
                    (0 | 1, None) => prop_assert_eq!(register.remove(&key), None),
                    (_, Some(known)) => prop_assert_eq!(register.insert(key, value), list[known].1.replace(value)),
                    (_, None) => {
                        prop_assert_eq!(register.insert(key, value), None);
                        list.push((key, Some(value)));
                    }
                }
                for (register, list) in [&copy, &(register.clone(), list.clone())] {
                    let present = list.iter().filter_map(|(key, value)| Some((*key, (*value)?)));
                    prop_assert!(register.iter().map(|(key, value)| (*key, *value)).eq(present));
                }
            }
        }
    }
}
