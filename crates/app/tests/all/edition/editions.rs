//! Editions: their files never change, the next edition contains the 正誤表, and the source of every figure can be found.

use renkei_app::{
    Context, KeyOfCopy, Node, Press, PressError, access, back_up, edition, indicator, read_edition_file, read_state,
    restore_backup,
};
use renkei_document::document::Document;
use renkei_document::edition::Reference;
use renkei_document::figure::Stated;
use renkei_domain::edition::Edition;
use serde_json::Value;

use crate::fixture::{Office, sample};
use crate::plan::passages::parties_and_figures;

fn freeze(node: &Node) -> Edition {
    let press = Press::find().expect("fonts");
    edition::freeze_edition(node, access::local_operator(), None, None, Ok(&press), false).expect("frozen")
}

fn bytes(node: &Node, edition: &Edition) -> Vec<Vec<u8>> {
    edition.files.iter().map(|file| edition::edition_file(node, file).expect("kept")).collect()
}

fn file<'a>(edition: &Edition, bytes: &'a [Vec<u8>], ending: &str) -> &'a str {
    let place = edition.files.iter().position(|file| file.name.ends_with(ending)).expect("made");
    std::str::from_utf8(&bytes[place]).expect("text")
}

#[test]
fn a_printable_report_gets_a_pdf_even_if_none_is_required() {
    let office = Office::with(&sample());
    let press = Press::find().expect("fonts");
    let made =
        edition::freeze_edition(&office.node, access::local_operator(), None, None, Ok(&press), true).expect("frozen");
    assert!(made.has_pdf());
    let office = Office::with(&sample());
    let made = edition::freeze_edition(
        &office.node,
        access::local_operator(),
        None,
        None,
        Err(PressError::NoJapaneseFont { searched: Vec::new() }),
        true,
    )
    .expect("frozen");
    assert!(!made.has_pdf(), "there are no fonts, and that is allowed");
}

#[test]
fn an_edition_never_changes_and_the_next_one_lists_its_errors() {
    let office = Office::with(&sample());
    let first = freeze(&office.node);
    let names: Vec<_> = first.files.iter().map(|file| file.name.as_str()).collect();
    let endings = [".pdf", ".docx", ".html", ".xlsx", "データ.xlsx", ".json", "参照番号.json"];
    assert_eq!(names, endings.map(|ending| format!("令和8年度第1版{ending}")));
    let made = bytes(&office.node, &first);
    assert!(made[0].starts_with(b"%PDF-"));

    let figures = parties_and_figures(&office);
    let (party, figure) = figures.iter().find(|(_, figure)| figure.value.is_some()).expect("a number").clone();
    let value = figure.value.expect("a number") + rust_decimal::Decimal::ONE_HUNDRED;
    let stated = Stated::Value { value, provisional: figure.provisional };
    let observation = figure.observation.expect("stored");
    indicator::correct(&office.node, access::local_operator(), party, observation, stated, "二重に数えていた")
        .expect("corrected");
    let second = freeze(&office.node);
    assert_eq!(bytes(&office.node, &first), made, "the first edition's files are the bytes that were made");

    let [erratum] = &second.errata[..] else { panic!("{:?}", second.errata) };
    assert!(erratum.wrong.starts_with(&figure.label) && erratum.right.starts_with(&figure.label), "{erratum:?}");
    assert_eq!(erratum.causes.iter().map(|cause| cause.reason.as_str()).collect::<Vec<_>>(), ["二重に数えていた"]);
    let made_again = bytes(&office.node, &second);
    for ending in ["正誤表.html", "正誤表.csv", "正誤表.json", "第2版.html", "第2版参照番号.json"] {
        assert!(file(&second, &made_again, ending).contains("二重に数えていた"), "{ending}");
    }
    on_paper(&office, &second, &made_again[0], &["版の番号：R8-2", "正誤表", "二重に数えていた"]);
    let refused = edition::freeze_edition(
        &office.node,
        access::local_operator(),
        None,
        None,
        Ok(&Press::find().expect("fonts")),
        false,
    );
    assert!(refused.expect_err("unchanged").to_string().contains("令和8年度 第2版から内容が変わっていません"));
}

/// Checks that the PDF contains the same words as the page, and that importing the PDF gives the printed document.
fn on_paper(office: &Office, edition: &Edition, pdf: &[u8], words: &[&str]) {
    let (digest, rest) = edition.digest.split_at(32);
    let Some(text) = crate::edition::pdf::text_of(pdf, office.folder.path()) else {
        return renkei_sample::skip_or_fail_in_ci("no pdftotext");
    };
    for word in words.iter().chain(&[digest, rest]) {
        assert!(text.contains(word), "{word}");
    }
    let read = renkei_app::read_document("版.pdf", pdf).expect("reads").value;
    let rows =
        |document: &Document| crate::evidence::import::rows(document).map(|row| row.text.clone()).collect::<Vec<_>>();
    assert_eq!(rows(&read), rows(&edition.document));
}

#[test]
fn a_restored_copy_serves_the_same_bytes() {
    let office = Office::with(&sample());
    let first = freeze(&office.node);
    let made = bytes(&office.node, &first);
    let folder = tempfile::tempdir().expect("a folder");
    let (copy, restored) = (folder.path().join("写し.sqlite3"), folder.path().join("新"));
    back_up(office.folder.path(), &copy, None).expect("copied");
    let lost = KeyOfCopy::Lost { acknowledged_by: "局長".to_owned() };
    restore_backup(&copy, &restored, lost, &Context::of_this_machine()).expect("restored");
    let state = read_state(&restored).expect("reads");
    let view = state.choose_agreement(access::local_viewer(), None).expect("one agreement");
    let again = view.edition(first.name()).expect("the same edition");
    assert_eq!(*again, first);
    let files = again.files.iter().map(|file| read_edition_file(&restored, file).expect("kept"));
    assert_eq!(files.collect::<Vec<_>>(), made);
}

#[test]
fn every_figure_of_an_edition_has_a_reference_to_its_reporter() {
    let office = Office::with(&sample());
    let edition = freeze(&office.node);
    let made = bytes(&office.node, &edition);
    let json: Value = serde_json::from_str(file(&edition, &made, "参照番号.json")).expect("JSON");
    let references = json["references"].as_array().expect("a list");
    assert_eq!(references.len(), parties_and_figures(&office).len());
    let html = file(&edition, &made, ".html");
    let state = office.node.state();
    let view = state.choose_agreement(access::local_viewer(), None).expect("one agreement");
    let mut linked = 0;
    for line in references {
        let name = line["reference"].as_str().expect("a name");
        let found = view.provenance(name.parse::<Reference>().expect("a reference")).expect("found");
        assert_eq!(line["label"], found.printed.figure.label);
        assert!(found.observation.is_some_and(|kept| kept.observation.reported.post == "事務局"), "{name}");
        assert!(found.evidence.is_some_and(|(evidence, read)| evidence.file_name == "昨年度.txt" && read.is_some()));
        assert!(html.contains(&format!("id=\"{name}\"")), "{name}");
        linked += usize::from(html.contains(&format!("href=\"#{name}\"")));
    }
    assert!(linked * 10 > references.len() * 9, "{linked} of {} are links in the text", references.len());
    let document = file(&edition, &made, "第1版.json");
    let document: Document = serde_json::from_str(document).expect("a document");
    assert_eq!(document, *edition.document);
}
