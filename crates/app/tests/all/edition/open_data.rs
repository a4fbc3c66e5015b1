//! 公開データ — the data for other programs, made from the report of the invented city.

use renkei_app::{
    CsvEncoding, DATA_TABLES, Press, Verdict, access::local_viewer, document_schema, evidence, machine_readable,
};
use renkei_document::document::Imported;
use renkei_document::language::Language;
use renkei_sample::history;

use crate::evidence::import::rows;
use crate::evidence::real_documents::documents;
use crate::fixture::{Office, sample};

#[test]
fn the_json_of_the_sample_conforms_to_its_schema() {
    let office = Office::with(&sample());
    let (report, findings) = office.node.state().check(local_viewer(), None, None).expect("a report");
    let read = Imported { value: report.document.clone(), findings };
    let schema = serde_json::from_str(document_schema()).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    for written in [serde_json::to_value(&read), serde_json::from_str(&report.json())] {
        let written = written.expect("JSON");
        let faults: Vec<String> = validator.iter_errors(&written).map(|fault| fault.to_string()).collect();
        assert_eq!(faults, Vec::<String>::new());
    }
}

#[test]
fn every_row_and_figure_of_the_report_is_in_the_data() {
    let office = Office::with(&sample());
    let report = office.node.state().report(local_viewer(), None, None).expect("a report");
    let lines = |table: &str| {
        let file = report.csv(table, CsvEncoding::Utf8);
        String::from_utf8(file.bytes).expect("UTF-8").lines().count() - 1
    };
    let document = &report.document;
    assert_eq!(lines("initiatives"), rows(document).count());
    let in_rows: usize = rows(document).map(|row| row.figures.len()).sum();
    assert_eq!(lines("observations"), in_rows + document.figures.len());
    assert_eq!(lines("divisions"), rows(document).map(|row| row.divisions.len()).sum::<usize>());
    for table in DATA_TABLES {
        // In this city's report, no event has a day, so the table `event_dates` is empty.
        assert!(lines(table) > 0 || table == "event_dates", "{table} is empty");
        assert_eq!(report.csv(table, CsvEncoding::ShiftJis).lost, [], "{table}");
    }
}

/// Returns the rule and the place of each failed check. Rules that need the judgement of a person are left out.
fn failing(name: &str, bytes: &[u8]) -> Vec<String> {
    let notices = machine_readable(name, bytes).expect("reads");
    let failing = notices.iter().filter(|notice| notice.verdict == Verdict::Fails);
    failing
        .map(|notice| format!("{} {}", notice.place.name_in(Language::Japanese), notice.message_in(Language::Japanese)))
        .collect()
}

#[test]
fn the_data_conform_to_the_rules_for_machine_readable_data() {
    for text in std::iter::once(sample()).chain(documents().into_iter().map(|(_, text)| text)) {
        let office = Office::with(&text);
        let report = office.node.state().report(local_viewer(), None, None).expect("a report");
        assert_eq!(failing("data.xlsx", &report.data_workbook().expect("a workbook")), Vec::<String>::new());
        for table in DATA_TABLES {
            let file = report.csv(table, CsvEncoding::Utf8);
            assert_eq!(failing(&format!("{table}.csv"), &file.bytes), Vec::<String>::new());
        }
    }
}

#[test]
fn the_summary_shows_the_years_before_it() {
    let office = Office::empty();
    for (year, text) in history(8, 2024, 3) {
        let operator = renkei_app::access::local_operator();
        evidence::import(&office.node, operator, &format!("{year}.txt"), text.as_bytes()).expect("imports");
    }
    let summary = office.node.state().summary(local_viewer(), None, None).expect("a summary");
    let years: Vec<i16> = summary.earlier.iter().filter_map(|report| Some(report.fiscal_year?.0)).collect();
    assert_eq!(years, [2024, 2025]);
    let page = summary.html();
    assert!(page.contains("令和7年度の取組のあらまし") && page.contains("年度ごとの移り変わり"), "{page}");
    let Ok(press) = Press::find() else { return renkei_sample::skip_or_fail_in_ci("no Japanese font") };
    assert!(summary.pdf(&press).expect("prints").starts_with(b"%PDF-"));
}
