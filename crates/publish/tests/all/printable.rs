//! 印刷用のブック — tests of the printable workbook of an invented town: sheets, merged cells, heights, page setup.

use std::io::Read;

use renkei_document::document::Document;
use renkei_publish::workbook;
use serde_json::json;

fn document(text: &str) -> Document {
    let row = |party: &str, number: u32| {
        json!({"party": party, "number": number, "mark": null, "divisions": ["働き方推進課", "福祉課"], "text": text,
            "items": ["求人企業 1,304 社", "（R8.1月末時点）"], "item_marks": ["・", ""], "figures": []})
    };
    let rows = [row("labour_bureau", 1), row("labour_bureau", 2), row("city", 3)];
    let sections = json!([
        {"number": 1, "title": "事業主/支援", "lead": "市と労働局は、雇用の拡大を図る。", "initiatives": rows},
        {"number": 2, "title": "事業主/支援", "lead": null, "initiatives": rows}]);
    let document = json!({"format": "renkei-document/1", "title": "みどり市雇用対策協定に基づく事業計画", "issued_on": "2026-03",
        "fiscal_year": 2026, "agreement": null,
        "front_matter": {"title_lines": ["みどり市", "事業計画"], "issuers": ["みどり市"], "purpose": ["この計画は、協定に基づく。"],
            "contents": [], "defined_terms": []},
        "plans": [{"fiscal_year": 2026, "kind": "plan", "title": "令和8年度事業計画",
            "chapters": [{"number": 1, "title": "就業支援 & 定着", "sections": sections}]}],
        "figures": [], "headings": []});
    serde_json::from_value(document).expect("the shape of a document")
}

/// Returns a part of the workbook by its name in the package.
fn part(workbook: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("a package");
    let mut text = String::new();
    package.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

fn heights(sheet: &str) -> Vec<f64> {
    let rows =
        sheet.split("<row ").skip(1).filter_map(|row| row.split("ht=\"").nth(1)?.split('"').next()?.parse().ok());
    rows.collect()
}

#[test]
fn each_section_has_a_sheet_with_its_head_on_every_page_and_parties_merged() {
    let made = workbook(&document("合同説明会を開催した。")).expect("a workbook");
    let names = part(&made, "xl/workbook.xml");
    let found: Vec<&str> = names.split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(found, ["表紙", "目次", "趣旨", "令和8計画 1(1) 事業主 支援", "令和8計画 1(2) 事業主 支援"]);
    assert!(names.contains("_xlnm.Print_Titles"), "{names}");
    let sheet = part(&made, "xl/worksheets/sheet4.xml");
    for said in [
        "<mergeCell ref=\"A1:D1\"/>",
        "<mergeCell ref=\"A6:A7\"/>",
        "fitToHeight=\"0\"",
        "paperSize=\"9\"",
        "&amp;P / &amp;N",
        "就業支援 &amp;&amp;",
    ] {
        assert!(sheet.contains(said), "{said} is not in {sheet}");
    }
    assert!(!sheet.contains("<f>"), "no formulas");
    assert!(part(&made, "xl/styles.xml").contains("BIZ UDGothic"));
    assert!(part(&made, "docProps/core.xml").contains("2026-03-31"), "the day is the document's");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = document("合同説明会を開催した。");
    assert!(workbook(&report).expect("a workbook") == workbook(&report).expect("a workbook"));
}

#[test]
fn a_row_is_as_high_as_its_text_and_no_higher_than_excel_shows() {
    let height_of = |text: &str| {
        let made = workbook(&document(text)).expect("a workbook");
        heights(&part(&made, "xl/worksheets/sheet5.xml"))
    };
    let short = height_of("行った。");
    let long = height_of(&"説明会を開催した。".repeat(30));
    assert_eq!(short.len(), long.len());
    assert!(long[2] > short[2] * 3.0, "{long:?} {short:?}");
    let tall = height_of(&"説明会を開催した。\n".repeat(70));
    assert!(tall.iter().all(|height| *height <= 409.0), "{tall:?}");
    assert!(tall.len() > long.len() && tall.iter().sum::<f64>() > 3.0 * 70.0 * 13.0, "{tall:?}");
}

#[test]
fn a_text_longer_than_a_cell_continues_and_formulas_stay_texts() {
    let made = workbook(&document(&"拡大鏡を配った。\n".repeat(5_000))).expect("a workbook");
    let texts = part(&made, "xl/sharedStrings.xml");
    assert_eq!(texts.matches('鏡').count(), 5_000, "each text is kept once");
    let longest = texts.split("<si>").map(|text| text.chars().count()).max().unwrap_or_default();
    assert!(longest < 32_900, "{longest}");
    let made = workbook(&document("=髙橋・山﨑・𠮷田・葛\u{E0100}城")).expect("a workbook");
    assert!(part(&made, "xl/sharedStrings.xml").contains("=髙橋・山﨑・𠮷田・葛\u{E0100}城"));
    assert!(part(&made, "xl/styles.xml").contains("quotePrefix=\"1\""));
}
