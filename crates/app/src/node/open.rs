//! Opens a data directory. The events of its journal are applied (folded) once, and the resulting state is kept in
//! memory.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_domain::event::Authored;
use renkei_domain::record::chain::{DossierKey, Order};
use renkei_domain::record::dossiers::{Dossiers, Heard};
use renkei_domain::record::entry::Entry;
use renkei_journal::{Journal, Position, Reader, StoredEvent};

use crate::node::arrivals::{ArrivalLimits, Arrivals};
use crate::node::context::{Context, day_of, millis};
use crate::node::entry_lines::{EntryLine, EntryLines};
use crate::node::error::AppError;
use crate::node::memory::{Memories, Memory};
use crate::node::state::State;

/// How long a copy that a migration made is kept: 30 days, in milliseconds.
const KEPT_COPIES: u64 = 30 * 24 * 60 * 60 * 1000;

/// 連携の器 — an open data directory, and the only writer of its journal.
pub struct Node {
    pub(crate) journal: Journal,
    pub(crate) context: Context,
    /// Lock that is held while a decision is made and appended, so that decisions are recorded one at a time.
    pub(crate) deciding: Mutex<()>,
    memories: Memories,
    arrivals: Arc<Arrivals>,
    state: RwLock<Arc<State>>,
}

impl Node {
    /// Opens or creates a data directory, and applies the events of its journal.
    pub fn open(directory: &Path, context: Context) -> Result<Self, AppError> {
        let journal = Journal::open(directory)?;
        let arrivals = Arrivals::of(directory, ArrivalLimits::default());
        let arrivals = arrivals.map_err(|fault| AppError::File { path: directory.display().to_string(), fault })?;
        journal.drop_old_copies(millis((context.clock)()).saturating_sub(KEPT_COPIES))?;
        let state = fold(journal.read_all(Position(0))?)?;
        let memories = state.memories.clone();
        let state = RwLock::new(Arc::new(state));
        Ok(Self { journal, context, deciding: Mutex::new(()), memories, arrivals: Arc::new(arrivals), state })
    }

    /// Returns the current state. A returned state never changes; a later call returns a newer one.
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the uploads of this node.
    pub fn arrivals(&self) -> Arc<Arrivals> {
        Arc::clone(&self.arrivals)
    }

    /// Returns the current time.
    pub fn now(&self) -> Timestamp {
        (self.context.clock)()
    }

    /// Returns the current time in milliseconds since 1970.
    pub(crate) fn now_millis(&self) -> u64 {
        millis(self.now())
    }

    /// Returns the current date in Japan.
    pub fn today(&self) -> Date {
        day_of(self.now())
    }

    /// Returns the value of this type that is kept in memory; see [`Memory`].
    pub(crate) fn memory<T: Memory + Default>(&self) -> Arc<T> {
        self.memories.of()
    }

    pub(crate) fn become_state(&self, state: State) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
    }
}

/// Reads the state of a data directory that another process may be writing.
pub fn read_state(directory: &Path) -> Result<State, AppError> {
    fold(Reader::open(directory)?.read_all(Position(0))?)
}

fn fold(stored: Vec<StoredEvent>) -> Result<State, AppError> {
    let position = stored.last().map_or(0, |event| event.heard.0);
    let mut entries = Vec::with_capacity(stored.len());
    let mut lines = EntryLines::default();
    for event in stored {
        let entry = entry_of(&event)?;
        lines.push(EntryLine::of(event.heard.0, &entry));
        entries.push(entry);
    }
    let dossiers = fold_entries(entries);
    Ok(State { position, dossiers, entries: lines, memories: Memories::default() })
}

/// Folds the entries. They are usually in the order of folding; only if one is late are they sorted first.
fn fold_entries(entries: Vec<Entry>) -> Dossiers {
    let mut dossiers = Dossiers::default();
    if entries.iter().all(|entry| dossiers.hear(entry) == Heard::Folded) { dossiers } else { Dossiers::fold(entries) }
}

fn entry_of(event: &StoredEvent) -> Result<Entry, AppError> {
    let broken = |what: String| {
        AppError::Undecodable(renkei_domain::event::UndecodableEvent::Malformed {
            name: event.kind.clone(),
            version: event.version,
            fault: what,
        })
    };
    let party = event.party.parse().map(Id::new).map_err(|_| broken(event.party.clone()))?;
    let dossier: DossierKey = event.dossier.parse().map_err(broken)?;
    let order = Order { time: event.time, party, dossier, number: event.number };
    let authored = match &event.body {
        Some(body) => Some(Authored::decode(&event.kind, event.version, body)?),
        None => None,
    };
    Ok(Entry { order, authored })
}
