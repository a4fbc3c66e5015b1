//! Tests the thirty rules: each by a file that breaks the rule at a known cell; and clean files, which must break none.

use renkei_document::language::Language;
use renkei_import::machine_readable::{RuleNotice, RulePlace, Verdict, machine_readable};

use crate::workbooks::{Book, CellOf, Page};

/// A clean table with one value per row. Each test changes it in one place.
const CLEAN: &str = "\u{feff}年度,所管課,指標,値,単位,状態,時点\r\n\
    2025,相談課,就職件数,1304,件,value,2026-01-31\r\n\
    2025,相談課,求人企業数,246,社,value,2026-01-31\r\n\
    2025,訓練課,訓練受講者数,,人,not_compiled,2026-01-31\r\n\
    2025,訓練課,助成額,40800,千円,value,2026-01-31\r\n";

fn told(notice: &RuleNotice) -> String {
    let place = match &notice.place {
        RulePlace::Cell { cell, .. } => cell.clone(),
        RulePlace::Value { line, column } => format!("{line}:{column}"),
        RulePlace::File {} => "file".to_owned(),
    };
    let mark = if notice.verdict == Verdict::Look { "?" } else { "" };
    format!("{}{mark} {place}", notice.rule.id())
}

#[track_caller]
fn check_csv(text: &str, expected: &[&str]) {
    let notices = machine_readable("a.csv", text.as_bytes()).expect("a CSV");
    assert_eq!(notices.iter().map(told).collect::<Vec<_>>(), expected, "{text}");
}

#[track_caller]
fn check_book(book: Book, expected: &[&str]) {
    let notices = machine_readable("a.xlsx", &book.bytes()).expect("a workbook");
    assert_eq!(notices.iter().map(told).collect::<Vec<_>>(), expected);
}

/// Checks the clean table after replacing one text by another.
#[track_caller]
fn check_spoiled(from: &str, to: &str, expected: &[&str]) {
    assert!(CLEAN.contains(from), "{from}");
    check_csv(&CLEAN.replacen(from, to, 1), expected);
}

fn clean_page() -> Page {
    let mut page = Page::named("実績");
    page.row(1, ["年度", "所管課", "指標", "値", "単位"].map(CellOf::text));
    for (row, (name, value)) in [("就職件数", "1304"), ("求人企業数", "246"), ("訓練受講者数", "0")].iter().enumerate()
    {
        let cells = [
            CellOf::number("2025"),
            CellOf::text("相談課"),
            CellOf::text(name),
            CellOf::number(value),
            CellOf::text("件"),
        ];
        page.row(row as u32 + 2, cells);
    }
    page
}

#[test]
fn a_clean_table_in_long_form_breaks_no_rule() {
    check_csv(CLEAN, &[]);
    check_book(Book::of([clean_page()]), &[]);
    check_csv("\u{feff}code,name_ja,count\n430001,一,5\n430002,二,7\n", &[]);
    assert_eq!(machine_readable("a.json", b"{}").expect("JSON is read by machines"), []);
}

#[test]
fn a_file_that_is_no_table_fails_as_a_whole() {
    for (name, bytes) in [("a.pdf", b"%PDF-1.7".as_slice()), ("a.txt", "文".as_bytes()), ("a.html", b"<html></html>")]
    {
        let notices = machine_readable(name, bytes).expect("a file");
        assert_eq!(notices.iter().map(told).collect::<Vec<_>>(), ["L1-01 file"], "{name}");
    }
    let word = crate::workbooks::package(&[("word/document.xml", "<w:document/>".to_owned())]);
    assert_eq!(machine_readable("a.docx", &word).expect("a document").len(), 1);
    assert!(machine_readable("a.bin", &[0, 1, 2, 0]).is_err());
}

#[test]
fn the_layout_of_a_table_is_checked() {
    let head = "年度,所管課,指標,値,単位,状態,時点\r\n";
    check_csv(&format!("{CLEAN}{head}"), &["L1-02 6:1"]);
    check_spoiled("2025,訓練課,助成額", "\r\n2025,訓練課,助成額", &["L1-03 5:1"]);
    check_spoiled("2025,訓練課,助成額", ",,,,,,\r\n2025,訓練課,助成額", &["L1-03 5:1"]);
    check_csv(&format!("{CLEAN}※令和8年1月末現在,,,,,,\r\n"), &["L1-04 6:1"]);
    check_spoiled("指標", "項目1", &["L1-05 1:3"]);
    check_spoiled("指標", "", &["L1-05 1:3"]);
    check_spoiled("状態", "値", &["L1-09 4:4", "L2-03 1:6"]);
    check_csv(&format!("雇用実績,,,,,,\r\n{}", &CLEAN[3..]), &["L3-01 1:1", "L3-08? file"]);
    let mut page = clean_page();
    page.put("J3", CellOf::text("検算用"));
    check_book(Book::of([page]), &["L1-04 J3"]);
    let mut page = Page::named("表");
    page.row(3, ["年度", "件数"].map(CellOf::text));
    page.row(4, [CellOf::number("2025"), CellOf::number("3")]);
    check_book(Book::of([page]), &["L3-01 A1"]);
    let mut page = Page::named("表");
    for (row, values) in [["年度", "件数"], ["2025", "3"], ["2026", "4"]].iter().enumerate() {
        page.put(&format!("A{}", row + 1), CellOf::any(values[0]));
        page.put(&format!("C{}", row + 1), CellOf::any(values[1]));
    }
    check_book(Book::of([page]), &["L1-03 B1"]);
}

#[test]
fn the_values_of_a_table_are_checked() {
    check_spoiled("2025,相談課", "2025,相　談　課", &["L1-06 2:2"]);
    check_spoiled("2025,相談課", "2025, 相談課", &["L1-06 2:2"]);
    check_spoiled("就職件数", "246社 701人", &["L1-07 2:3"]);
    check_spoiled("就職件数", "①就職件数", &["L1-08 2:3"]);
    check_spoiled("就職件数", "㈱みどりの件数", &["L1-08 2:3"]);
    check_spoiled("not_compiled", "", &["L1-09 4:4"]);
    check_spoiled("就職件数,1304", "就職件数,\"1,304件\"", &["L2-01 2:4"]);
    check_spoiled("就職件数,1304", "就職件数,▲3", &["L2-01 2:4"]);
    check_spoiled("就職件数,1304", "就職件数,１３０４", &["L2-01 2:4"]);
    check_spoiled("2025,相談課,求人企業数", "2025,〃,求人企業数", &["L2-02 3:2"]);
    check_csv("\u{feff}区分,指標,件数\n労働局,一,1\n,二,2\n市,三,3\n", &["L2-02 3:1"]);
    check_csv("\u{feff}事業,実施状況\n一,済\n二,実施済\n三,済み\n四,予定\n", &["L2-04 3:2", "L2-04 4:2"]);
    check_spoiled("就職件数", "その他（面接会）", &["L2-05 2:3"]);
    check_spoiled("就職件数,1304", "就職件数,X", &["L3-03? 2:4"]);
}

#[test]
fn the_meaning_of_a_table_is_checked() {
    check_csv("\u{feff}事業,種別コード\n一,1\n二,2\n", &["L3-02? 1:2"]);
    check_csv("\u{feff}事業,助成額\n一,100\n二,200\n", &["L3-04 1:2"]);
    check_csv("\u{feff}事業,助成額（千円）,参加者数\n一,100,3\n二,200,4\n", &[]);
    check_csv("\u{feff}時点,件数\nR7,3\n令和8年1月31日,4\n", &["L3-05 2:1", "L3-05 3:1"]);
    check_csv("\u{feff}年度,和暦,件数\n2025,令和7年度,3\n", &[]);
    check_csv("\u{feff}市町村名,件数\nみどり市,3\nあおば,4\n", &["L3-06 3:1"]);
    check_csv("\u{feff}指標,令和6年度,令和7年度\n一,3,5\n", &["L3-05 1:2", "L3-05 1:3", "L3-09 1:2"]);
    check_csv("\u{feff}指標（件）,2024年度,2025年度\n一,3,5\n", &["L3-09 1:2"]);
    check_csv("指標,件数\n一,3\n", &["L3-08? file"]);
    let page = |name: &str, head: [&str; 2]| {
        let mut page = Page::named(name);
        page.row(1, head.map(CellOf::text));
        page.row(2, [CellOf::text("一"), CellOf::number("3")]);
        page
    };
    let pages = [page("2024年度", ["指標", "件数"]), page("2025年度", ["指標", "実施件数"])];
    check_book(Book::of(pages), &["L3-07? A1"]);
}

#[test]
fn the_rules_for_csv_alone_are_checked() {
    check_spoiled("就職件数", "\"就職\n件数\"", &["L1-06 2:3", "L1-14 2:3"]);
    check_spoiled("1304,件", "1,304,件", &["L1-15 2:4"]);
}

#[test]
fn the_rules_for_workbooks_alone_are_checked() {
    let mut page = clean_page();
    page.draw("見込みの値を含む");
    check_book(Book::of([page]), &["L1-10 A1"]);
    let mut page = clean_page();
    page.put("D3", CellOf::number("246").styled(crate::workbooks::RED));
    check_book(Book::of([page]), &["L1-11 D3"]);
    let mut page = clean_page();
    page.put("D3", CellOf::number("246").styled(crate::workbooks::BOLD));
    check_book(Book::of([page]), &["L1-11 D3"]);
    let mut page = clean_page();
    page.merge("B2:B3");
    check_book(Book::of([page]), &["L1-12 B2:B3"]);
    let mut page = clean_page();
    page.hide_row(3);
    page.hide_column(4);
    check_book(Book::of([page]), &["L1-13 3:3", "L1-13 D:D"]);
    let mut hidden = clean_page();
    hidden.is_hidden = true;
    check_book(Book::of([clean_page(), hidden]), &["L1-13 A1"]);
    let mut page = clean_page();
    page.put("D4", CellOf::formula("SUM(D2:D3)", "1550"));
    check_book(Book::of([page]), &["L2-06 D4"]);
    let mut page = clean_page();
    page.put("D4", CellOf::text("1,550件"));
    check_book(Book::of([page]), &["L2-01 D4"]);
}

#[test]
fn many_cells_of_one_rule_are_listed_in_part() {
    let mut text = "\u{feff}時点,件数\n".to_owned();
    text.push_str(&"R7,3\n".repeat(50));
    let notices = machine_readable("a.csv", text.as_bytes()).expect("a CSV");
    assert_eq!((notices.len(), notices[19].more), (20, 30));
    assert_eq!(notices[19].message_in(Language::Japanese), "年月日が元号だけで書かれています：「R7」（ほかに30か所）");
    assert!(notices[0].advice_in(Language::English).contains("Gregorian"));
}
