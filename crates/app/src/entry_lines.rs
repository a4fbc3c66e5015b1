//! The lines of the journal in memory. Every state has all of them, and a new state follows each edit: so they lie in blocks
//! that states share, and only the last block is copied.

use std::sync::Arc;

use crate::state::EntryLine;

const IN_A_BLOCK: usize = 256;

/// 記録の行の列 — in the order in which the node heard them; it only grows.
#[derive(Debug, Clone, Default)]
pub(crate) struct EntryLines {
    full: Vec<Arc<[EntryLine]>>,
    last: Vec<EntryLine>,
}

impl EntryLines {
    pub fn push(&mut self, line: EntryLine) {
        self.last.push(line);
        if self.last.len() == IN_A_BLOCK {
            self.full.push(std::mem::take(&mut self.last).into());
        }
    }

    /// Newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &EntryLine> {
        self.last.iter().rev().chain(self.full.iter().rev().flat_map(|block| block.iter().rev()))
    }
}

impl Extend<EntryLine> for EntryLines {
    fn extend<T: IntoIterator<Item = EntryLine>>(&mut self, lines: T) {
        lines.into_iter().for_each(|line| self.push(line));
    }
}

#[cfg(test)]
mod tests {
    use renkei_domain::chain::{DossierKey, Order};
    use renkei_domain::id::Id;
    use renkei_domain::time::Hlc;

    use super::*;

    #[test]
    fn lines_come_back_newest_first_across_blocks() {
        let party = "00000000-0000-7000-8000-000000000000".parse().map(Id::new).unwrap();
        let order = Order { time: Hlc::default(), party, dossier: DossierKey::Party(party), number: 1 };
        let line = |heard| EntryLine { heard, order, title: "", post: String::new() };
        for count in [0, 1, 255, 256, 257, 700] {
            let mut lines = EntryLines::default();
            lines.extend((1..=count).map(line));
            let heard: Vec<u64> = lines.newest_first().map(|line| line.heard).collect();
            assert_eq!(heard, (1..=count).rev().collect::<Vec<_>>());
        }
    }
}
