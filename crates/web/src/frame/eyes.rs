//! What pages are made of, as one viewer sees it: tables, findings, lineages. Each is made once and kept as long as what was read
//! for it is the same.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use renkei_document::document::PlanTable;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::organisation::renamed_divisions::Renaming;
use renkei_domain::plan::lineage::Lineage;

use crate::frame::keep::{Made, locked};
use crate::frame::lineage_path::Step;
use crate::frame::moment::{Moment, RowAlone, RowIndex, WhatWasRead};
use crate::frame::placed::Placed;

const MOST_TABLES: usize = 256;
const MOST_ROWS: usize = 4096;

/// Two tables: the old and the new one.
type OldAndNew = (Id<id::Plan>, Id<id::Plan>);

/// What was made for one viewer.
pub struct Eyes {
    pub tables: Memory<Id<id::Plan>, Option<Arc<PlanTable>>>,
    /// Where the rows of each table stand.
    pub row_indexes: Memory<Id<id::Plan>, Option<Arc<RowIndex>>>,
    pub rows: Memory<Id<id::Initiative>, Option<Arc<RowAlone>>>,
    /// By the old and the new table.
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

/// Things that are made at their first use and kept while they are right; what was not asked for the longest goes first.
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
    /// The newest position of the journal at which it was found to be right.
    right_at: u64,
}

impl<K: Eq + Hash + Clone, V: Clone + Same> Memory<K, V> {
    fn of(most: usize) -> Self {
        Self { kept: Mutex::new(Kept { slots: HashMap::new(), by_last_asked: BTreeMap::new(), asked: 0 }), most }
    }

    /// What is right at this moment; made where it is not there. What comes out as it was stays the same in memory.
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
        // Whoever still looks at an earlier moment makes it for themselves.
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

/// Whether two things say the same, at a glance where they are one thing in memory.
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
