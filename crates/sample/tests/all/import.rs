//! Tests that the import reads the rows, parties, divisions, texts and figures of the sample correctly, whatever damage
//! was planted.

use std::collections::BTreeMap;

use renkei_document::document::{Document, Initiative, PlanKind, PlanTable};
use renkei_document::figure;
use renkei_sample::{Damage, DamageKind, Party, RowTruth, Settings, State, Table, Truth, document_with_truth};

#[test]
fn a_whole_document_is_read_as_it_was_meant() {
    check((0..2).map(|seed| Settings { damage: Damage::None, ..Settings::usual(seed, 2026) }));
}

#[test]
fn a_document_as_damaged_as_a_real_one_is_read_as_it_was_meant() {
    check((10..13).map(|seed| Settings::usual(seed, 2026)));
}

#[test]
fn a_document_of_another_era_is_read_as_it_was_meant() {
    check([Settings::usual(20, 2019), Settings::usual(21, 2012)]);
}

#[test]
fn each_kind_of_damage_alone_is_read_as_it_was_meant() {
    check(DamageKind::ALL.map(|kind| Settings {
        damage: Damage::Only(kind),
        rows_per_section: Some(6),
        ..Settings::usual(30, 2026)
    }));
}

#[track_caller]
fn check(documents: impl IntoIterator<Item = Settings>) {
    let mut found = Vec::new();
    for settings in documents {
        let (text, truth) = document_with_truth(&settings);
        let imported = renkei_import::read(text.as_bytes()).expect("a sample is readable");
        let differences = differences(&truth, &imported.value);
        found.extend(
            differences.into_iter().map(|what| format!("seed {} {:?}: {what}", settings.seed, settings.damage)),
        );
    }
    assert!(found.is_empty(), "{} differ\n{}", found.len(), found.join("\n"));
}

fn differences(truth: &Truth, document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    let agreement = document.agreement.as_ref();
    let concluded = agreement.and_then(|agreement| agreement.concluded_on).map(|date| date.to_string());
    if concluded.as_ref() != Some(&truth.concluded_on) {
        found.push(format!("concluded on {concluded:?}, not {}", truth.concluded_on));
    }
    for table in [Table::Progress, Table::Plan] {
        let rows: Vec<&RowTruth> = truth.rows.iter().filter(|row| row.table == table).collect();
        match document.plans.iter().find(|plan| is_same(plan, rows[0])) {
            Some(plan) => found.extend(of_table(&rows, plan)),
            None => found.push(format!("{table:?} is missing")),
        }
    }
    found
}

fn is_same(plan: &PlanTable, row: &RowTruth) -> bool {
    let kind = if row.table == Table::Plan { PlanKind::Plan } else { PlanKind::Progress };
    plan.kind == kind && plan.fiscal_year.0 == row.fiscal_year
}

fn of_table(rows: &[&RowTruth], plan: &PlanTable) -> Vec<String> {
    let mut read: BTreeMap<(usize, usize, usize), &Initiative> = BTreeMap::new();
    for chapter in &plan.chapters {
        for section in &chapter.sections {
            for (number, initiative) in (1..).zip(&section.initiatives) {
                read.insert((chapter.number as usize, section.number as usize, number), initiative);
            }
        }
    }
    let mut found = Vec::new();
    for row in rows {
        let place = format!("line {} {}({}) row {}", row.line, row.chapter, row.section, row.number);
        match read.remove(&(row.chapter, row.section, row.number)) {
            Some(initiative) => {
                found.extend(of_row(row, initiative).into_iter().map(|what| format!("{place}: {what}")))
            }
            None => found.push(format!("{place}: is missing")),
        }
    }
    found.extend(read.iter().map(|(place, row)| format!("{place:?} was not written: {}", row.text)));
    found
}

fn of_row(row: &RowTruth, read: &Initiative) -> Vec<String> {
    let party = match row.party {
        Party::City => "city",
        Party::LabourBureau => "labour_bureau",
    };
    let pairs = [
        ("party", party.to_owned(), read.party.as_str().to_owned()),
        ("mark", row.mark.clone(), read.mark.clone().unwrap_or_default()),
        ("divisions", row.divisions.join("|"), read.divisions.join("|")),
        ("text", squashed(&row.text), squashed(&read.text)),
        ("items", squashed(&row.items.concat()), squashed(&read.items.concat())),
        ("figures", figures_written(row).join(" "), figures_read(read).join(" ")),
    ];
    let differ = pairs.into_iter().filter(|(_, written, read)| written != read);
    differ.map(|(what, written, read)| format!("{what}: wrote {written}, read {read}")).collect()
}

fn figures_written(row: &RowTruth) -> Vec<String> {
    let mut figures: Vec<String> = (row.figures.iter())
        .map(|figure| match figure.state {
            State::None => "none".to_owned(),
            State::Recruiting => "recruiting".to_owned(),
            State::Value => {
                let [value, unit, as_of] = [&figure.value, &figure.unit, &figure.as_of].map(|part| part.clone());
                format!("{}{}@{}", value.unwrap_or_default(), unit.unwrap_or_default(), as_of.unwrap_or_default())
            }
        })
        .collect();
    figures.sort();
    figures
}

fn figures_read(row: &Initiative) -> Vec<String> {
    let mut figures: Vec<String> = (row.figures.iter())
        .map(|figure| match figure.state {
            figure::State::Value => {
                let value = figure.value.map(|value| value.to_string()).unwrap_or_default();
                let as_of = figure.as_of.map(|date| date.to_string()).unwrap_or_default();
                format!("{value}{}@{as_of}", figure.unit.as_deref().unwrap_or_default())
            }
            other => state_name(other),
        })
        .collect();
    figures.sort();
    figures
}

/// Returns the name that a state has in JSON.
fn state_name(state: figure::State) -> String {
    match state {
        figure::State::None => "none".to_owned(),
        figure::State::Recruiting => "recruiting".to_owned(),
        other => format!("{other:?}"),
    }
}

fn squashed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
