//! Rare characters in names survive the export to every format and the import from it. Characters that the fonts lack
//! are reported before printing.

use renkei_app::{Press, missing_glyphs, read_document};
use renkei_document::document::Document;
use renkei_document::finding::Notice;
use renkei_publish::{CsvEncoding, Dataset, csv, data_workbook, html, json, pdf, workbook};

use crate::evidence::import::rows;
use crate::fixture::{Office, sample};

/// 髙 and 﨑 as in names, 𠮷 outside of the basic plane, 葛 with an ideographic variation sequence, 㐂 of extension A, 塚
/// with a standardised variation.
const RARE: [&str; 6] = ["髙", "﨑", "𠮷", "葛\u{E0100}", "㐂", "塚\u{FE00}"];

/// Returns the sample's report with these characters in the names of a division and a signatory, and in the text of a
/// row.
fn document(rare: &[&str]) -> Document {
    let names = rare.concat();
    let mut document = Office::with(&sample()).report();
    let signatory = document.agreement.as_mut().and_then(|agreement| agreement.signatories.first_mut());
    signatory.expect("signed").name = format!("{names}太郎");
    let sections = document.plans.iter_mut().flat_map(|plan| &mut plan.chapters).flat_map(|it| &mut it.sections);
    let row = sections.flat_map(|section| &mut section.initiatives).next().expect("a row");
    row.divisions = vec![format!("{names}課")];
    row.divisions_printed = None;
    row.text = format!("{names}記念館で相談を行った。");
    document
}

/// Returns the names of the division and the signatory, and the text of the row, from a document that was read again.
fn names_in(document: &Document) -> (Vec<String>, String, String) {
    let row = rows(document).next().expect("a row");
    let signatory = document.agreement.as_ref().and_then(|agreement| agreement.signatories.first());
    (row.divisions.clone(), signatory.map(|it| it.name.clone()).unwrap_or_default(), row.text.clone())
}

#[track_caller]
fn comes_again(name: &str, bytes: &[u8], document: &Document) {
    let again = read_document(name, bytes).expect("reads").value;
    let bare = |(divisions, name, text): (Vec<String>, String, String)| {
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        (divisions.iter().map(|it| bare(it)).collect::<Vec<_>>(), bare(&name), bare(&text))
    };
    let (divisions, signatory, text) = bare(names_in(&again));
    let (wanted_divisions, wanted_signatory, wanted_text) = bare(names_in(document));
    assert_eq!((divisions, text), (wanted_divisions, wanted_text), "{name}");
    // A workbook that contains only the plan has no agreement.
    if again.agreement.is_some_and(|agreement| !agreement.signatories.is_empty()) {
        assert_eq!(signatory, wanted_signatory, "{name}");
    }
}

#[test]
fn rare_characters_of_names_survive_every_format_that_needs_no_font() {
    let document = document(&RARE);
    comes_again("report.html", html(&document).as_bytes(), &document);
    comes_again("report.xlsx", &workbook(&document).expect("a workbook"), &document);
    let again: Document = serde_json::from_str(&json(&document)).expect("reads");
    assert_eq!(again, document);
    let dataset = Dataset::of(&document);
    assert!(data_workbook(&dataset).is_ok());
    let written: String = dataset
        .tables
        .iter()
        .map(|table| String::from_utf8_lossy(&csv(table, CsvEncoding::Utf8).bytes).into_owned())
        .collect();
    assert!(written.contains(&RARE.concat()));
}

#[test]
fn text_and_markdown_keep_rare_characters_unchanged() {
    let town = sample().replacen("を行", &format!("を{}と行", RARE.concat()), 1);
    for name in ["文書.txt", "文書.md"] {
        let read = read_document(name, town.as_bytes()).expect("reads").value;
        let kept = serde_json::to_string(&read).expect("serialises");
        assert!(kept.contains(&RARE.concat()), "{name}");
    }
}

#[test]
fn a_pdf_has_the_rare_characters_that_the_fonts_have() {
    let Ok(press) = Press::find() else {
        renkei_sample::skip_or_fail_in_ci("no Japanese font");
        return;
    };
    let lacking = missing_glyphs(&document(&RARE), &press);
    let lacks = |rare: &str| lacking.iter().any(|finding| told(&finding.notice) == rare);
    let there: Vec<&str> = RARE.into_iter().filter(|rare| !lacks(rare)).collect();
    assert!(there.contains(&"髙") && there.contains(&"﨑"), "{there:?}");
    let document = document(&there);
    let printed = pdf(&document, &press).expect("prints");
    comes_again("report.pdf", &printed, &document);
}

#[test]
fn characters_that_the_fonts_lack_are_reported_before_printing() {
    let Ok(press) = Press::find() else {
        renkei_sample::skip_or_fail_in_ci("no Japanese font");
        return;
    };
    let document = document(&["𓀀"]);
    let found = missing_glyphs(&document, &press);
    let told: Vec<(String, String)> =
        found.iter().map(|it| (it.place.row.clone().unwrap_or_default(), it.notice.message())).collect();
    let sentence = "フォントにない文字「𓀀」（U+13000）があり、PDF に印刷できません。".to_owned();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told.iter().all(|(_, message)| *message == sentence), "{told:?}");
    assert!(told.iter().any(|(place, _)| place.starts_with("協定 署名者「")), "{told:?}");
    assert!(
        told.iter().any(|(place, _)| place.starts_with("令和7年度 1(1) ") && place.ends_with(" 担当課")),
        "{told:?}"
    );
    assert!(pdf(&document, &press).is_err());
    assert!(workbook(&document).is_ok(), "no other format needs the glyph");
}

fn told(notice: &Notice) -> &str {
    match notice {
        Notice::GlyphMissing { character, .. } => character,
        _ => "",
    }
}
