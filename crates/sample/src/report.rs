//! The tables of a report as data, before they are printed. Damage is planted in this data.

use crate::measured::{AsOfNote, Item, as_of_note, items};
use crate::office::Party;
use crate::strand::{Strand, YearSection, in_year, office_name};
use crate::truth::{DamageKind, Table};

/// One of the two tables.
pub struct ReportTable {
    pub table: Table,
    pub fiscal_year: i16,
    pub sections: Vec<ReportSection>,
}

/// A section with its rows.
pub struct ReportSection {
    pub chapter: usize,
    pub number: usize,
    pub title: &'static str,
    /// Another wording of the title, for the damage `ContentsTitle`.
    pub title_varied: &'static str,
    /// The title as the contents print it.
    pub title_in_contents: &'static str,
    pub lead: &'static str,
    pub rows: Vec<ReportRow>,
    pub has_dashes: bool,
}

/// A row before it is printed.
pub struct ReportRow {
    pub party: Party,
    pub origins: Vec<u64>,
    /// The cell of the organisation; `None` if the cell of a row above spans to this row.
    pub organisation: Option<String>,
    pub mark: String,
    pub divisions: Vec<&'static str>,
    pub text: String,
    pub items: Vec<Item>,
    pub note: Option<AsOfNote>,
    pub cells: Cells,
    pub has_tags: bool,
    /// Whether the items are on a separate line after a page break.
    pub is_broken: bool,
    /// Whether a blank line precedes the row.
    pub begins_page: bool,
    pub planted: Vec<DamageKind>,
}

/// The layout of a row's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// Four cells: organisation, mark, division, text.
    Four,
    /// Three cells: organisation; mark and division; text.
    MarkWithDivision,
    /// Three cells: mark, division, text.
    WithoutOrganisation,
}

/// The city (its seed) and the size for which a table is made.
pub struct Scene<'a> {
    pub seed: u64,
    pub city: &'a str,
    pub rows_per_section: Option<usize>,
}

impl ReportTable {
    /// Returns the table of a year without damage.
    pub fn new(scene: &Scene, table: Table, fiscal_year: i16) -> Self {
        let sections = in_year(scene.seed, fiscal_year, scene.rows_per_section);
        let sections = sections.iter().map(|section| report_section(scene, section, table, fiscal_year)).collect();
        Self { table, fiscal_year, sections }
    }
}

fn report_section(scene: &Scene, section: &YearSection, table: Table, year: i16) -> ReportSection {
    let mut rows = Vec::new();
    let mut ruling = None;
    for (place, strand) in section.strands.iter().enumerate() {
        let mut row = report_row(scene.seed, strand, table, year);
        row.mark = mark(place + 1);
        row.organisation = (ruling != Some(row.party)).then(|| organisation(scene, row.party));
        ruling = Some(row.party);
        rows.push(row);
    }
    ReportSection {
        chapter: section.chapter,
        number: section.number,
        title: section.section.title,
        title_varied: section.section.title_varied,
        title_in_contents: section.section.title,
        lead: section.section.lead,
        rows,
        has_dashes: false,
    }
}

fn report_row(seed: u64, strand: &Strand, table: Table, year: i16) -> ReportRow {
    let is_result = table == Table::Progress;
    let items = if is_result { items(seed, strand, year) } else { Vec::new() };
    ReportRow {
        party: strand.offices.first().map_or(Party::City, |office| office.party()),
        origins: strand.parts.iter().map(|part| part.origin).collect(),
        organisation: None,
        mark: String::new(),
        divisions: strand.offices.iter().map(|office| office_name(seed, *office, year)).collect(),
        text: if is_result { strand.result_text() } else { strand.plan_text() },
        note: as_of_note(seed, strand, year).filter(|_| !items.is_empty()),
        items,
        cells: Cells::Four,
        has_tags: false,
        is_broken: false,
        begins_page: false,
        planted: Vec::new(),
    }
}

fn organisation(scene: &Scene, party: Party) -> String {
    match party {
        Party::City => scene.city.to_owned(),
        Party::LabourBureau => "労働局".to_owned(),
    }
}

/// Returns the mark for a number: ① to ㊿.
pub fn mark(number: usize) -> String {
    let code = match u32::try_from(number).unwrap_or_default() {
        n @ 1..=20 => 0x2460 + n - 1,
        n @ 21..=35 => 0x3251 + n - 21,
        n @ 36..=50 => 0x32b1 + n - 36,
        n => return n.to_string(),
    };
    char::from_u32(code).map(String::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_to_fifty() {
        for (number, expected) in [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "51")]
        {
            assert_eq!(mark(number), expected);
        }
    }

    #[test]
    fn an_organisation_is_named_where_it_begins() {
        let scene = Scene { seed: 1, city: "若草市", rows_per_section: None };
        for section in ReportTable::new(&scene, Table::Progress, 2025).sections {
            let cells: Vec<&str> = section.rows.iter().filter_map(|row| row.organisation.as_deref()).collect();
            assert_eq!(cells, ["労働局", "若草市"], "{}", section.title);
        }
    }
}
