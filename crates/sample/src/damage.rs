//! Damages a document on purpose, in the ways in which file conversions and hasty editing damage real documents. The
//! seed decides where.

use crate::calendar::{fiscal_year, short_month};
use crate::chance::Chance;
use crate::measured::{Item, separated};
use crate::office::Party;
use crate::report::{Cells, ReportRow, ReportSection, ReportTable};
use crate::truth::{DamageKind, FigureTruth, State, Table};

/// Plants (adds) one damage of a kind at a random row. Does nothing if no row is suitable.
pub fn plant(kind: DamageKind, table: &mut ReportTable, city: &str, chance: &mut Chance) {
    let fiscal_year = table.fiscal_year;
    let kind_of_table = table.table;
    let is_fit = |section: &ReportSection, at: usize| is_fit(kind, kind_of_table, section, at);
    let fit: Vec<(usize, usize)> = (0..table.sections.len())
        .flat_map(|section| (0..table.sections[section].rows.len()).map(move |row| (section, row)))
        .filter(|(section, row)| is_fit(&table.sections[*section], *row))
        .collect();
    let Some(&(section, row)) = chance.place(fit.len()).and_then(|place| fit.get(place)) else { return };
    let section = &mut table.sections[section];
    section.rows[row].planted.push(kind);
    do_damage(kind, section, row, city, fiscal_year, chance);
}

/// Whether a row is suitable for a damage. A row gets at most one damage, and a section gets at most one damage that
/// shifts its cells.
fn is_fit(kind: DamageKind, table: Table, section: &ReportSection, at: usize) -> bool {
    let row = &section.rows[at];
    let is_whole = row.planted.is_empty();
    let shifts = |row: &ReportRow| row.cells != Cells::Four || row.planted.iter().any(|kind| shifts_cells(*kind));
    let is_straight = !section.rows.iter().any(shifts);
    let city = section.rows.iter().position(|row| row.party == Party::City);
    let city_rows = section.rows.iter().filter(|row| row.party == Party::City).count();
    let has_result = table == Table::Progress && !row.items.is_empty();
    is_whole
        && match kind {
            DamageKind::DuplicateMark => at >= 1 && at + 1 < section.rows.len() && is_straight,
            DamageKind::OrganisationLate => is_straight && city == Some(at) && city_rows >= 2,
            DamageKind::OrganisationEarly => is_straight && at >= 1 && city == Some(at + 1),
            DamageKind::OrganisationsTogether => is_straight && at == 0 && city_rows <= 2,
            DamageKind::RowBroken => has_result && is_straight && !row.has_tags,
            DamageKind::MarkWithDivision => is_straight && at >= 1,
            DamageKind::FirstCellGone => is_straight && city.is_some_and(|city| at > city),
            DamageKind::AsOfMalformed | DamageKind::AsOfWithoutEnd => has_result && row.note.is_some(),
            DamageKind::StrayTags => has_result && !row.is_broken,
            DamageKind::DashRow => at + 1 == section.rows.len() && !section.has_dashes && !row.is_broken,
            DamageKind::WrongSum => has_result && row.items.iter().any(|item| item.is_sum),
            DamageKind::OpenState | DamageKind::StaleYear => has_result && row.note.is_none(),
            DamageKind::ContentsTitle => at == 0 && section.title_in_contents == section.title,
        }
}

fn shifts_cells(kind: DamageKind) -> bool {
    matches!(
        kind,
        DamageKind::DuplicateMark
            | DamageKind::OrganisationLate
            | DamageKind::OrganisationEarly
            | DamageKind::OrganisationsTogether
            | DamageKind::RowBroken
            | DamageKind::MarkWithDivision
            | DamageKind::FirstCellGone
    )
}

fn do_damage(kind: DamageKind, section: &mut ReportSection, at: usize, city: &str, year: i16, chance: &mut Chance) {
    let title_varied = section.title_varied;
    match kind {
        DamageKind::DuplicateMark => section.rows[at].mark = section.rows[at - 1].mark.clone(),
        DamageKind::OrganisationLate => section.rows[at + 1].organisation = section.rows[at].organisation.take(),
        DamageKind::OrganisationEarly => section.rows[at].organisation = section.rows[at + 1].organisation.take(),
        DamageKind::OrganisationsTogether => {
            section.rows.iter_mut().for_each(|row| row.organisation = None);
            section.rows[at].organisation = Some(format!("労働局 {city}"));
        }
        DamageKind::RowBroken => section.rows[at].is_broken = true,
        DamageKind::MarkWithDivision | DamageKind::FirstCellGone => {
            let with_division = kind == DamageKind::MarkWithDivision;
            let cells = if with_division { Cells::MarkWithDivision } else { Cells::WithoutOrganisation };
            section.rows[at].begins_page = true;
            section.rows[at..].iter_mut().for_each(|row| row.cells = cells);
        }
        DamageKind::AsOfMalformed | DamageKind::AsOfWithoutEnd => misdate(kind, &mut section.rows[at]),
        DamageKind::StrayTags => section.rows[at].has_tags = true,
        DamageKind::DashRow => section.has_dashes = true,
        DamageKind::WrongSum => miscount(&mut section.rows[at], chance.between(1, 9)),
        DamageKind::OpenState => section.rows[at].items.push(open_item()),
        DamageKind::StaleYear => section.rows[at].items.push(stale_item(year - 1, chance.between(3, 60))),
        DamageKind::ContentsTitle => section.title_in_contents = title_varied,
    }
}

fn misdate(kind: DamageKind, row: &mut ReportRow) {
    let Some(note) = &mut row.note else { return };
    let short = short_month(note.year, note.month);
    if kind == DamageKind::AsOfMalformed {
        note.printed = format!("({}月末時点)", short.replacen('.', " 年. ", 1));
    } else {
        note.printed = format!("({short}月時点)");
        note.date = format!("{}-{:02}", note.year, note.month);
    }
}

/// Increases the printed total, so that it differs from the sum of its parts.
fn miscount(row: &mut ReportRow, by: u32) {
    let Some(item) = row.items.iter_mut().find(|item| item.is_sum) else { return };
    let Some(total) = item.figures.first_mut() else { return };
    let Some(right) = total.value.as_ref().and_then(|value| value.parse::<u32>().ok()) else { return };
    item.text = item.text.replacen(&separated(right), &separated(right + by), 1);
    total.value = Some((right + by).to_string());
}

fn open_item() -> Item {
    let figure = FigureTruth {
        label: "追加の回 参加者".to_owned(),
        state: State::Recruiting,
        value: None,
        unit: None,
        as_of: None,
    };
    Item { text: "追加の回 参加者（募集中）".to_owned(), figures: vec![figure], is_sum: false }
}

fn stale_item(year: i16, number: u32) -> Item {
    let figure = FigureTruth {
        label: "問合せ件数".to_owned(),
        state: State::Value,
        value: Some(number.to_string()),
        unit: Some("件".to_owned()),
        as_of: None,
    };
    Item { text: format!("{}の問合せ件数 {number} 件", fiscal_year(year)), figures: vec![figure], is_sum: false }
}
