//! A cache of values. Each value is kept until something that was read for it changes.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A cache of values, each made at its first use and kept while it is valid. If the cache is full, the value that was
/// not requested for the longest time is removed.
pub struct Memory<K, V, R> {
    kept: Mutex<Kept<K, V, R>>,
    most: usize,
}

struct Kept<K, V, R> {
    slots: HashMap<K, (u64, Slot<V, R>)>,
    by_last_asked: BTreeMap<u64, K>,
    asked: u64,
}

type Slot<V, R> = Arc<Mutex<Option<Remembered<V, R>>>>;

struct Remembered<V, R> {
    value: V,
    read: R,
    /// Newest position of the journal at which the value was found to be valid.
    right_at: u64,
}

impl<K: Eq + Hash + Clone, V: Clone + Same, R> Memory<K, V, R> {
    pub fn of(most: usize) -> Self {
        Self { kept: Mutex::new(Kept { slots: HashMap::new(), by_last_asked: BTreeMap::new(), asked: 0 }), most }
    }

    /// Returns the value that is valid at the position `now` of the journal. If no value is kept, or if `holds` says
    /// that the data read for the kept value has changed, makes a new value and records the data read for it. If the
    /// new value equals the old one, keeps the old object.
    pub fn get(&self, key: &K, now: u64, holds: impl FnOnce(&R) -> bool, make: impl FnOnce() -> (V, R)) -> V {
        let slot = self.slot(key);
        let mut remembered = locked(&slot);
        if let Some(known) = &mut *remembered
            && (known.right_at == now || (known.right_at < now && holds(&known.read)))
        {
            known.right_at = now;
            return known.value.clone();
        }
        let (made, read) = make();
        // A caller at an earlier position of the journal gets a value of its own, which is not kept.
        if remembered.as_ref().is_some_and(|known| known.right_at > now) {
            return made;
        }
        let before = remembered.take().map(|known| known.value).filter(|before| before.is_same(&made));
        let value = before.unwrap_or(made);
        *remembered = Some(Remembered { value: value.clone(), read, right_at: now });
        value
    }

    fn slot(&self, key: &K) -> Slot<V, R> {
        let mut kept = locked(&self.kept);
        let kept = &mut *kept;
        kept.asked += 1;
        let (last_asked, slot) = kept.slots.entry(key.clone()).or_default();
        kept.by_last_asked.remove(last_asked);
        kept.by_last_asked.insert(kept.asked, key.clone());
        *last_asked = kept.asked;
        let slot = Arc::clone(slot);
        while kept.slots.len() > self.most {
            let Some((_, oldest)) = kept.by_last_asked.pop_first() else { break };
            kept.slots.remove(&oldest);
        }
        slot
    }
}

/// A comparison of two values that is fast if both are the same object in memory.
pub trait Same {
    fn is_same(&self, other: &Self) -> bool;
}

impl<T: PartialEq> Same for Arc<T> {
    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(self, other) || **self == **other
    }
}

impl<T: Same> Same for Option<T> {
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(one), Some(other)) => one.is_same(other),
            (None, None) => true,
            _ => false,
        }
    }
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
