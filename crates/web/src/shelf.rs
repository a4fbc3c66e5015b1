//! A bounded shelf of things that are made once and then shared.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What is made at its first use and kept as long as there is room; the oldest goes first.
#[derive(Debug)]
pub struct Shelf<K, V> {
    kept: Mutex<Kept<K, V>>,
    most_entries: usize,
    most_weight: usize,
}

#[derive(Debug)]
struct Kept<K, V> {
    by_key: HashMap<K, Arc<OnceLock<V>>>,
    /// Oldest first, each with its weight.
    order: VecDeque<(K, usize)>,
    weight: usize,
}

impl<K: Eq + Hash + Clone, V: Clone> Shelf<K, V> {
    pub fn new(most_entries: usize, most_weight: usize) -> Self {
        let kept = Kept { by_key: HashMap::new(), order: VecDeque::new(), weight: 0 };
        Self { kept: Mutex::new(kept), most_entries, most_weight }
    }

    /// What is there already.
    pub fn get(&self, key: &K) -> Option<V> {
        self.lock().by_key.get(key).and_then(|place| place.get().cloned())
    }

    /// What is there, or what `make` makes: whoever asks at the same time waits for the one who makes it.
    pub fn get_or_make(&self, key: &K, weigh: impl FnOnce(&V) -> usize, make: impl FnOnce() -> V) -> V {
        let place = Arc::clone(self.lock().by_key.entry(key.clone()).or_default());
        let mut made = false;
        let value = place.get_or_init(|| {
            made = true;
            make()
        });
        if made {
            self.keep(key, weigh(value));
        }
        value.clone()
    }

    pub fn forget(&self, key: &K) {
        let mut kept = self.lock();
        kept.by_key.remove(key);
        if let Some(place) = kept.order.iter().position(|(known, _)| known == key) {
            let weight = kept.order.remove(place).map_or(0, |(_, weight)| weight);
            kept.weight -= weight;
        }
    }

    fn keep(&self, key: &K, weight: usize) {
        let mut kept = self.lock();
        kept.order.push_back((key.clone(), weight));
        kept.weight += weight;
        while kept.order.len() > self.most_entries || kept.weight > self.most_weight {
            let Some((oldest, weight)) = kept.order.pop_front() else { return };
            kept.by_key.remove(&oldest);
            kept.weight -= weight;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept<K, V>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(shelf: &Shelf<&'static str, usize>, key: &'static str, weight: usize) -> usize {
        shelf.get_or_make(&key, |value| *value, || weight)
    }

    #[test]
    fn a_thing_is_made_once() {
        let shelf = Shelf::new(9, 99);
        assert_eq!(put(&shelf, "a", 1), 1);
        assert_eq!(put(&shelf, "a", 2), 1);
        assert_eq!(shelf.get(&"a"), Some(1));
        shelf.forget(&"a");
        assert_eq!(shelf.get(&"a"), None);
        assert_eq!(put(&shelf, "a", 2), 2);
    }

    #[test]
    fn the_oldest_goes_when_there_are_too_many_or_they_are_too_heavy() {
        let shelf = Shelf::new(2, 99);
        for key in ["a", "b", "c"] {
            put(&shelf, key, 1);
        }
        assert_eq!(["a", "b", "c"].map(|key| shelf.get(&key).is_some()), [false, true, true]);
        let shelf = Shelf::new(9, 10);
        for (key, weight) in [("a", 4), ("b", 5), ("c", 6)] {
            put(&shelf, key, weight);
        }
        assert_eq!(["a", "b", "c"].map(|key| shelf.get(&key).is_some()), [false, false, true]);
        put(&shelf, "d", 11);
        assert_eq!(shelf.lock().by_key.len(), 0);
        assert_eq!(shelf.lock().weight, 0);
    }
}
