//! The lines of the journal's page, kept in memory. Each change makes a new state, and all states share the lines.

use std::collections::HashMap;
use std::sync::Arc;

use renkei_document::id::{self, Id};
use renkei_domain::record::chain::{DossierKey, Order};
use renkei_domain::record::entry::Entry;
use renkei_domain::record::shared_map::SharedMap;

/// 記録の行 — one event as the journal's page lists it, in the order in which this node received the events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLine {
    pub heard: u64,
    pub order: Order,
    /// The title of the event's type in Japanese; 非開示 if the body of the event is withheld or blacked out.
    pub title: &'static str,
    pub post: String,
    /// The reason that the event gives; `None` if it gives none.
    pub reason: Option<String>,
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

/// Lines by the node's own number of the event (1 for the first event that it received).
pub(crate) type Lines = SharedMap<u64, Arc<EntryLine>>;

/// 記録の行の列 — the lines in the order in which the node received the events. Lines are added, never removed.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntryLines {
    all: Lines,
    /// The lines of each party's events. The journal's page of a party reads only these lines.
    of_party: HashMap<Id<id::Party>, Lines>,
    /// The node's number of the newest event in the chains that all parties know, and in each party's own chain.
    last_known_to_all: u64,
    last_own: HashMap<Id<id::Party>, u64>,
}

impl EntryLines {
    pub fn push(&mut self, line: EntryLine) {
        let (heard, party) = (line.heard, line.order.party);
        match line.order.dossier {
            DossierKey::Agreement(_) | DossierKey::Party(_) => self.last_known_to_all = heard,
            DossierKey::AgreementOwn(_) => drop(self.last_own.insert(party, heard)),
        }
        let line = Arc::new(line);
        self.of_party.entry(party).or_default().insert(heard, Arc::clone(&line));
        self.all.insert(heard, line);
    }

    /// Returns the node's number of the newest event that a party may learn of; without a party, of the newest event
    /// that all parties know.
    pub fn last_known_to(&self, party: Option<Id<id::Party>>) -> u64 {
        let own = party.and_then(|party| self.last_own.get(&party)).copied().unwrap_or_default();
        own.max(self.last_known_to_all)
    }

    pub fn all(&self) -> &Lines {
        &self.all
    }

    pub fn of(&self, party: Id<id::Party>) -> Option<&Lines> {
        self.of_party.get(&party)
    }
}

impl Extend<EntryLine> for EntryLines {
    fn extend<T: IntoIterator<Item = EntryLine>>(&mut self, lines: T) {
        lines.into_iter().for_each(|line| self.push(line));
    }
}

#[cfg(test)]
mod tests {
    use renkei_document::time::Hlc;

    use super::*;

    #[test]
    fn each_party_has_its_own_lines_in_the_order_of_receipt() {
        let [one, other] = ["00000000-0000-7000-8000-000000000000", "00000000-0000-7000-8000-000000000001"]
            .map(|id| id.parse().map(Id::new).unwrap());
        let order = |party| Order { time: Hlc::default(), party, dossier: DossierKey::Party(party), number: 1 };
        let line = |heard: u64| {
            let party = if heard.is_multiple_of(3) { other } else { one };
            EntryLine { heard, order: order(party), title: "", post: String::new(), reason: None }
        };
        for count in [0, 1, 255, 256, 257, 700] {
            let mut lines = EntryLines::default();
            lines.extend((1..=count).map(line));
            let heard = |lines: &Lines| lines.values().rev().map(|line| line.heard).collect::<Vec<_>>();
            assert_eq!(heard(lines.all()), (1..=count).rev().collect::<Vec<_>>());
            let of = |party| lines.of(party).map(heard).unwrap_or_default();
            assert_eq!(of(other), (1..=count).rev().filter(|at| at.is_multiple_of(3)).collect::<Vec<_>>());
            assert_eq!(of(one).len() + of(other).len(), lines.all().len());
        }
    }
}
