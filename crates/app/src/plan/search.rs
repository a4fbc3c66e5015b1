//! 検索 — searches the rows of all years by their words.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use renkei_document::id::{self, Id};
use renkei_document::search::SearchIndex;
use renkei_domain::agreement::Agreement;
use renkei_domain::indicator::observation::Observation;
use renkei_domain::plan::{Initiative, Standing};
use renkei_domain::record::dossiers::Dossiers;
use renkei_domain::view::Viewer;

use crate::node::memory::Memory;
use crate::node::state::State;

/// 検索結果 — a row that contains the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub agreement: Id<Agreement>,
    pub initiative: Id<id::Initiative>,
}

/// The indexes of all rows, shared by all states of a node. One index contains the rows that the parties of an
/// agreement have shown to each other; each party has an index for its hidden rows. A search uses only the indexes that
/// its viewer may read. The indexes are updated before a recording returns. Only the first search after a start indexes
/// all rows.
#[derive(Debug, Default)]
struct Searchable {
    /// Position of the newest state that is indexed; `None` before the first search.
    position: Option<u64>,
    shelves: HashMap<Shelf, Texts>,
    rows: HashMap<Id<id::Initiative>, Indexed>,
    /// Number of texts that were indexed since the node started.
    taken_in: u64,
    /// Number of complete comparisons with the rows of a state.
    generation: u64,
}

/// Key of an index: an agreement, and the party whose hidden rows it contains (`None` for the rows that all parties
/// read).
type Shelf = (Id<Agreement>, Option<Id<id::Party>>);

#[derive(Debug, Default)]
struct Texts {
    index: SearchIndex,
    numbers: HashMap<u32, Id<id::Initiative>>,
}

/// Maximum number of changed rows that are indexed at a time. Then other searches get the lock.
const PORTION: usize = 500;

/// A row in the form in which it was last indexed.
#[derive(Debug)]
struct Indexed {
    shelf: Shelf,
    number: u32,
    /// The last complete comparison in which the row existed.
    seen: u64,
    row: Arc<Initiative>,
    values: Vec<Arc<Observation>>,
}

impl Indexed {
    fn is_of<'a>(&self, row: &Arc<Initiative>, mut values: impl Iterator<Item = &'a Arc<Observation>>) -> bool {
        Arc::ptr_eq(&self.row, row)
            && self.values.iter().all(|known| values.next().is_some_and(|value| Arc::ptr_eq(known, value)))
            && values.next().is_none()
    }
}

/// Returns the rows that contain all words of the query and that the viewer may see. Newer years come first; within a
/// table, rows are in its order.
pub fn search(state: &State, viewer: Viewer, query: &str) -> Vec<Hit> {
    let index = state.memories.of::<RowIndex>();
    let mut hits = Vec::new();
    for agreement in state.seen_by(viewer).agreements() {
        let own = agreement.agreement.parties.iter().map(|party| party.id).filter(|party| viewer.is_of(*party));
        let shelves = own.map(Some).chain([None]).map(|party| (agreement.id, party));
        let found = index.rows_with(state, shelves, query);
        let rows = agreement.plans().into_iter().flat_map(|(_, plan)| agreement.rows_at_home(plan));
        let rows = rows.map(|(initiative, _)| initiative).filter(|row| found.contains(row));
        hits.extend(rows.map(|initiative| Hit { agreement: agreement.id, initiative }));
    }
    hits
}

/// Returns the number of texts indexed since the node started.
pub fn indexed_texts(state: &State) -> u64 {
    state.memories.of::<RowIndex>().locked().taken_in
}

/// 検索の索引 — the search index of a node.
#[derive(Default)]
struct RowIndex(Mutex<Searchable>);

impl Memory for RowIndex {
    /// Indexes the rows that are new or changed in this state, in portions, between which others may search.
    fn follow(&self, position: u64, dossiers: &Dossiers) {
        let is_worn = {
            let searchable = self.locked();
            if searchable.position.is_none_or(|indexed| indexed >= position) {
                return;
            }
            searchable.shelves.values().any(|texts| texts.index.is_worn())
        };
        if is_worn {
            let mut anew = Searchable::default();
            anew.update(position, dossiers, usize::MAX);
            let mut searchable = self.locked();
            anew.taken_in += searchable.taken_in;
            if searchable.position < anew.position {
                *searchable = anew;
            }
            return;
        }
        while self.locked().update(position, dossiers, PORTION) {}
    }
}

impl RowIndex {
    fn locked(&self) -> MutexGuard<'_, Searchable> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rows_with(
        &self,
        state: &State,
        shelves: impl Iterator<Item = Shelf>,
        query: &str,
    ) -> HashSet<Id<id::Initiative>> {
        let mut searchable = self.locked();
        if searchable.position.is_none() {
            searchable.update(state.position, &state.dossiers, usize::MAX);
        }
        let shelves = shelves.filter_map(|shelf| searchable.shelves.get(&shelf));
        let found =
            shelves.flat_map(|texts| texts.index.find(query).into_iter().map(|number| texts.numbers.get(&number)));
        found.flatten().copied().collect()
    }
}

impl Searchable {
    /// Indexes at most `most` rows that are new or changed in this state, and removes rows that no longer exist.
    /// Returns `true` if more rows still have to be indexed. Does nothing if a newer state is already indexed.
    fn update(&mut self, position: u64, dossiers: &Dossiers, most: usize) -> bool {
        if self.position.is_some_and(|indexed| indexed > position) {
            return false;
        }
        self.position = Some(position);
        self.generation += 1;
        let mut changed = 0;
        for (agreement, dossier) in dossiers.agreements.iter() {
            let Some(view) = dossiers.seen_by(Viewer::Joint(*agreement)).agreement(*agreement) else { continue };
            for (id, row) in dossier.initiatives.iter() {
                if let Some(known) = self.rows.get_mut(id) {
                    known.seen = self.generation;
                    if known.is_of(row, view.values_in(row)) {
                        continue;
                    }
                }
                if changed == most {
                    return true;
                }
                changed += 1;
                let shelf = (*agreement, (row.standing == Standing::Private).then_some(row.party));
                let texts = self.shelves.entry(shelf).or_default();
                let number = texts.index.add(&view.words_of(row).join("\n"));
                texts.numbers.insert(number, *id);
                let values = view.values_in(row).cloned().collect();
                let indexed = Indexed { shelf, number, seen: self.generation, row: Arc::clone(row), values };
                if let Some(before) = self.rows.insert(*id, indexed) {
                    self.drop_text(&before);
                }
                self.taken_in += 1;
            }
        }
        let generation = self.generation;
        let gone: Vec<_> = self.rows.extract_if(|_, row| row.seen != generation).map(|(_, row)| row).collect();
        gone.iter().for_each(|row| self.drop_text(row));
        false
    }

    fn drop_text(&mut self, row: &Indexed) {
        let Some(texts) = self.shelves.get_mut(&row.shelf) else { return };
        texts.numbers.remove(&row.number);
        texts.index.take_out(row.number);
    }
}
