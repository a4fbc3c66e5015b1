//! An import stores and prints exactly what it read.

use renkei_app::{AppError, access, evidence, plan, read_document, read_state};
use renkei_document::document::{Document, Initiative};
use renkei_domain::refusal::Refusal;
use renkei_domain::view::Viewer;
use renkei_sample::history;

use crate::fixture::{Office, sample};

/// Returns a document without the ids that its rows got when they were stored.
pub fn without_ids(mut document: Document) -> Document {
    for plan in &mut document.plans {
        plan.id = None;
        for section in plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
            section.id = None;
            for row in &mut section.initiatives {
                row.id = None;
                row.figures.iter_mut().for_each(|figure| figure.observation = None);
            }
        }
    }
    document
}

pub fn rows(document: &Document) -> impl Iterator<Item = &Initiative> {
    document.plans.iter().flat_map(|plan| &plan.chapters).flat_map(|c| &c.sections).flat_map(|s| &s.initiatives)
}

/// Checks that the report contains every row and figure of the document that was read, in the same order.
#[track_caller]
pub fn same_rows(read: &Document, report: &Document) {
    assert_eq!(read.plans.len(), report.plans.len());
    for (read, stored) in rows(read).zip(rows(report)) {
        let mut read = read.clone();
        read.figures.sort_by_key(|figure| figure.span);
        assert_eq!(&read, stored);
    }
    assert_eq!(rows(read).count(), rows(report).count());
}

#[test]
fn the_report_shows_what_was_read() {
    let read = read_document("sample.txt", sample().as_bytes()).expect("reads").value;
    let report = without_ids(Office::with(&sample()).report());
    same_rows(&read, &report);
    assert_eq!(read.agreement, report.agreement);
    assert_eq!(read.front_matter, report.front_matter);
}

#[test]
fn a_reopened_node_has_the_same_state() {
    let office = Office::with(&sample());
    let before = office.report();
    let beside = read_state(office.folder.path()).expect("reads beside the writer");
    assert_eq!(beside.report(access::local_viewer(), None, None).expect("a report").document, before);
    assert_eq!(office.reopened().report(), before);
}

#[test]
fn the_same_document_is_not_imported_twice() {
    let office = Office::with(&sample());
    let position = office.node.state().position;
    let again = evidence::import(&office.node, access::local_operator(), "もう一度.txt", sample().as_bytes());
    let refused = vec![Refusal::AlreadyImported { file_name: "昨年度.txt".into() }];
    assert!(matches!(again, Err(AppError::Refused(reasons)) if reasons == refused));
    assert_eq!(office.node.state().position, position);
}

#[test]
fn all_parties_take_their_rows_over_and_years_follow_each_other() {
    let office = Office::empty();
    for (year, text) in history(8, 2024, 3) {
        let outcome = evidence::import(&office.node, access::local_operator(), &format!("{year}.txt"), text.as_bytes())
            .expect("imports");
        let taken: usize = outcome.taken_over.iter().map(|(_, rows)| rows).sum();
        assert_eq!(taken, rows(&outcome.document.value).count());
        assert_eq!(outcome.taken_over.len(), 2);
    }
    let state = office.node.state();
    let agreement = state.choose_agreement(access::local_viewer(), None).expect("one agreement");
    assert_eq!(agreement.report_years().len(), 3);
    assert_eq!(agreement.plans().len(), 6);
}

#[test]
fn an_officer_of_no_party_and_the_public_see_nothing() {
    let office = Office::with(&sample());
    let state = office.node.state();
    assert_eq!(state.seen_by(Viewer::Public).agreements().count(), 0);
    assert!(matches!(state.report(Viewer::Public, None, None), Err(AppError::NothingStored)));
    assert_eq!(plan::search(&state, Viewer::Public, "支援"), Vec::new());
    assert!(!plan::search(&state, access::local_viewer(), "支援").is_empty());
    assert_eq!(state.journal(Viewer::Public).count(), 0);
}

#[test]
fn the_document_of_another_city_concludes_its_own_agreement() {
    let office = Office::with(&sample());
    let other = renkei_sample::document(&renkei_sample::Settings::usual(2, 2026));
    let outcome =
        evidence::import(&office.node, access::local_operator(), "隣の市.txt", other.as_bytes()).expect("imports");
    let state = office.node.state();
    assert_eq!(state.seen_by(access::local_viewer()).agreements().count(), 2);
    assert!(
        matches!(state.report(access::local_viewer(), None, None), Err(AppError::WhichAgreement { known }) if known.len() == 2)
    );
    let title = outcome.document.value.agreement.and_then(|agreement| agreement.title).expect("a title");
    assert_eq!(
        state.report(access::local_viewer(), Some(&title), None).expect("a report").document.title,
        outcome.document.value.title
    );
}

#[test]
fn a_document_without_parties_is_refused_and_the_next_step_is_named() {
    let office = Office::empty();
    let refused =
        evidence::import(&office.node, access::local_operator(), "メモ.txt", "お知らせ\n\nあすは雨です。\n".as_bytes());
    let fault = refused.expect_err("no agreement in it").to_string();
    assert!(fault.contains("協定"), "{fault}");
    assert_eq!(office.node.state().position, 0);
}
