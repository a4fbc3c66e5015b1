//! 公開データ — tests of the open data of an invented town as workbook and as CSV, and of the characters that each format
//! can represent.

use renkei_document::document::Document;
use renkei_publish::{CsvEncoding, Dataset, Datum, TABLES, csv, data_workbook};
use serde_json::{Value, json};

fn figure(label: &str, value: Option<&str>, state: &str) -> Value {
    json!({"label": label, "state": state, "value": value, "unit": value.map(|_| "人"), "kind": "actual", "as_of": "2026-01-31",
        "period": null, "event_dates": ["2025-12-20", "2025-12"], "scope": "みどり市内", "qualifier": "延べ",
        "provisional": false, "source": {"line": 1, "text": ""}})
}

/// Makes a document with a row of rare characters, a row of texts that look like formulas, and each state of a figure.
fn document() -> Document {
    let row = |number: u32, text: &str, items: Value, figures: Value| {
        json!({"party": "city", "number": number, "mark": null, "divisions": ["保護課", "福祉課"], "text": text,
            "items": items, "figures": figures})
    };
    let rows = json!([
        row(
            1,
            "髙橋・山﨑・𠮷田・葛\u{E0100}城と\nﾊﾛｰﾜｰｸで①相談、\"1,304\"件。",
            json!(["=2+2"]),
            json!([
                figure("相談", Some("0"), "value"),
                figure("訓練", None, "none"),
                figure("=A1", Some("-3.5"), "value")
            ])
        ),
        row(2, "-5人", json!([]), json!([])),
        row(3, "=1+1", json!([]), json!([])),
    ]);
    let document = json!({"format": "renkei-document/1", "title": "みどり市雇用対策協定に基づく報告", "issued_on": "2026-03",
        "fiscal_year": 2026,
        "agreement": {"title": null, "concluded_on": null, "effective_on": null, "preamble": null, "attestation": null,
            "originals": null, "signatories": [], "articles": [], "supplementary": [],
            "parties": [{"key": "city", "kind": "local_government", "name": "みどり市", "short_name": "市"}]},
        "front_matter": {"title_lines": [], "issuers": [], "purpose": [], "contents": [], "defined_terms": []},
        "plans": [{"fiscal_year": 2025, "kind": "progress", "title": "進捗", "chapters": [{"number": 1, "title": "就業", "sections": [
            {"number": 1, "title": "相談", "lead": null, "initiatives": rows}]}]}],
        "figures": [figure("文書の数値", Some("12"), "value")], "headings": []});
    serde_json::from_value(document).expect("the shape of a document")
}

fn lines(table: &str, encoding: CsvEncoding) -> (Vec<u8>, Vec<String>) {
    let dataset = Dataset::of(&document());
    let file = csv(dataset.table(table).expect("a table"), encoding);
    (file.bytes, file.lost.iter().map(ToString::to_string).collect())
}

fn text(table: &str) -> String {
    let (bytes, lost) = lines(table, CsvEncoding::Utf8);
    assert_eq!(lost, Vec::<String>::new());
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn every_table_exists_under_its_name_and_every_row_is_complete() {
    let dataset = Dataset::of(&document());
    assert_eq!(dataset.tables.iter().map(|table| table.file_name).collect::<Vec<_>>(), TABLES);
    for table in &dataset.tables {
        assert!(!table.rows.is_empty(), "{} is empty", table.name);
        for row in &table.rows {
            assert_eq!(row.len(), table.columns.len(), "{}", table.name);
            for (column, datum) in table.columns.iter().zip(row) {
                assert!(!column.blank.is_empty() || *datum != Datum::Empty, "{} {}", table.name, column.name);
            }
        }
        let mut names: Vec<&str> = table.columns.iter().flat_map(|column| [column.name, column.field]).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), table.columns.len() * 2, "a name stands twice in {}", table.name);
    }
    let column =
        |place: usize| dataset.table("observations").expect("a table").rows.iter().map(move |row| row[place].clone());
    let ids: std::collections::BTreeSet<String> = column(0).map(|id| format!("{id:?}")).collect();
    assert_eq!(ids.len(), 4);
}

#[test]
fn every_code_of_the_data_is_explained() {
    let dataset = Dataset::of(&document());
    let codes = dataset.table("codes").expect("codes");
    for table in &dataset.tables {
        for (place, column) in table.columns.iter().enumerate() {
            if column.kind != renkei_publish::ColumnKind::Code {
                continue;
            }
            for row in table.rows.iter().filter(|row| row[place] != Datum::Empty) {
                let known = codes
                    .rows
                    .iter()
                    .any(|code| code[0] == Datum::Text(column.name.to_owned()) && code[1] == row[place]);
                assert!(known, "{:?} of {} is not explained", row[place], column.name);
            }
        }
    }
}

#[test]
fn a_csv_has_its_mark_its_line_ends_and_its_quotes() {
    let text = text("initiatives");
    assert!(text.starts_with("\u{FEFF}取組ID,年度（西暦年）,"));
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count(), "one record, one line");
    assert_eq!(text.lines().count(), 1 + 3);
    let told = "\"髙橋・山﨑・𠮷田・葛\u{E0100}城と ハローワークで(1)相談、\"\"1,304\"\"件。 ・=2+2\"\r\n";
    assert!(text.contains(told), "{text}");
}

#[test]
fn a_text_that_looks_like_a_formula_gets_a_mark_and_a_number_does_not() {
    let initiatives = text("initiatives");
    assert!(initiatives.contains(",'=1+1\r\n") && initiatives.contains(",'-5人\r\n"), "{initiatives}");
    let observations = text("observations");
    assert!(observations.contains(",'=A1,") && observations.contains(",-3.5,人,"), "{observations}");
}

#[test]
fn empty_and_zero_are_distinguished() {
    let observations = text("observations");
    assert!(observations.contains("相談,actual,実績,value,値あり,0,人,"), "{observations}");
    assert!(observations.contains("訓練,actual,実績,none,実績なし,,,"), "{observations}");
}

#[test]
fn a_character_that_shift_jis_lacks_is_reported_with_its_place() {
    let (bytes, lost) = lines("initiatives", CsvEncoding::ShiftJis);
    assert_eq!(
        lost,
        [
            "2行目「取組内容」の「𠮷」（U+20BB7）は〓にしました",
            "2行目「取組内容」の「葛\u{E0100}」（U+845B U+E0100）は字形の指定を除きました",
        ]
    );
    let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
    assert!(!broken && text.contains("髙橋・山﨑・〓田・葛城と"), "{text}");
}

#[test]
fn the_same_tables_give_the_same_workbook() {
    let dataset = Dataset::of(&document());
    let first = data_workbook(&dataset).expect("a workbook");
    assert!(first == data_workbook(&dataset).expect("a workbook"));
    assert!(first.starts_with(b"PK"));
}
