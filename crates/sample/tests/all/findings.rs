//! Tests that the import and the checks report the planted damage at its line, and report little else.

use renkei_document::checks;
use renkei_document::finding::{Finding, Severity};
use renkei_sample::{Damage, DamageKind, Settings, document_with_truth};

#[test]
fn each_planted_damage_is_found_at_its_line() {
    for (kind, code) in [
        (DamageKind::DuplicateMark, "numbering.duplicate"),
        (DamageKind::OrganisationEarly, "party.conflict"),
        (DamageKind::OrganisationsTogether, "party.conflict"),
        (DamageKind::RowBroken, "row.joined"),
        (DamageKind::AsOfMalformed, "as-of.malformed"),
        (DamageKind::AsOfWithoutEnd, "as-of.without-end"),
        (DamageKind::WrongSum, "figure.sum"),
        (DamageKind::OpenState, "state.open"),
        (DamageKind::StaleYear, "as-of.other-year"),
        (DamageKind::ContentsTitle, "term.varies"),
    ] {
        let settings = Settings { damage: Damage::Only(kind), rows_per_section: Some(6), ..Settings::usual(40, 2026) };
        let (found, lines) = findings(&settings);
        assert_eq!(lines.len(), 1, "{kind:?}");
        let is_near = |place: Option<u32>| place.is_some_and(|at| (lines[0]..=lines[0] + 2).contains(&at));
        let is_met = found.iter().any(|finding| {
            let places = std::iter::once(&finding.place).chain(&finding.also);
            finding.notice.code() == code && places.into_iter().any(|place| is_near(place.line))
        });
        assert!(is_met, "{kind:?} at line {}: no {code} in\n{}", lines[0], listed(&found));
    }
}

#[test]
fn an_undamaged_document_has_questions_at_most() {
    let (found, _) = findings(&Settings { damage: Damage::None, ..Settings::usual(50, 2026) });
    let is_loud = |finding: &Finding| !matches!(finding.notice.severity(), Severity::Question | Severity::Note);
    let loud: Vec<Finding> = found.into_iter().filter(is_loud).collect();
    assert!(loud.is_empty(), "{}", listed(&loud));
}

/// Returns the findings of import and checks, and the lines of the planted damage.
fn findings(settings: &Settings) -> (Vec<Finding>, Vec<u32>) {
    let (text, truth) = document_with_truth(settings);
    let imported = renkei_import::read(text.as_bytes()).expect("a sample is readable");
    let checked = checks::check(&imported.value);
    let lines = truth.planted.iter().map(|planted| planted.line).collect();
    (checks::merge(imported.findings, checked), lines)
}

fn listed(findings: &[Finding]) -> String {
    let line = |f: &Finding| format!("{:?} {} {}", f.place.line, f.notice.code(), f.notice.message());
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}
