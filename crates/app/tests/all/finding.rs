//! The findings of the checks in stored reports, which are also compared with earlier years.

use renkei_app::{access, evidence, indicator};
use renkei_document::figure::Stated;
use renkei_sample::history;
use rust_decimal::Decimal;

use crate::fixture::Office;
use crate::plan::passages::parties_and_figures_of;

fn outliers(office: &Office) -> usize {
    let year = Some(renkei_document::fiscal_year::FiscalYear(2026));
    let (_, findings) = office.node.state().check(access::local_viewer(), None, year).expect("a report");
    findings.iter().filter(|finding| finding.notice.code() == "figure.outlier").count()
}

#[test]
fn a_figure_a_hundred_times_its_earlier_values_is_a_finding() {
    let office = Office::empty();
    let mut newest = None;
    for (year, text) in history(8, 2024, 3) {
        let name = format!("{year}.txt");
        newest =
            Some(evidence::import(&office.node, access::local_operator(), &name, text.as_bytes()).expect("imports"));
    }
    assert!(newest.is_some());
    let before = outliers(&office);
    let large = |figure: &renkei_document::figure::Figure| figure.value.is_some_and(|value| value >= Decimal::from(50));
    let known = parties_and_figures_of(&office, 2026).into_iter().filter(|(_, figure)| large(figure));
    let mut found = 0;
    for (party, figure) in known.take(12) {
        let stated = Stated::Value { value: figure.value.expect("large") * Decimal::from(100), provisional: false };
        let observation = figure.observation.expect("stored");
        indicator::correct(&office.node, access::local_operator(), party, observation, stated, "桁の誤り")
            .expect("corrects");
        found = outliers(&office) - before;
        if found > 0 {
            break;
        }
    }
    assert_eq!(found, 1);
}
