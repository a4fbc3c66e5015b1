//! Values that slices keep in memory beside the journal: caches, the people who have a form open, the search index. The
//! node stores one value of each type without knowing the types. All values are lost when the process ends.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use renkei_domain::record::dossiers::Dossiers;

/// 覚え — a type of which a node keeps one value in memory.
pub(crate) trait Memory: Any + Send + Sync {
    /// Updates the value after each recording, with the position and the dossiers of the new state.
    fn follow(&self, _position: u64, _dossiers: &Dossiers) {}
}

/// 覚えの棚 — one value of each requested type. A node and all its states share these values.
#[derive(Clone, Default)]
pub(crate) struct Memories(Arc<RwLock<HashMap<TypeId, Arc<dyn Memory>>>>);

impl Memories {
    /// Returns the value of this type. The first call creates the value.
    pub fn of<T: Memory + Default>(&self) -> Arc<T> {
        let key = TypeId::of::<T>();
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let kept = kept.unwrap_or_else(|| {
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(key).or_insert_with(|| Arc::<T>::default()))
        });
        let kept: Arc<dyn Any + Send + Sync> = kept;
        kept.downcast().expect("the value under a type's key is of that type")
    }

    /// Updates every value after a recording.
    pub fn follow(&self, position: u64, dossiers: &Dossiers) {
        let all: Vec<_> = self.0.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        all.iter().for_each(|memory| memory.follow(position, dossiers));
    }
}

impl std::fmt::Debug for Memories {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memories")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[derive(Default)]
    struct Followed(AtomicU64);

    impl Memory for Followed {
        fn follow(&self, position: u64, _: &Dossiers) {
            self.0.store(position, Ordering::Relaxed);
        }
    }

    #[derive(Default)]
    struct Still;

    impl Memory for Still {}

    #[test]
    fn there_is_one_value_of_each_type_and_it_follows_the_state() {
        let memories = Memories::default();
        let (followed, _still) = (memories.of::<Followed>(), memories.of::<Still>());
        memories.clone().follow(7, &Dossiers::default());
        assert_eq!(memories.of::<Followed>().0.load(Ordering::Relaxed), 7);
        assert!(Arc::ptr_eq(&followed, &memories.of()));
    }
}
