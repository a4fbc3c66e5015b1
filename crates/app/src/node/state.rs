//! The state of a node at one position of its journal. It is immutable, and all readers share it.

use renkei_domain::record::dossiers::Dossiers;
use renkei_domain::record::shared_map::SharedMap;
use renkei_domain::view::{View, Viewer};

use crate::node::entry_lines::{EntryLine, EntryLines, Lines};
use crate::node::memory::Memories;

/// 状態 — the dossiers (the state that results from applying all events), and a line for each event of the journal.
#[derive(Debug, Default)]
pub struct State {
    /// The node's number of the newest event that this state includes.
    pub position: u64,
    pub(crate) dossiers: Dossiers,
    pub(crate) entries: EntryLines,
    /// Values in memory that all states of a node share.
    pub(crate) memories: Memories,
}

impl State {
    pub fn seen_by(&self, viewer: Viewer) -> View<'_> {
        self.dossiers.seen_by(viewer)
    }

    /// Returns the position of the newest event that this viewer may learn of. Events in other parties' own chains are
    /// ignored.
    pub fn position_for(&self, viewer: Viewer) -> u64 {
        match viewer {
            Viewer::Operator(_) => self.position,
            Viewer::Party(own) => self.entries.last_known_to(Some(own)),
            Viewer::Councillor(_) | Viewer::Joint(_) | Viewer::Public => self.entries.last_known_to(None),
        }
    }

    /// Returns the events that a viewer may know of, newest first; an officer sees only those of their own party. Each
    /// has its number among these events, from 1. (The node's own number would reveal how much the other party does.)
    pub fn journal(&self, viewer: Viewer) -> impl Iterator<Item = (u64, &EntryLine)> {
        let lines = self.lines(viewer);
        let count = lines.map_or(0, SharedMap::len) as u64;
        (1..=count).rev().zip(lines.into_iter().flat_map(|lines| lines.values().rev()).map(|line| &**line))
    }

    fn lines(&self, viewer: Viewer) -> Option<&Lines> {
        match viewer {
            Viewer::Operator(_) => Some(self.entries.all()),
            Viewer::Party(own) => self.entries.of(own),
            Viewer::Councillor(_) | Viewer::Joint(_) | Viewer::Public => None,
        }
    }
}
