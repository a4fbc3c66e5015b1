//! Correcting a figure changes only the characters of that figure in the text. Undoing the correction restores every
//! byte.
//!
//! By default, 40 figures of a document are corrected. `RENKEI_EVERY_FIGURE=1` corrects all of them, which takes
//! minutes.

use renkei_app::{access, indicator};
use renkei_document::document::Document;
use renkei_document::figure::{Figure, State, Stated};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};

use crate::evidence::import::rows;
use crate::fixture::{Office, sample};

/// Number of figures of a document that are corrected by default.
pub const FEW: usize = 40;

/// Returns the text of a document without the characters of its figures, and separately the characters of the figures.
fn cut(document: &Document) -> (Vec<String>, Vec<String>) {
    let (mut rest, mut figures) = (Vec::new(), Vec::new());
    for row in rows(document) {
        let mut texts: Vec<String> = std::iter::once(&row.text).chain(&row.items).cloned().collect();
        let mut spans: Vec<_> = row.figures.iter().filter_map(|figure| figure.span).collect();
        figures.extend(spans.iter().map(|span| {
            let text = &texts[span.item.map_or(0, |item| item as usize + 1)];
            text[span.start as usize..span.end as usize].to_owned()
        }));
        spans.sort_by_key(|span| std::cmp::Reverse(*span));
        for span in spans {
            let text = &mut texts[span.item.map_or(0, |item| item as usize + 1)];
            text.replace_range(span.start as usize..span.end as usize, "※");
        }
        rest.push(texts.join("\n"));
    }
    (rest, figures)
}

pub fn parties_and_figures(office: &Office) -> Vec<(Id<id::Party>, Figure)> {
    figures_in(office, &office.report())
}

/// Returns the figures in the report of a year, each with its party.
pub fn parties_and_figures_of(office: &Office, fiscal_year: i16) -> Vec<(Id<id::Party>, Figure)> {
    let report = office.node.state().report(access::local_viewer(), None, Some(FiscalYear(fiscal_year)));
    figures_in(office, &report.expect("a report").document)
}

fn figures_in(office: &Office, report: &Document) -> Vec<(Id<id::Party>, Figure)> {
    let state = office.node.state();
    let agreement = state.choose_agreement(access::local_viewer(), None).expect("one agreement");
    let figures = rows(report).flat_map(|row| {
        let party = agreement.agreement.party_of(&row.party).expect("a party of the agreement");
        row.figures.iter().map(move |figure| (party, figure.clone()))
    });
    figures.collect()
}

fn observation(figure: &Figure) -> Id<id::Observation> {
    figure.observation.expect("stored figures have observations")
}

/// Returns another value of the same kind: a number that is printed differently, or another state.
fn another(figure: &Figure) -> Stated {
    match figure.value {
        Some(value) => {
            Stated::Value { value: value + rust_decimal::Decimal::from(98_765), provisional: figure.provisional }
        }
        None if figure.state == State::NotHeld => Stated::Without(State::NotApplicable),
        None => Stated::Without(State::NotHeld),
    }
}

/// Corrects some figures one after another, and undoes each correction. Returns the number of figures.
#[track_caller]
pub fn figures_change_their_own_span(text: &str) -> usize {
    let office = Office::with(text);
    let before = office.report();
    let json = json_of(&before);
    let (rest, figures) = cut(&before);
    let known = parties_and_figures(&office);
    let step = if std::env::var_os("RENKEI_EVERY_FIGURE").is_some() { 1 } else { known.len().div_ceil(FEW) };
    let tried: Vec<_> = known.iter().enumerate().step_by(step).collect();
    for (place, (party, figure)) in &tried {
        let correct = |stated: Stated| {
            indicator::correct(
                &office.node,
                access::local_operator(),
                *party,
                observation(figure),
                stated,
                "集計の誤り",
            )
            .expect("corrects");
        };
        correct(another(figure));
        let changed = office.report();
        let (changed_rest, changed_figures) = cut(&changed);
        assert_eq!(changed_rest, rest, "{}", figure.label);
        let differing: Vec<usize> = (0..figures.len()).filter(|n| figures[*n] != changed_figures[*n]).collect();
        assert_eq!(differing, [*place], "{}", figure.label);
        correct(Stated::of(figure));
        assert_eq!(json_of(&office.report()), json, "{}", figure.label);
    }
    tried.len()
}

fn json_of(document: &Document) -> String {
    serde_json::to_string(document).expect("serialises")
}

#[test]
fn correcting_figures_of_the_sample_changes_only_their_characters() {
    assert!(figures_change_their_own_span(&sample()) > FEW / 2);
}

#[test]
fn a_correction_needs_a_reason_and_a_change() {
    let office = Office::with(&sample());
    let (party, figure) = parties_and_figures(&office).remove(0);
    let correct = |stated, reason| {
        indicator::correct(&office.node, access::local_operator(), party, observation(&figure), stated, reason)
    };
    let fault = correct(Stated::of(&figure), " ").expect_err("refused").to_string();
    assert!(fault.contains("今の値と同じ") && fault.contains("理由"), "{fault}");
}
