//! 検索 — rows of all years by the words in them.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use renkei_domain::agreement::Agreement;
use renkei_domain::id::Id;
use renkei_domain::observation::Observation;
use renkei_domain::plan::Initiative;
use renkei_domain::search::SearchIndex;
use renkei_domain::view::Viewer;

use crate::state::State;

/// 検索結果 — a row in which the words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub agreement: Id<Agreement>,
    pub initiative: Id<Initiative>,
}

/// The index of all rows of all parties, shared by all states of a node. Whoever records something updates it before the answer,
/// so a search takes no longer for what others recorded, shown or not. Only the first search after a start indexes all rows.
#[derive(Debug, Default)]
pub(crate) struct Searchable {
    /// The newest state that it was updated to; none before the first search.
    position: Option<u64>,
    index: SearchIndex,
    rows: HashMap<Id<Initiative>, Indexed>,
    numbers: HashMap<u32, Id<Initiative>>,
    /// How many texts were indexed since the node began.
    taken_in: u64,
    /// How often all rows were compared.
    generation: u64,
}

pub(crate) type SharedIndex = Arc<Mutex<Searchable>>;

/// How many changed rows are indexed before others may search again.
const PORTION: usize = 500;

/// A row as the index holds it.
#[derive(Debug)]
struct Indexed {
    number: u32,
    /// The last generation in which it was there.
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

impl State {
    /// The rows that hold all words of the query and that the viewer may see: newest year first, then in their order.
    pub fn search(&self, viewer: Viewer, query: &str) -> Vec<Hit> {
        let found = self.rows_with(query);
        let mut hits = Vec::with_capacity(found.len());
        for agreement in self.seen_by(viewer).agreements().filter(|_| !found.is_empty()) {
            let rows = agreement.plans().into_iter().flat_map(|(_, plan)| agreement.rows_at_home(plan));
            let rows = rows.map(|(initiative, _)| initiative).filter(|row| found.contains(row));
            hits.extend(rows.map(|initiative| Hit { agreement: agreement.id, initiative }));
        }
        hits
    }

    /// How many texts were indexed since the node began.
    pub fn texts_taken_in(&self) -> u64 {
        self.index().taken_in
    }

    fn rows_with(&self, query: &str) -> HashSet<Id<Initiative>> {
        let mut searchable = self.index();
        if searchable.position.is_none() {
            searchable.update(self, usize::MAX);
        }
        searchable.index.find(query).into_iter().filter_map(|number| searchable.numbers.get(&number)).copied().collect()
    }

    /// Indexes what is new in this state, for whoever recorded it. Others may search in between.
    pub(crate) fn update_index(&self) {
        let is_worn = {
            let searchable = self.index();
            if searchable.position.is_none_or(|position| position >= self.position) {
                return;
            }
            searchable.index.is_worn()
        };
        if is_worn {
            let mut anew = Searchable::default();
            anew.update(self, usize::MAX);
            let mut searchable = self.index();
            anew.taken_in += searchable.taken_in;
            if searchable.position < anew.position {
                *searchable = anew;
            }
            return;
        }
        while self.index().update(self, PORTION) {}
    }

    fn index(&self) -> MutexGuard<'_, Searchable> {
        self.searchable.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Searchable {
    /// Indexes rows that are new or another in this state, so many at most, and drops those that are gone. Answers whether there
    /// are more. A newer state than this one has all of them.
    fn update(&mut self, state: &State, most: usize) -> bool {
        if self.position.is_some_and(|position| position > state.position) {
            return false;
        }
        self.position = Some(state.position);
        self.generation += 1;
        let mut changed = 0;
        for (agreement, dossier) in state.dossiers.agreements.iter() {
            let Some(view) = state.seen_by(Viewer::Joint(*agreement)).agreement(*agreement) else { continue };
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
                let number = self.index.add(&view.words_of(row).join("\n"));
                let values = view.values_in(row).cloned().collect();
                let indexed = Indexed { number, seen: self.generation, row: Arc::clone(row), values };
                if let Some(before) = self.rows.insert(*id, indexed) {
                    self.drop_text(before.number);
                }
                self.numbers.insert(number, *id);
                self.taken_in += 1;
            }
        }
        let generation = self.generation;
        let gone: Vec<_> = self.rows.extract_if(|_, row| row.seen != generation).map(|(_, row)| row.number).collect();
        gone.into_iter().for_each(|number| self.drop_text(number));
        false
    }

    fn drop_text(&mut self, number: u32) {
        self.numbers.remove(&number);
        self.index.take_out(number);
    }
}
