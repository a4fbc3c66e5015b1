//! Importing, publishing and importing again gives the same document.

use renkei_app::access::local_viewer;
use renkei_app::{Templates, read_document};
use renkei_document::document::{Document, Initiative};

use crate::evidence::import::rows;
use crate::evidence::real_documents::documents;
use crate::fixture::{Office, sample};

/// Returns the contents of a row that do not depend on the layout of the file.
fn said(row: &Initiative) -> (String, Vec<String>, String, Vec<String>) {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let figures = row.figures.iter().map(|figure| {
        format!("{} {:?} {:?} {:?} {:?}", bare(&figure.label), figure.value, figure.unit, figure.as_of, figure.scope)
    });
    let text: String = std::iter::once(&row.text).chain(&row.items).map(|text| bare(text)).collect();
    (row.party.to_string(), row.divisions.clone(), text, figures.collect())
}

#[track_caller]
fn comes_again(first: &Document, again: &Document) {
    assert_eq!(rows(again).count(), rows(first).count());
    for (one, other) in rows(first).zip(rows(again)) {
        assert_eq!(said(other), said(one));
    }
    let titles = |document: &Document| -> Vec<String> {
        let chapters = document.plans.iter().flat_map(|plan| &plan.chapters);
        chapters
            .flat_map(|c| std::iter::once(c.title.clone()).chain(c.sections.iter().map(|s| s.title.clone())))
            .collect()
    };
    assert_eq!(titles(again), titles(first));
    assert_eq!(again.fiscal_year, first.fiscal_year);
    let articles = |document: &Document| document.agreement.as_ref().map(|agreement| agreement.articles.clone());
    assert_eq!(articles(again), articles(first));
}

#[test]
fn our_html_read_again_gives_the_same_document() {
    let office = Office::with(&sample());
    let state = office.node.state();
    let report = state.report(local_viewer(), None, None).expect("a report");
    let again = read_document("report.html", report.html().as_bytes()).expect("reads").value;
    comes_again(&report.document, &again);
}

#[test]
fn our_printable_workbook_read_again_gives_the_same_document() {
    let office = Office::with(&sample());
    let state = office.node.state();
    let report = state.report(local_viewer(), None, None).expect("a report");
    let workbook = report.workbook().expect("a workbook");
    let again = read_document("report.xlsx", &workbook).expect("reads").value;
    comes_again(&report.document, &again);
    let front = |document: &Document| {
        let front = &document.front_matter;
        (front.title_lines.clone(), front.issuers.clone(), front.purpose.clone(), document.issued_on)
    };
    assert_eq!(front(&again), front(&report.document));
}

fn comes_again_from_word(text: &str) {
    let office = Office::with(text);
    let state = office.node.state();
    let report = state.report(local_viewer(), None, None).expect("a report");
    let word = report.docx(&Templates::ours().expect("ours"), None).expect("a Word file");
    let again = read_document("report.docx", &word).expect("reads").value;
    let first = &report.document;
    comes_again(first, &again);
    assert_eq!(again.title, first.title);
    assert_eq!(again.issued_on, first.issued_on);
    assert_eq!(again.front_matter.title_lines, first.front_matter.title_lines);
    assert_eq!(again.front_matter.issuers, first.front_matter.issuers);
    assert_eq!(again.front_matter.purpose, first.front_matter.purpose);
    let signed = |document: &Document| document.agreement.as_ref().map(|agreement| agreement.signatories.clone());
    assert_eq!(signed(&again), signed(first));
    let items = |document: &Document| {
        rows(document).map(|row| (row.text.clone(), row.items.clone(), row.item_marks.clone())).collect::<Vec<_>>()
    };
    assert_eq!(items(&again), items(first));
}

#[test]
fn our_word_file_read_again_gives_the_same_document() {
    comes_again_from_word(&sample());
}

#[test]
fn word_files_of_the_real_documents_read_again_give_the_same_documents() {
    for (path, text) in documents() {
        println!("{}", path.display());
        comes_again_from_word(&text);
    }
}
