//! The state of a node at one position of its journal. Readers share it; it never changes.

use renkei_domain::record::chain::{Entry, Order};
use renkei_domain::record::dossiers::Dossiers;
use renkei_domain::record::shared_map::SharedMap;
use renkei_domain::view::{View, Viewer};

use crate::node::entry_lines::{EntryLines, Lines};
use crate::plan::search::SharedIndex;

/// 状態 — the folded dossiers, and a line for each event of the journal.
#[derive(Debug, Default)]
pub struct State {
    /// The last event that this node heard and that is folded here.
    pub position: u64,
    pub(crate) dossiers: Dossiers,
    pub(crate) entries: EntryLines,
    /// The states of a node share it.
    pub(crate) searchable: SharedIndex,
}

/// 記録の行 — one event as the journal's page lists it, in the order in which this node heard them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLine {
    pub heard: u64,
    pub order: Order,
    /// The type in Japanese; 非開示 where the body is held back or blacked out.
    pub title: &'static str,
    pub post: String,
    /// Why it was done, where the event says so.
    pub reason: Option<String>,
}

impl State {
    pub fn seen_by(&self, viewer: Viewer) -> View<'_> {
        self.dossiers.seen_by(viewer)
    }

    /// The position of the last event that may tell this viewer anything: what another party drafts and keeps to itself is none.
    pub fn position_for(&self, viewer: Viewer) -> u64 {
        match viewer {
            Viewer::Operator(_) => self.position,
            Viewer::Party(own) => self.entries.last_known_to(Some(own)),
            Viewer::Councillor(_) | Viewer::Joint(_) | Viewer::Public => self.entries.last_known_to(None),
        }
    }

    /// The events that a viewer may know of, newest first: an officer those of their own party. Each with its place among
    /// them, from 1: a number of the whole node would tell how much the other party does.
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

impl EntryLine {
    pub(crate) fn of(heard: u64, entry: &Entry) -> Self {
        let told = entry.authored.as_ref();
        Self {
            heard,
            order: entry.order,
            title: told.map_or("非開示", |authored| authored.event.title()),
            post: told.map(|authored| authored.post.clone()).unwrap_or_default(),
            reason: told.and_then(|authored| authored.event.reason()).map(str::to_owned),
        }
    }
}
