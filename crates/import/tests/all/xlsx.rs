//! Tests workbooks. Content that people store must be read as Excel shows it; content that no program writes must be
//! refused or read within the limits.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use renkei_document::document::Document;
use renkei_document::locus::Locus;
use renkei_import::{ReadFile, Unreadable, read_file};

use crate::workbooks::{Book, CellOf, GROUPED, PERCENT, Page, WAREKI, WITH_UNIT, package};

fn read(book: &Book) -> ReadFile {
    read_file("a.xlsx", &book.bytes()).expect("a workbook")
}

fn titles(document: &Document) -> Vec<String> {
    let chapters = document.plans.iter().flat_map(|plan| &plan.chapters);
    chapters
        .flat_map(|chapter| {
            let sections = chapter.sections.iter().map(|section| format!("  {}", section.title));
            std::iter::once(chapter.title.clone()).chain(sections).collect::<Vec<_>>()
        })
        .collect()
}

fn rows(document: &Document) -> Vec<String> {
    let chapters = document.plans.iter().flat_map(|plan| &plan.chapters);
    let sections = chapters.flat_map(|chapter| &chapter.sections);
    let row = |row: &renkei_document::document::Initiative| {
        let mark = row.mark.as_deref().unwrap_or("-");
        format!("{} {mark} {} {}", row.party.as_str(), row.divisions.join("、"), row.text)
    };
    sections.flat_map(|section| &section.initiatives).map(row).collect()
}

fn codes(read: &ReadFile) -> Vec<String> {
    let told = |finding: &renkei_document::finding::Finding| {
        finding.notice.code().starts_with("source").then(|| finding.notice.message())
    };
    read.imported.findings.iter().filter_map(told).collect()
}

/// Returns a sheet with the title of a plan, one chapter, and one section with two rows.
fn plan_page(name: &str) -> Page {
    let mut page = Page::named(name);
    page.texts(1, ["みどり市雇用対策協定に基づく令和7年度事業進捗状況"]);
    page.texts(3, ["1 雇用創出"]);
    page.texts(4, ["(1) 若者の支援"]);
    page.texts(5, ["みどり市とあおば労働局は、若者を支援する。"]);
    page.texts(6, ["労働局", "①", "職業安定課", "就職面接会を開催した。\n・参加者 1,304 人"]);
    page.texts(7, ["", "②", "訓練課", "訓練を行った。"]);
    page.texts(8, ["みどり市", "③", "商工課", "相談に応じた。"]);
    page.merge("A6:A7");
    page
}

#[test]
fn a_plan_on_a_sheet_is_read_with_the_places_of_its_cells() {
    let read = read(&Book::of([plan_page("計画")]));
    let document = &read.imported.value;
    assert_eq!(titles(document), ["雇用創出", "  若者の支援"]);
    assert_eq!(
        rows(document),
        [
            "labour_bureau ① 職業安定課 就職面接会を開催した。",
            "labour_bureau ② 訓練課 訓練を行った。",
            "city ③ 商工課 相談に応じた。"
        ]
    );
    let figure = &document.plans[0].chapters[0].sections[0].initiatives[0].figures[0];
    assert_eq!(figure.source.at, Some(Locus::Sheet { sheet: "計画".into(), cell: "D6".to_owned() }));
    assert_eq!(codes(&read), Vec::<String>::new());
}

#[test]
fn a_sheet_a_section_is_one_plan() {
    let mut second = Page::named("(2) 女性の支援");
    second.texts(1, ["みどり市雇用対策協定に基づく令和7年度事業進捗状況"]);
    second.texts(3, ["1 雇用創出"]);
    second.texts(6, ["労働局", "①", "職業安定課", "相談に応じた。"]);
    let mut third = Page::named("Sheet3");
    third.texts(1, ["2 人材育成"]);
    third.texts(2, ["", "(1) 訓練"]);
    third.texts(4, ["労働局", "①", "訓練課", "訓練を行った。"]);
    let read = read(&Book::of([plan_page("1(1)"), second, third]));
    assert_eq!(titles(&read.imported.value), ["雇用創出", "  若者の支援", "  女性の支援", "人材育成", "  訓練"]);
    assert_eq!(rows(&read.imported.value).len(), 5);
    assert_eq!(read.imported.value.plans.len(), 1);
}

#[test]
fn empty_columns_wide_cells_and_continued_rows_do_not_disturb() {
    let mut page = Page::named("計画");
    page.put("C2", CellOf::text("みどり市雇用対策協定に基づく令和7年度事業進捗状況"));
    page.put("B3", CellOf::text("1 雇用創出"));
    page.put("B4", CellOf::text("(1) 若者の支援"));
    page.merge("B4:H4");
    for (row, cells) in [(6, ["区分", "番号", "担当課", "取組内容"]), (7, ["労働局", "1", "職業安定課", "面接会を"])]
    {
        for (cell, column) in cells.into_iter().zip(["B", "D", "E", "G"]) {
            page.put(&format!("{column}{row}"), CellOf::any(cell));
        }
    }
    page.put("G8", CellOf::text("開催した。"));
    page.put("A60", CellOf::text(" "));
    let read = read(&Book::of([page]));
    assert_eq!(rows(&read.imported.value), ["labour_bureau 1 職業安定課 面接会を開催した。"]);
}

#[test]
fn numbers_are_read_as_they_are_shown_and_furigana_is_not() {
    let mut page = Page::named("値");
    page.put("A1", CellOf::shared(0));
    page.put("B1", CellOf::number("1304").styled(GROUPED));
    page.put("C1", CellOf::number("46053").styled(WAREKI));
    page.put("D1", CellOf::number("12").styled(WITH_UNIT));
    page.put("E1", CellOf::number("0.53400000000000003").styled(PERCENT));
    page.put("F1", CellOf::formula("SUM(B2:B9)", "698"));
    let shared =
        "<si><r><t>求職</t></r><r><t>者</t></r><rPh sb=\"0\" eb=\"2\"><t>キュウショク</t></rPh></si>".to_owned();
    let mut book = Book { shared, ..Book::of([page]) };
    let line = |book: &Book| read(book).lines[0].text.clone();
    assert_eq!(line(&book), "求職者\t1,304\t令和8年1月31日\t12件\t53.40%\t698");
    book.counts_from_1904 = true;
    assert!(line(&book).contains("令和12年2月1日"), "{}", line(&book));
}

#[test]
fn hidden_cells_are_read_and_reported_and_other_objects_are_reported() {
    let mut page = plan_page("計画");
    page.hide_row(7);
    page.hide_column(3);
    page.draw("見込みを含む");
    page.put("F9", CellOf::error("#REF!"));
    page.put("A7", CellOf::text("隠れた値"));
    let mut hidden = Page::named("控え");
    hidden.is_hidden = true;
    hidden.texts(1, ["控えの文"]);
    let read = read(&Book::of([page, hidden]));
    assert!(read.lines.iter().any(|line| line.text == "控えの文"));
    assert_eq!(
        codes(&read),
        [
            "表示されていない部分も読みました：シート「計画」の行 7",
            "表示されていない部分も読みました：シート「計画」の列 C",
            "読まなかった部分があります：計算できていないセル（F9 #REF!）",
            "読まなかった部分があります：結合されたセルの下にある値（A7）",
            "読まなかった部分があります：図形・テキストボックスの文字「見込みを含む」",
            "表示されていない部分も読みました：シート「控え」",
        ]
    );
}

#[test]
fn a_csv_has_lines_and_no_cells() {
    let text = "令和7年度事業進捗状況,,,\n1 雇用創出,,,\n(1) 若者の支援,,,\n労働局,①,職業安定課,\"面接会を開催した。\n・参加者 5 人\"\nみどり市,②,商工課,相談に応じた。\n";
    let read = read_file("a.csv", text.as_bytes()).expect("a CSV");
    assert_eq!(titles(&read.imported.value), ["雇用創出", "  若者の支援"]);
    let row = &read.imported.value.plans[0].chapters[0].sections[0].initiatives[1];
    assert_eq!((row.lines.as_slice(), &read.lines[5].at), ([6].as_slice(), &None));
}

#[test]
fn workbooks_of_other_kinds_are_refused_with_the_next_step() {
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), utf_16("Workbook")].concat();
    let locked = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), utf_16("EncryptedPackage")].concat();
    let open = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("content.xml", "<office:document-content/>".to_owned()),
    ]);
    let types = "<Types><Override ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>";
    let binary = package(&[("[Content_Types].xml", types.to_owned()), ("xl/workbook.bin", String::new())]);
    for (bytes, word) in [(old, "古い形式の"), (open, ".ods"), (binary, ".xlsb")] {
        let message = read_file("a", &bytes).expect_err("no workbook of ours").to_string();
        assert!(message.contains(word) && message.contains("、.xlsx の形式で保存し直して"), "{message}");
    }
    assert_eq!(read_file("a.xlsx", &locked).err(), Some(Unreadable::Encrypted));
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn parts_of_a_workbook_may_have_any_name() {
    const TYPE: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let moved = Book::of([plan_page("計画")]).parts().into_iter().map(|(name, text)| match name {
        "xl/workbook.xml" => ("xl/book2.xml", text),
        "xl/_rels/workbook.xml.rels" => ("xl/_rels/book2.xml.rels", text),
        name => (name, text),
    });
    let root = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{TYPE}/officeDocument\" Target=\"xl/book2.xml\"/></Relationships>"
    );
    let types = "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
    let parts: Vec<(&str, String)> =
        moved.chain([("_rels/.rels", root), ("[Content_Types].xml", types.to_owned())]).collect();
    let read = read_file("a.xlsx", &package(&parts)).expect("a workbook");
    assert_eq!(rows(&read.imported.value).len(), 3);
}

/// Returns the parts of a correct workbook with one part changed.
fn spoiled(part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = Book::of([plan_page("計画")]).parts();
    let found = parts.iter_mut().find(|(name, _)| *name == part).expect("the part");
    found.1 = change(&found.1);
    package(&parts)
}

/// Reads a workbook and checks the time. The time limit is far above the usual time, for slow machines.
#[track_caller]
fn check_bounded(bytes: &[u8]) -> Result<ReadFile, Unreadable> {
    let start = Instant::now();
    let answer = read_file("a.xlsx", bytes);
    assert!(start.elapsed() < Duration::from_secs(20), "it took {:?}", start.elapsed());
    answer
}

const SHEET: &str = "xl/worksheets/sheet0.xml";

#[test]
fn cells_at_the_ends_of_a_sheet_and_senseless_references_are_read_in_bounds() {
    for reference in ["XFD1048576", "XFE1", "A0", "A1048577", "ZZZZZZ99999999999", "-1", "#REF!", "", "あ"] {
        let cell =
            format!("<row r=\"9\"><c r=\"{reference}\" t=\"inlineStr\"><is><t>端</t></is></c></row></sheetData>");
        let read = check_bounded(&spoiled(SHEET, |xml| xml.replace("</sheetData>", &cell))).expect("a workbook");
        assert_eq!(rows(&read.imported.value).len(), 3, "{reference}");
    }
    for area in ["A1:XFD1048576", "A6:#REF!", "Z9:A1", "A6:A6", "", ":"] {
        let merged = format!("<mergeCell ref=\"{area}\"/>").repeat(20_000);
        check_bounded(&spoiled(SHEET, |xml| xml.replace("</mergeCells>", &format!("{merged}</mergeCells>"))))
            .expect("a workbook");
    }
    for index in ["4294967295", "-1", "99999999999999999999", "x"] {
        let cell = format!("<row r=\"9\"><c r=\"D9\" t=\"s\" s=\"{index}\"><v>{index}</v></c></row></sheetData>");
        check_bounded(&spoiled(SHEET, |xml| xml.replace("</sheetData>", &cell))).expect("a workbook");
    }
}

#[test]
fn bombs_are_refused_with_the_exceeded_limit() {
    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(check_bounded(bytes).err(), Some(Unreadable::TooMuchInside { limit: leaked(expected) }));
    }
    fn leaked(text: &str) -> &'static str {
        text.to_owned().leak()
    }
    // One shared string that very many cells refer to.
    let string = format!("<sst><si><t>{}</t></si></sst>", "あ".repeat(30_000));
    let cells: String = "<c t=\"s\"><v>0</v></c>".repeat(1_000);
    let mut parts = Book::of([plan_page("計画")]).parts();
    for (name, text) in &mut parts {
        if *name == SHEET {
            *text = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
        } else if name.ends_with("sharedStrings.xml") {
            string.clone_into(text);
        }
    }
    check(&package(&parts), "文字の数");
    // Thousands of sheets that refer to the same part.
    let sheet = "<sheet name=\"a\" r:id=\"r0\"/>".repeat(10_000);
    check(&spoiled("xl/workbook.xml", |xml| xml.replace("</sheets>", &format!("{sheet}</sheets>"))), "シートの数");
    // Thousands of parts.
    let many: Vec<(String, String)> =
        (0..10_000).map(|at| (format!("xl/worksheets/sheet{at}.xml"), String::new())).collect();
    let many: Vec<(String, String)> = many.into_iter().chain([("xl/workbook.xml".to_owned(), String::new())]).collect();
    check(&package(&many), "部品の数");
}

#[test]
fn entities_and_circles_are_no_trouble() {
    let bomb = "<!DOCTYPE a [<!ENTITY a \"ハ\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
    let read = check_bounded(&spoiled(SHEET, |xml| format!("{bomb}{}", xml.replace("訓練課", "訓練課&b;&c;"))));
    assert_eq!(rows(&read.expect("a workbook").imported.value)[1], "labour_bureau ② 訓練課 訓練を行った。");
    let circle = "<f>D7</f>";
    check_bounded(&spoiled(SHEET, |xml| xml.replace("<is>", &format!("{circle}<is>")))).expect("a workbook");
    let itself = |xml: &str| xml.replace("worksheets/sheet0.xml", "workbook.xml");
    let read = check_bounded(&spoiled("xl/_rels/workbook.xml.rels", itself)).expect("a workbook");
    assert_eq!(codes(&read), ["読まなかった部分があります：シート「計画」の壊れている部分"]);
    let nowhere = |_: &str| String::new();
    assert!(matches!(check_bounded(&spoiled("xl/workbook.xml", nowhere)), Err(Unreadable::Damaged { .. })));
}

#[test]
fn an_incomplete_sheet_is_read_to_its_end() {
    let read = check_bounded(&spoiled(SHEET, |xml| xml[..xml.find("②").expect("it")].to_owned())).expect("a workbook");
    assert_eq!(rows(&read.imported.value).len(), 1);
    let nested = |xml: &str| xml.replace("<sheetData>", &format!("{}<sheetData>", "<a>".repeat(200_000)));
    assert_eq!(rows(&check_bounded(&spoiled(SHEET, nested)).expect("a workbook").imported.value).len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_workbook_with_changed_bytes_is_read_or_refused(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = Book::of([plan_page("計画")]).bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read_file("a.xlsx", &bytes);
        let _ = renkei_import::machine_readable::machine_readable("a.xlsx", &bytes);
    }

    #[test]
    fn a_workbook_with_changed_xml_is_read_or_refused(
        part in 0..5usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[<>/\"a-z0-9&; ]{0,6}"), 1..8),
    ) {
        let mut parts = Book::of([plan_page("計画")]).parts();
        let part = part % parts.len();
        let mut characters: Vec<char> = parts[part].1.chars().collect();
        for (from, to, text) in changes {
            let (from, to) = (from.index(characters.len() + 1), to.index(characters.len() + 1));
            let to = to.min(from + 20).max(from);
            characters.splice(from..to, text.chars());
        }
        parts[part].1 = characters.into_iter().collect();
        let bytes = package(&parts);
        let _ = read_file("a.xlsx", &bytes);
        let _ = renkei_import::machine_readable::machine_readable("a.xlsx", &bytes);
    }
}
