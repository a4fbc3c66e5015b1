//! The data that pages are made of, as one viewer sees it: tables, findings, lineages. Each value is made once and kept
//! as long as everything that was read for it is unchanged.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use renkei_document::document::PlanTable;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::plan::lineage::Lineage;
use renkei_domain::plan::renamed_divisions::Renaming;

use crate::frame::keep::{Made, locked};
use crate::frame::lineage_path::Step;
use crate::frame::moment::{Moment, RowAlone, RowIndex, WhatWasRead};
use crate::frame::placed::Placed;

const MOST_TABLES: usize = 256;
const MOST_ROWS: usize = 4096;

/// Ids of two tables: the old and the new one.
type OldAndNew = (Id<id::Plan>, Id<id::Plan>);

/// The kept data of one viewer.
pub struct Eyes {
    pub tables: Memory<Id<id::Plan>, Option<Arc<PlanTable>>>,
    /// Positions of the rows in each table.
    pub row_indexes: Memory<Id<id::Plan>, Option<Arc<RowIndex>>>,
    pub rows: Memory<Id<id::Initiative>, Option<Arc<RowAlone>>>,
    /// Lineages, by the old and the new table.
    pub lineages: Memory<OldAndNew, Option<Arc<Lineage>>>,
    pub paths: Memory<(Id<id::Initiative>, Language), Arc<Vec<Step>>>,
    pub findings: Memory<FiscalYear, Arc<Vec<Placed>>>,
    /// The findings about one row.
    pub about: Memory<Id<id::Initiative>, Arc<Vec<Placed>>>,
    pub renamed: Memory<(), Arc<Vec<Renaming>>>,
    made: Arc<Made>,
}

impl Eyes {
    pub fn of(made: &Arc<Made>) -> Self {
        Self {
            tables: Memory::of(MOST_TABLES),
            row_indexes: Memory::of(MOST_TABLES),
            rows: Memory::of(MOST_ROWS),
            lineages: Memory::of(MOST_TABLES),
            paths: Memory::of(MOST_ROWS),
            findings: Memory::of(MOST_TABLES),
            about: Memory::of(MOST_ROWS),
            renamed: Memory::of(1),
            made: Arc::clone(made),
        }
    }

    pub fn made(&self) -> &Made {
        &self.made
    }
}

/// A cache of values that are made at first use and kept while they are valid. The value that was not asked for the
/// longest is removed first.
pub struct Memory<K, V> {
    kept: Mutex<Kept<K, V>>,
    most: usize,
}

struct Kept<K, V> {
    slots: HashMap<K, (u64, Slot<V>)>,
    by_last_asked: BTreeMap<u64, K>,
    asked: u64,
}

type Slot<V> = Arc<Mutex<Option<Remembered<V>>>>;

struct Remembered<V> {
    value: V,
    read: WhatWasRead,
    /// Newest position of the journal at which the value was found to be valid.
    right_at: u64,
}

impl<K: Eq + Hash + Clone, V: Clone + Same> Memory<K, V> {
    fn of(most: usize) -> Self {
        Self { kept: Mutex::new(Kept { slots: HashMap::new(), by_last_asked: BTreeMap::new(), asked: 0 }), most }
    }

    /// Returns the value that is valid at this moment, and makes it if none is kept. If the new value equals the old
    /// one, the old object stays in memory.
    pub fn get(&self, key: &K, moment: &Moment, count: Option<&AtomicU64>, make: impl FnOnce(&Moment) -> V) -> V {
        let slot = self.slot(key);
        let mut remembered = locked(&slot);
        let now = moment.position();
        if let Some(known) = &mut *remembered
            && (known.right_at == now || (known.right_at < now && known.read.holds_at(moment)))
        {
            known.right_at = now;
            return known.value.clone();
        }
        let noting = moment.noting();
        let made = make(&noting);
        count.inspect(|count| _ = count.fetch_add(1, Ordering::Relaxed));
        // A reader of an earlier moment gets a value of its own, which is not kept.
        if remembered.as_ref().is_some_and(|known| known.right_at > now) {
            return made;
        }
        let before = remembered.take().map(|known| known.value).filter(|before| before.is_same(&made));
        let value = before.unwrap_or(made);
        *remembered = Some(Remembered { value: value.clone(), read: noting.what_was_read(), right_at: now });
        value
    }

    fn slot(&self, key: &K) -> Slot<V> {
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

/// A comparison of two values that is fast if both are one object in memory.
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
