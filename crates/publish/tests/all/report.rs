//! 報告書の印刷 — tests of the printed report and of the page, for an invented town.

use std::io::Write;
use std::process::{Command, Stdio};

use renkei_document::document::Document;
use renkei_publish::{Press, PressError, html, json, missing_glyphs, pdf};
use serde_json::{Value, json as value};

/// Makes a document of みどり市 with a progress and a plan, each with this number of rows.
fn document(rows: u32) -> Document {
    let row = |party: &str, number: u32| {
        value!({"party": party, "number": number, "mark": null, "divisions": ["働き方推進課"],
            "text": format!("合同説明会<{number}>を開催した。"), "items": ["求人企業 1,304 社 & 求職者 701 人", "（R8.1月末時点）"],
            "item_marks": ["・", ""], "figures": []})
    };
    let bureau = (1..=rows).map(|number| row("labour_bureau", number));
    let city = (rows + 1..=rows * 2).map(|number| row("city", number));
    let rows: Vec<Value> = bureau.chain(city).collect();
    let plan = |year: u32, kind: &str, title: &str| {
        value!({"fiscal_year": year, "kind": kind, "title": title, "chapters": [{"number": 1, "title": "就業支援", "sections": [
            {"number": 1, "title": "事業主支援", "lead": "市と労働局は、雇用の拡大を図る。", "initiatives": rows}]}]})
    };
    let document = value!({"format": "renkei-document/1", "title": "みどり市雇用対策協定に基づく事業計画", "issued_on": "2026-03",
        "fiscal_year": 2026,
        "agreement": {"title": "みどり市雇用対策協定", "concluded_on": "2015-03-17", "effective_on": null,
            "preamble": "みどり市及びあおば労働局は、協定を締結する。", "attestation": "本書2通を作成する。", "originals": 2,
            "parties": [
                {"key": "city", "kind": "local_government", "name": "みどり市", "short_name": "市"},
                {"key": "labour_bureau", "kind": "labour_bureau", "name": "厚生労働省あおば労働局", "short_name": "労働局"}],
            "signatories": [{"party": "city", "office": "みどり市長", "name": "緑川花子"}],
            "articles": [{"number": 1, "heading": "目的", "paragraphs": ["雇用環境の改善を目的とする。", "前項による。"]}],
            "supplementary": [{"heading": "附則", "text": "締結の日から実施する。"}]},
        "front_matter": {"title_lines": ["みどり市雇用対策協定に基づく", "事業計画"], "issuers": ["みどり市", "あおば労働局"],
            "purpose": ["この計画は、協定に基づく。"], "contents": [], "defined_terms": []},
        "plans": [plan(2025, "progress", "令和7年度進捗状況"), plan(2026, "plan", "令和8年度事業計画")],
        "figures": [], "headings": []});
    serde_json::from_value(document).expect("the shape of a document")
}

/// Returns a press with the machine's fonts; if there are none, the test is skipped, or fails in CI.
fn press() -> Option<Press> {
    match Press::find() {
        Ok(press) => Some(press),
        Err(error) => {
            renkei_sample::skip_or_fail_in_ci(error);
            None
        }
    }
}

/// Returns the text that another program reads in a PDF, in order; `None` if poppler-utils is not installed.
fn extracted(printed: &[u8]) -> Option<String> {
    let text = read_by_pdftotext(printed);
    if text.is_none() {
        renkei_sample::skip_or_fail_in_ci("no pdftotext");
    }
    text
}

fn read_by_pdftotext(printed: &[u8]) -> Option<String> {
    let mut command = Command::new("pdftotext");
    command
        .args(["-raw", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut reader = command.spawn().ok()?;
    // The program reads its input to the end before it writes, so the two pipes cannot block each other.
    reader.stdin.take()?.write_all(printed).ok()?;
    String::from_utf8(reader.wait_with_output().ok()?.stdout).ok()
}

fn without_space(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn count(bytes: &[u8], text: &str) -> usize {
    bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn the_same_document_gives_the_same_bytes_and_an_edit_others() {
    let Some(press) = press() else { return };
    let mut report = document(3);
    let first = pdf(&report, &press).unwrap();
    let again = pdf(&report, &Press::find().unwrap()).unwrap();
    assert!(first == again, "a reprint differs");
    let before =
        std::mem::replace(&mut report.plans[0].chapters[0].sections[0].initiatives[0].text, "改めた。".to_owned());
    assert!(pdf(&report, &press).unwrap() != first);
    report.plans[0].chapters[0].sections[0].initiatives[0].text = before;
    assert!(pdf(&report, &press).unwrap() == first, "an edit undone does not restore the bytes");
}

#[test]
fn the_pdf_says_that_it_is_ua_1_and_a_2a() {
    let Some(press) = press() else { return };
    let printed = pdf(&document(2), &press).unwrap();
    assert!(printed.starts_with(b"%PDF-1.7"));
    for said in
        ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"]
    {
        assert!(contains(&printed, said), "{said}");
    }
}

#[test]
fn the_pdf_is_tagged_in_japanese_with_its_title_bookmarks_and_fonts() {
    let Some(press) = press() else { return };
    let printed = pdf(&document(2), &press).unwrap();
    assert!(
        contains(&printed, "/Marked true")
            && contains(&printed, "/Lang(ja")
            && contains(&printed, "/DisplayDocTitle true")
    );
    let fonts = count(&printed, "/Type/FontDescriptor");
    assert!(fonts > 0);
    assert_eq!(count(&printed, "/FontFile2 ") + count(&printed, "/FontFile3 "), fonts, "a font is not embedded");
    for bookmark in ["みどり市雇用対策協定", "第1　趣旨", "第2　令和7年度進捗状況", "1　就業支援", "(1)　事業主支援"]
    {
        let title: String = bookmark.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        assert!(contains(&printed, &format!("/Title<FEFF{title}>")), "{bookmark}");
    }
    for date in ["/CreationDate(D:20260331", "xmp:CreateDate>2026-03-31"] {
        assert!(contains(&printed, date), "{date}");
    }
}

#[test]
fn each_table_has_column_headers_and_one_row_header_for_each_run_of_a_party() {
    let Some(press) = press() else { return };
    let printed = pdf(&document(40), &press).unwrap();
    let tables = 2;
    assert_eq!(count(&printed, "/S/Table/"), tables);
    assert_eq!(
        count(&printed, "/Scope/Column"),
        4 * tables,
        "the header row is tagged once, however often it is printed"
    );
    assert_eq!(count(&printed, "/Scope/Row"), 2 * tables, "a name repeated after a page break is no second header");
    assert_eq!(count(&printed, "/RowSpan 40"), 2 * tables);
}

#[test]
fn every_page_of_a_table_names_the_party_and_the_columns() {
    let Some(press) = press() else { return };
    let Some(text) = extracted(&pdf(&document(40), &press).unwrap()) else { return };
    let of_tables: Vec<String> =
        text.split('\u{C}').filter(|page| page.contains("合同説明会")).map(without_space).collect();
    assert!(of_tables.len() > 6, "{} pages", of_tables.len());
    for page in &of_tables {
        assert!(page.contains("区分番号担当課取組内容"), "no header row: {page}");
        let runs = ["合同説明会<40>", "合同説明会<41>"].iter().filter(|row| page.contains(**row)).count().max(1);
        let named = page.matches("労働局").count() + page.matches("みどり市").count();
        let expected = runs + page.matches("市と労働局は、").count();
        assert_eq!(named, expected, "one name for each run of a page: {page}");
    }
}

#[test]
fn the_text_of_the_pdf_is_the_text_of_the_report_in_reading_order() {
    let Some(press) = press() else { return };
    let Some(text) = extracted(&pdf(&document(2), &press).unwrap()) else { return };
    let text = without_space(&text);
    let mut rest = text.as_str();
    for sentence in [
        "みどり市雇用対策協定",
        "みどり市及びあおば労働局は、協定を締結する。",
        "（目的）第1条雇用環境の改善を目的とする。2前項による。",
        "附則締結の日から実施する。",
        "本書2通を作成する。平成27年3月17日みどり市長緑川花子",
        "みどり市雇用対策協定に基づく事業計画みどり市あおば労働局令和8年3月",
        "目次第1趣旨",
        "第1趣旨この計画は、協定に基づく。",
        "第2令和7年度進捗状況1就業支援(1)事業主支援市と労働局は、雇用の拡大を図る。",
        "①働き方推進課合同説明会<1>を開催した。・求人企業1,304社&求職者701人（R8.1月末時点）",
        "④働き方推進課合同説明会<4>を開催した。",
        "第3令和8年度事業計画",
    ] {
        let (_, after) = rest.split_once(sentence).unwrap_or_else(|| panic!("{sentence} is not in {rest}"));
        rest = after;
    }
}

#[test]
fn a_row_of_several_pages_and_a_word_wider_than_its_cell_are_printed_whole() {
    let Some(press) = press() else { return };
    let mut report = document(1);
    let long = "拡大鏡を配った。".repeat(700);
    let row = &mut report.plans[0].chapters[0].sections[0].initiatives[0];
    row.text.clone_from(&long);
    row.items = vec!["a".repeat(300)];
    row.divisions = vec!["健康福祉政策推進課".to_owned(), "障がい者自立支援・就労支援推進課".to_owned()];
    let Some(text) = extracted(&pdf(&report, &press).unwrap()) else { return };
    assert_eq!(text.matches('鏡').count(), 700);
    let letters = text.chars().filter(|character| *character == 'a').count();
    assert!(letters >= 300, "{letters}");
}

#[test]
fn a_document_of_any_shape_can_be_printed() {
    let Some(press) = press() else { return };
    let whole = document(1);
    let without_agreement = Document { agreement: None, ..whole.clone() };
    let agreement_alone =
        Document { plans: Vec::new(), front_matter: Default::default(), title: None, ..whole.clone() };
    let mut empty_sections = whole;
    empty_sections.plans[0].chapters[0].sections[0].initiatives.clear();
    empty_sections.plans[1].chapters.clear();
    for report in [without_agreement, agreement_alone, empty_sections, Document::default()] {
        assert!(pdf(&report, &press).unwrap().len() > 1000);
        assert!(html(&report).ends_with("</html>\n"));
    }
}

#[test]
fn a_character_without_a_glyph_is_named_with_its_place_and_never_printed() {
    let Some(press) = press() else { return };
    let mut report = document(2);
    assert_eq!(missing_glyphs(&report, &press), []);
    report.plans[0].chapters[0].sections[0].initiatives[1].text = "𓀀を配った。".to_owned();
    let missing = missing_glyphs(&report, &press);
    let told: Vec<String> = missing.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["令和7年度 1(1) ②: 「𓀀」（U+13000）"]);
    assert_eq!(pdf(&report, &press), Err(PressError::MissingGlyphs(missing)));
}

#[test]
fn without_a_japanese_font_the_error_names_the_package() {
    let error = Press::with_fonts_in(&["/nonexistent".into()]).err().unwrap().to_string();
    assert!(error.contains("fonts-morisawa-bizud-gothic"), "{error}");
    assert!(error.contains("/nonexistent"), "{error}");
}

#[test]
fn the_page_has_headings_scopes_captions_and_escaped_words() {
    let page = html(&document(2));
    for markup in [
        "<html lang=\"ja\">",
        "<h2 id=\"part-2\">第2　令和7年度進捗状況</h2>",
        "<h3 id=\"chapter-2-1\">1　就業支援</h3>",
        "<h4 id=\"section-2-1-1\">(1)　事業主支援</h4>",
        "<caption>事業主支援の取組</caption>",
        "<th scope=\"col\">取組内容</th>",
        "<th scope=\"rowgroup\" rowspan=\"2\">労働局</th>",
        "<td class=\"number\">③</td>",
        "<p>合同説明会&lt;1&gt;を開催した。</p>",
        "<li>求人企業 1,304 社 &amp; 求職者 701 人</li>",
        "<p>（R8.1月末時点）</p>",
        "<h3>（目的）</h3>",
    ] {
        assert!(page.contains(markup), "{markup} is missing");
    }
    assert!(!page.contains("http"), "the page needs something from outside");
}

#[test]
fn json_reads_back_as_the_same_document() {
    let report = document(2);
    let text = json(&report);
    assert_eq!(serde_json::from_str::<Document>(&text).unwrap(), report);
    assert!(text.starts_with("{\n  \"format\": \"renkei-document/1\",\n"), "{}", &text[..80]);
}
