//! A node in a folder of its own, with a fixed clock.

use jiff::Timestamp;
use renkei_app::{Context, Renkei, access};
use renkei_document::document::Document;
use renkei_sample::{Settings, document};
use tempfile::TempDir;

pub struct Node {
    pub renkei: Renkei,
    pub folder: TempDir,
}

impl Node {
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { renkei: open(&folder), folder }
    }

    pub fn with(text: &str) -> Self {
        let node = Self::empty();
        node.renkei.import(access::local_operator(), "昨年度.txt", text.as_bytes()).expect("imports");
        node
    }

    /// Opens the same folder again, as another process does later.
    pub fn reopened(self) -> Self {
        let Self { renkei, folder } = self;
        drop(renkei);
        Self { renkei: open(&folder), folder }
    }

    pub fn report(&self) -> Document {
        self.renkei.state().report(access::local_viewer(), None, None).expect("a report").document.value
    }
}

fn open(folder: &TempDir) -> Renkei {
    let now: Timestamp = "2026-11-22T00:00:00Z".parse().expect("a time");
    Renkei::open(folder.path(), Context::fixed(now, 1)).expect("opens")
}

/// Returns the invented city's document of 令和8年度.
pub fn sample() -> String {
    document(&Settings::usual(8, 2026))
}
