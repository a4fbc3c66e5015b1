//! 検索 — rows of all years by the words in them.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

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

/// The index over every row of every party. All states of a node share it: each search compares all rows with those that it
/// holds, and takes in what is another. So a search costs the same whether or not something changed that its viewer may not know.
#[derive(Debug, Default)]
pub(crate) struct Searchable {
    index: SearchIndex,
    rows: HashMap<Id<Initiative>, Indexed>,
    numbers: HashMap<u32, Id<Initiative>>,
    /// How many texts were taken in since the node began.
    taken_in: u64,
    /// How often all rows were compared.
    looks: u64,
}

/// A row as the index holds it.
#[derive(Debug)]
struct Indexed {
    number: u32,
    /// In which look it was seen last.
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

    /// How many texts the search has taken in since the node began.
    pub fn texts_taken_in(&self) -> u64 {
        self.searchable.lock().unwrap_or_else(PoisonError::into_inner).taken_in
    }

    fn rows_with(&self, query: &str) -> HashSet<Id<Initiative>> {
        let mut searchable = self.searchable.lock().unwrap_or_else(PoisonError::into_inner);
        if searchable.index.is_worn() {
            let (taken_in, looks) = (searchable.taken_in, searchable.looks);
            *searchable = Searchable { taken_in, looks, ..Searchable::default() };
        }
        searchable.bring_to(self);
        searchable.index.find(query).into_iter().filter_map(|number| searchable.numbers.get(&number)).copied().collect()
    }
}

impl Searchable {
    /// Takes in what is new or another in this state, and takes out what is gone.
    fn bring_to(&mut self, state: &State) {
        self.looks += 1;
        for (agreement, dossier) in state.dossiers.agreements.iter() {
            let Some(view) = state.seen_by(Viewer::Joint(*agreement)).agreement(*agreement) else { continue };
            for (id, row) in dossier.initiatives.iter() {
                if let Some(known) = self.rows.get_mut(id) {
                    known.seen = self.looks;
                    if known.is_of(row, view.values_in(row)) {
                        continue;
                    }
                    self.numbers.remove(&known.number);
                    self.index.take_out(known.number);
                }
                let number = self.index.add(&view.words_of(row).join("\n"));
                let values = view.values_in(row).cloned().collect();
                self.rows.insert(*id, Indexed { number, seen: self.looks, row: Arc::clone(row), values });
                self.numbers.insert(number, *id);
                self.taken_in += 1;
            }
        }
        let gone: Vec<_> = self.rows.extract_if(|_, row| row.seen != self.looks).map(|(_, row)| row.number).collect();
        for number in gone {
            self.numbers.remove(&number);
            self.index.take_out(number);
        }
    }
}

pub(crate) type SharedIndex = Arc<Mutex<Searchable>>;
