//! A file on the desk: it is reviewed, corrected, merged, recorded, and its import is undone.

use std::collections::HashSet;

use renkei_app::{AppError, RowPlace, Visitor, access, evidence, placed_rows};
use renkei_document::document::Initiative;
use renkei_document::finding::Notice;
use renkei_document::language::Language;
use renkei_domain::evidence::merging::Change;

use crate::evidence::import::rows;
use crate::fixture::{Office, sample};

fn operator() -> Visitor {
    Visitor::local_operator(Language::Japanese)
}

fn first_with_figures(office: &Office, id: &str) -> (RowPlace, Initiative) {
    let review = evidence::review(&office.node, &operator(), id).expect("a review");
    let found = placed_rows(&review.document.value).find(|(_, row)| !row.figures.is_empty());
    let (place, row) = found.expect("a row with figures");
    (place, row.clone())
}

/// Returns the sample document in which one sentence of a row has another wording.
fn changed_sample(office: &Office) -> (String, String) {
    let report = office.report();
    let text = rows(&report).map(|row| row.text.lines().next().unwrap_or_default().to_owned());
    let sentence = text.filter(|text| text.ends_with("行う。")).max_by_key(String::len).expect("a plan's sentence");
    let other = sentence.replace("行う。", "重点的に行う。");
    let changed = sample().replacen(&sentence, &other, 1);
    assert_ne!(changed, sample());
    (changed, other)
}

#[test]
fn a_row_is_corrected_before_recording_and_the_journal_keeps_both_texts() {
    let office = Office::empty();
    let id = evidence::put_on_desk(&office.node, &operator(), "昨年度.txt", sample().into_bytes()).expect("readable");
    assert_eq!(evidence::waiting(&office.node, &operator()).expect("a list").len(), 1);
    let (place, read) = first_with_figures(&office, &id);
    let mut row = read.clone();
    row.figures[0].label = "直した名前".to_owned();
    row.divisions = vec!["くらしの窓口課".to_owned()];
    evidence::correct_read_row(&office.node, &operator(), &id, place, row).expect("corrected");
    let review = evidence::review(&office.node, &operator(), &id).expect("a review");
    assert_eq!((review.corrected.len(), review.refusals.len()), (1, 0));
    assert!(!review.lines.is_empty());
    let outcome = evidence::accept(&office.node, &operator(), &id, None).expect("recorded");
    let told = |notice: &Notice| matches!(notice, Notice::RowCorrected { read: text } if read.text.starts_with(text));
    assert!(outcome.document.findings.iter().any(|finding| told(&finding.notice)));
    let report = office.report();
    let stored = rows(&report).find(|row| row.divisions == ["くらしの窓口課"]).expect("the corrected row");
    assert_eq!(stored.figures[0].label, "直した名前");
    assert!(evidence::waiting(&office.node, &operator()).expect("a list").is_empty());
    assert!(matches!(evidence::accept(&office.node, &operator(), &id, None), Err(AppError::NotOnTheDesk)));
}

#[test]
fn the_figures_of_a_row_with_a_changed_text_are_read_again() {
    let office = Office::empty();
    let id = evidence::put_on_desk(&office.node, &operator(), "昨年度.txt", sample().into_bytes()).expect("readable");
    let (place, row) = first_with_figures(&office, &id);
    let text = "相談会を開催した（相談 345件）。".to_owned();
    evidence::correct_read_row(&office.node, &operator(), &id, place, Initiative { text, items: Vec::new(), ..row })
        .expect("corrected");
    let review = evidence::review(&office.node, &operator(), &id).expect("a review");
    let (_, row) = placed_rows(&review.document.value).find(|(known, _)| *known == place).expect("the row");
    let values: Vec<String> = row.figures.iter().filter_map(|figure| figure.value).map(|v| v.to_string()).collect();
    assert_eq!(values, ["345"]);
    evidence::restore_read_row(&office.node, &operator(), &id, place).expect("restored");
    let review = evidence::review(&office.node, &operator(), &id).expect("a review");
    assert!(review.corrected.is_empty());
}

/// Two files of one year are reviewed before either is recorded. After the first is recorded, the second must be
/// reviewed again.
#[test]
fn a_file_is_recorded_only_as_it_was_reviewed() {
    let office = Office::empty();
    let bring = |name: &str, text: String| {
        evidence::put_on_desk(&office.node, &operator(), name, text.into_bytes()).expect("readable")
    };
    let first = bring("一つ目.txt", sample());
    let second = bring("二つ目.txt", sample().replacen("行った。", "早くから行った。", 1));
    let reviewed = evidence::review(&office.node, &operator(), &second).expect("a review").recorded;
    evidence::accept(&office.node, &operator(), &first, None).expect("recorded");
    let before = office.report();
    let refused = evidence::accept(&office.node, &operator(), &second, Some(&reviewed));
    assert!(matches!(refused, Err(AppError::ReviewOutdated)), "{refused:?}");
    assert_eq!(office.report(), before);
    let reviewed = evidence::review(&office.node, &operator(), &second).expect("still there").recorded;
    evidence::accept(&office.node, &operator(), &second, Some(&reviewed)).expect("merged");
}

/// Two colleagues correct rows of one file at the same time. All corrections are kept.
#[test]
fn simultaneous_corrections_of_one_file_are_all_kept() {
    let office = Office::empty();
    let id = evidence::put_on_desk(&office.node, &operator(), "昨年度.txt", sample().into_bytes()).expect("readable");
    let review = evidence::review(&office.node, &operator(), &id).expect("a review");
    let places: Vec<_> = placed_rows(&review.document.value).map(|(place, _)| place).take(40).collect();
    std::thread::scope(|scope| {
        for places in places.chunks(10) {
            let leave_out =
                |place| evidence::leave_out_read_row(&office.node, &operator(), &id, place, true).expect("left out");
            scope.spawn(move || places.iter().copied().for_each(leave_out));
        }
    });
    let left_out = evidence::review(&office.node, &operator(), &id).expect("a review").left_out;
    assert_eq!(left_out, places.into_iter().collect());
}

#[test]
fn a_row_that_is_left_out_is_not_recorded() {
    let office = Office::empty();
    let id = evidence::put_on_desk(&office.node, &operator(), "昨年度.txt", sample().into_bytes()).expect("readable");
    let (place, read) = first_with_figures(&office, &id);
    evidence::leave_out_read_row(&office.node, &operator(), &id, place, true).expect("left out");
    let before = rows(&renkei_app::read_document("昨年度.txt", sample().as_bytes()).expect("reads").value).count();
    evidence::accept(&office.node, &operator(), &id, None).expect("recorded");
    let report = office.report();
    assert_eq!(rows(&report).count(), before - 1);
    assert!(rows(&report).all(|row| row.text != read.text || row.divisions != read.divisions));
}

#[test]
fn a_document_of_a_recorded_year_is_compared_and_merged() {
    let office = Office::with(&sample());
    let (changed, sentence) = changed_sample(&office);
    let before = office.report();
    let again = evidence::import(&office.node, access::local_operator(), "二回目.txt", changed.as_bytes());
    assert!(matches!(again, Err(AppError::Refused(reasons)) if reasons.len() == 2), "each table is there already");
    let id = evidence::put_on_desk(&office.node, &operator(), "二回目.txt", changed.into_bytes()).expect("readable");
    let review = evidence::review(&office.node, &operator(), &id).expect("a review");
    assert!(review.refusals.is_empty());
    let count = |change| review.merged.iter().flatten().map(|merged| merged.count(change)).sum::<usize>();
    assert_eq!((count(Change::Changed), count(Change::New), count(Change::Gone)), (1, 0, 0));
    evidence::accept(&office.node, &operator(), &id, None).expect("merged");
    let after = office.report();
    let ids = |report| rows(report).map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after), "the rows are the same rows");
    assert_eq!(rows(&after).filter(|row| row.text.contains(&sentence)).count(), 1);
    let again = office.reopened();
    assert_eq!(again.report(), after, "the journal tells the same");
}

#[test]
fn a_changed_row_may_stay_as_it_is() {
    let office = Office::with(&sample());
    let (changed, _) = changed_sample(&office);
    let id = evidence::put_on_desk(&office.node, &operator(), "二回目.txt", changed.into_bytes()).expect("readable");
    let review = evidence::review(&office.node, &operator(), &id).expect("a review");
    let all = review.merged.iter().flatten().flat_map(|merged| &merged.changes);
    let kept: HashSet<_> = all.filter(|c| c.change == Change::Changed).filter_map(|c| c.before.as_ref()?.id).collect();
    evidence::keep_rows(&office.node, &operator(), &id, kept, None).expect("kept");
    let review = evidence::review(&office.node, &operator(), &id).expect("a review");
    assert_eq!(
        review.refusals.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["今の値と同じです。変更はありません。"]
    );
}

#[test]
fn an_import_is_undone_as_a_whole() {
    let office = Office::with(&sample());
    let before = office.report();
    let (changed, _) = changed_sample(&office);
    let id = evidence::put_on_desk(&office.node, &operator(), "二回目.txt", changed.into_bytes()).expect("readable");
    let agreement = evidence::accept(&office.node, &operator(), &id, None).expect("merged").agreement;
    let newest = |office: &Office| {
        let state = office.node.state();
        let view = state.seen_by(access::local_viewer()).agreement(agreement).expect("concluded");
        view.evidence()
            .into_iter()
            .filter(|(_, known)| known.undone.is_none())
            .max_by_key(|(_, known)| known.at)
            .map(|(id, _)| id)
    };
    let undo = |office: &Office| {
        let evidence = newest(office).expect("imported");
        evidence::undo_import(&office.node, access::local_operator(), agreement, evidence, "別の市の文書だった")
    };
    undo(&office).expect("the merge taken back");
    assert_eq!(office.report(), before);
    undo(&office).expect("the first one taken back");
    assert!(newest(&office).is_none());
    let office = office.reopened();
    assert!(office.node.state().report(access::local_viewer(), None, None).is_err(), "no year is left");
}
