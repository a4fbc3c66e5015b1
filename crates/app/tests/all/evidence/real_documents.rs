//! Tests with the documents of `../shared`, if these are available.

use std::path::{Path, PathBuf};

use renkei_app::read_document;

use crate::evidence::import::{rows, same_rows, without_ids};
use crate::fixture::Office;
use crate::plan::passages::{FEW, figures_change_their_own_span};

pub fn documents() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/documents");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return Vec::new();
    };
    let paths =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.map(|path| (path.clone(), std::fs::read_to_string(&path).expect("reads"))).collect()
}

/// Returns a text without white space and tags, which do not survive a round trip.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_row_of_the_source_is_unchanged_in_the_report() {
    for (path, text) in documents() {
        let read = read_document("document.txt", text.as_bytes()).expect("reads").value;
        let report = without_ids(Office::with(&text).report());
        same_rows(&read, &report);
        let source: String = bare(&text);
        for row in rows(&report) {
            for words in std::iter::once(&row.text).chain(&row.items).flat_map(|text| text.split('\n')) {
                assert!(source.contains(&bare(words)), "{}: line {:?}: {words}", path.display(), row.lines);
            }
        }
        assert!(rows(&report).count() > 200, "{}", path.display());
    }
}

#[test]
fn correcting_figures_changes_only_their_characters() {
    for (path, text) in documents() {
        let figures = figures_change_their_own_span(&text);
        println!("{}: {figures} figures", path.display());
        assert!(figures > FEW / 2);
    }
}
