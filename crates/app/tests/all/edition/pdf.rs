//! Correcting a figure changes only the characters of that figure in the PDF. Undoing the correction restores every
//! byte.
//!
//! By default, a few figures are corrected. `RENKEI_EVERY_FIGURE=1` corrects all of them, which takes minutes.

use std::process::Command;

use renkei_app::{Press, access, indicator};
use renkei_document::document::Document;
use renkei_document::figure::{Figure, Stated};

use crate::evidence::real_documents::documents;
use crate::fixture::{Office, sample};
use crate::plan::passages::parties_and_figures;

/// Number of figures that are corrected by default.
const FEW: usize = 5;

/// Returns another number with the same number of digits, so that line breaks on the page stay the same.
fn same_length(figure: &Figure) -> Option<Stated> {
    let printed = figure.value?.to_string();
    let other: String =
        printed.chars().map(|c| c.to_digit(10).map_or(c, |d| char::from(b'1' + (d % 9) as u8))).collect();
    Some(Stated::Value { value: other.parse().ok()?, provisional: figure.provisional })
}

/// Returns the text of a PDF without white space, as poppler extracts it; `None` if poppler is not installed.
pub fn text_of(pdf: &[u8], folder: &std::path::Path) -> Option<String> {
    let (file, text) = (folder.join("report.pdf"), folder.join("report.txt"));
    std::fs::write(&file, pdf).expect("written");
    let read = Command::new("pdftotext").arg("-raw").args([&file, &text]).status();
    read.ok().filter(std::process::ExitStatus::success)?;
    let text = std::fs::read_to_string(text).expect("made");
    Some(text.chars().filter(|c| !c.is_whitespace()).collect())
}

fn print(office: &Office, press: &Press) -> Vec<u8> {
    let state = office.node.state();
    state.report(access::local_viewer(), None, None).expect("a report").pdf(press).expect("prints")
}

fn sentences(document: &Document) -> Vec<String> {
    let rows = crate::evidence::import::rows(document);
    let texts = rows.flat_map(|row| std::iter::once(row.text.clone()).chain(row.items.iter().cloned()));
    texts.map(|text| text.chars().filter(|c| !c.is_whitespace()).collect()).collect()
}

/// Returns the number of figures that were corrected; 0 if poppler is not installed.
fn figures_change_alone_in_the_pdf(text: &str) -> usize {
    let office = Office::with(text);
    let press = Press::find().expect("fonts");
    let before = print(&office, &press);
    let Some(words) = text_of(&before, office.folder.path()) else {
        renkei_sample::skip_or_fail_in_ci("no pdftotext");
        return 0;
    };
    let missing: Vec<String> = sentences(&office.report()).into_iter().filter(|text| !words.contains(text)).collect();
    assert!(missing.len() * 50 < sentences(&office.report()).len(), "{missing:?}");
    let known: Vec<_> =
        parties_and_figures(&office).into_iter().filter(|(_, figure)| same_length(figure).is_some()).collect();
    let step = if std::env::var_os("RENKEI_EVERY_FIGURE").is_some() { 1 } else { known.len().div_ceil(FEW) };
    let tried: Vec<_> = known.iter().step_by(step).collect();
    for (party, figure) in &tried {
        let observation = figure.observation.expect("stored");
        let correct = |stated| {
            indicator::correct(&office.node, access::local_operator(), *party, observation, stated, "集計の誤り")
                .expect("corrects");
        };
        correct(same_length(figure).expect("a number"));
        let after = text_of(&print(&office, &press), office.folder.path()).expect("poppler was there");
        let differing = words.chars().zip(after.chars()).filter(|(one, other)| one != other).count();
        let digits = figure.value.expect("a number").to_string().chars().filter(char::is_ascii_digit).count();
        assert_eq!((after.chars().count(), differing), (words.chars().count(), digits), "{}", figure.label);
        correct(Stated::of(figure));
        assert!(print(&office, &press) == before, "{}", figure.label);
    }
    tried.len()
}

#[test]
fn correcting_figures_of_the_sample_changes_only_them_in_the_pdf() {
    println!("{} figures", figures_change_alone_in_the_pdf(&sample()));
}

#[test]
fn correcting_figures_of_real_documents_changes_only_them_in_the_pdf() {
    for (path, text) in documents() {
        println!("{}: {} figures", path.display(), figures_change_alone_in_the_pdf(&text));
    }
}
