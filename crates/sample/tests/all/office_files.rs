//! Tests that a report gives the same document as text, Word, Excel and HTML. A script of the tests makes these files;
//! it does not use our code and does not repair damage.

use std::path::Path;
use std::process::Command;

use renkei_document::document::{Document, PlanTable};
use renkei_document::locus::Source;
use renkei_import::read_file;
use renkei_sample::{Settings, document};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/documents/make.py");

#[test]
fn a_report_says_the_same_in_word_excel_and_html_as_in_text() {
    if Command::new("python3").arg("--version").output().is_err() {
        renkei_sample::skip_or_fail_in_ci("no python3");
        return;
    }
    for seed in 0..6 {
        let text = document(&Settings::usual(seed, 2026));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("office-files-{seed}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        let source = folder.join("report.txt");
        std::fs::write(&source, &text).expect("the text is written");
        let made = Command::new("python3").arg(SCRIPT).arg(&source).arg(&folder).status().expect("python3 runs");
        assert!(made.success(), "seed {seed}");
        let expected = without_places(read(&source));
        assert!(!expected.plans.is_empty(), "seed {seed}");
        for name in ["report.docx", "report.xlsx", "report.html"] {
            let found = without_places(read(&folder.join(name)));
            for (found, expected) in found.plans.iter().zip(&expected.plans) {
                same_rows(found, expected, &format!("seed {seed}, {name}"));
            }
            assert_eq!(found, expected, "seed {seed}, {name}");
        }
    }
}

fn read(path: &Path) -> Document {
    let bytes = std::fs::read(path).expect("the file is there");
    read_file(&path.display().to_string(), &bytes).expect("it is a document").imported.value
}

/// Compares row by row, because a message with the first differing row is clearer than one with two whole documents.
#[track_caller]
fn same_rows(found: &PlanTable, expected: &PlanTable, of: &str) {
    let sections =
        |plan: &PlanTable| plan.chapters.iter().flat_map(|chapter| chapter.sections.clone()).collect::<Vec<_>>();
    for (found, expected) in sections(found).iter().zip(&sections(expected)) {
        for (found, expected) in found.initiatives.iter().zip(&expected.initiatives) {
            assert_eq!(found, expected, "{of}");
        }
    }
}

/// Returns the document without the source places.
fn without_places(mut document: Document) -> Document {
    for plan in &mut document.plans {
        for chapter in &mut plan.chapters {
            chapter.source = None;
            for section in &mut chapter.sections {
                section.source = None;
                for row in &mut section.initiatives {
                    row.lines.clear();
                    row.figures.iter_mut().for_each(|figure| forget(&mut figure.source));
                }
            }
        }
    }
    document.figures.iter_mut().for_each(|figure| forget(&mut figure.source));
    document.headings.iter_mut().for_each(|heading| forget(&mut heading.source));
    document.front_matter.contents.iter_mut().for_each(|entry| forget(&mut entry.source));
    document
}

fn forget(source: &mut Source) {
    *source = Source { line: None, text: String::new(), at: None };
}
