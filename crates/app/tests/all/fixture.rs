//! A node in a temporary folder, with a fixed clock.

use jiff::Timestamp;
use renkei_app::{Context, Node, access, evidence};
use renkei_document::document::Document;
use renkei_sample::{Settings, document};
use tempfile::TempDir;

pub struct Office {
    pub node: Node,
    pub folder: TempDir,
}

impl Office {
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { node: open(&folder), folder }
    }

    pub fn with(text: &str) -> Self {
        let office = Self::empty();
        evidence::import(&office.node, access::local_operator(), "昨年度.txt", text.as_bytes()).expect("imports");
        office
    }

    /// Opens the same folder again, as a later process would.
    pub fn reopened(self) -> Self {
        let Self { node, folder } = self;
        drop(node);
        Self { node: open(&folder), folder }
    }

    pub fn report(&self) -> Document {
        self.node.state().report(access::local_viewer(), None, None).expect("a report").document
    }
}

fn open(folder: &TempDir) -> Node {
    let now: Timestamp = "2026-11-22T00:00:00Z".parse().expect("a time");
    Node::open(folder.path(), Context::fixed(now, 1)).expect("opens")
}

/// Returns the document of the invented city for 令和8年度.
pub fn sample() -> String {
    document(&Settings::usual(8, 2026))
}
