//! 取組の表 — the tables of sections, of initiatives, and of their divisions.

use std::collections::BTreeMap;

use renkei_document::document::{Document, Initiative, PlanTable, Section};
use renkei_document::party::{Party, PartyKey};

use super::codes::{kind_code, kind_word};
use super::definitions as columns;
use super::table::{Column, Datum, Table};

/// Maximum number of characters of the column 取組内容. Normalising can turn one character into two, and each of them needs
/// up to two of the 32,767 units of a cell.
const LONGEST_CONTENT: usize = 8_000;

/// A plan with the prefix of its rows' ids, for example 2025-progress.
pub(super) struct Named<'a> {
    pub key: String,
    pub plan: &'a PlanTable,
}

/// Returns each plan of a document with its prefix. A second table of the same year and kind gets 2025-progress-b.
pub(super) fn named(document: &Document) -> Vec<Named<'_>> {
    let mut seen = BTreeMap::new();
    let key = |plan: &PlanTable| {
        let key = format!("{}-{}", plan.fiscal_year.0, kind_code(plan.kind));
        let times: &mut u8 = seen.entry(key.clone()).or_default();
        *times = times.saturating_add(1);
        if *times == 1 { key } else { format!("{key}-{}", char::from(b'a' + (*times - 1).min(25))) }
    };
    let mut key = key;
    document.plans.iter().map(|plan| Named { key: key(plan), plan }).collect()
}

impl<'a> Named<'a> {
    /// Returns the first cells of every row of a plan's tables: fiscal year and kind.
    pub(super) fn begins(&self) -> [Datum; 4] {
        let (year, kind) = (self.plan.fiscal_year, self.plan.kind);
        [
            Datum::number(year.0),
            Datum::text(&year.to_string()),
            Datum::text(kind_code(kind)),
            Datum::text(kind_word(kind)),
        ]
    }

    /// Returns each section with its id (2025-progress-1-2) and the number and title of its chapter.
    fn sections(&self) -> impl Iterator<Item = (String, [Datum; 2], &'a Section)> {
        self.plan.chapters.iter().flat_map(move |chapter| {
            chapter.sections.iter().map(move |section| {
                let id = format!("{}-{}-{}", self.key, chapter.number, section.number);
                (id, [Datum::number(chapter.number), Datum::text(&chapter.title)], section)
            })
        })
    }

    /// Returns each row with its id: 2025-progress-1-2-3.
    pub(super) fn rows(&self) -> impl Iterator<Item = (String, &'a Initiative)> {
        self.sections().flat_map(|(id, _, section)| {
            section.initiatives.iter().map(move |row| (format!("{id}-{}", row.number), row))
        })
    }
}

pub(super) fn tables(document: &Document, parties: &[Party]) -> Vec<Table> {
    let named = named(document);
    let mut rows: [Vec<Vec<Datum>>; 3] = Default::default();
    for plan in &named {
        for (id, chapter, section) in plan.sections() {
            let place = |first: &str| {
                let mut cells = vec![Datum::text(first)];
                cells.extend(plan.begins());
                cells.extend(chapter.clone());
                cells.extend([Datum::number(section.number), Datum::text(&section.title)]);
                cells
            };
            let mut cells = place(&id);
            cells.push(Datum::or_empty(section.lead.as_deref()));
            rows[0].push(cells);
            for row in &section.initiatives {
                let mut cells = place(&format!("{id}-{}", row.number));
                cells.push(Datum::number(row.number));
                cells.extend(party(&row.party, parties));
                cells.push(Datum::text(&whole_text(row)));
                rows[1].push(cells);
            }
        }
        rows[2].extend(plan.rows().flat_map(|(id, row)| divisions(&id, plan, row)));
    }
    let [sections, initiatives, divisions] = rows;
    let table = |name, file_name, columns: &'static [Column], rows| Table { name, file_name, columns, rows };
    vec![
        table("取組", "initiatives", &columns::INITIATIVES, initiatives),
        table("取組の所管課", "divisions", &columns::DIVISIONS, divisions),
        table("項目", "sections", &columns::SECTIONS, sections),
    ]
}

/// Returns the party's code and its official name.
pub(super) fn party(key: &PartyKey, parties: &[Party]) -> [Datum; 2] {
    let known = parties.iter().find(|party| party.key == *key);
    let name = known.map_or_else(|| crate::sheet::name_without_agreement(key).to_owned(), |party| party.name.clone());
    [Datum::text(key.as_str()), Datum::text(&name)]
}

fn divisions(id: &str, plan: &Named<'_>, row: &Initiative) -> Vec<Vec<Datum>> {
    let numbered = (1..).zip(&row.divisions);
    let cells = numbered.map(|(number, division): (usize, &String)| {
        let mut cells = vec![Datum::text(id)];
        cells.extend(plan.begins());
        cells.extend([Datum::number(number), Datum::text(division)]);
        cells
    });
    cells.collect()
}

/// Returns the whole text of a row on one line; the end is cut off if the text is too long for a cell.
fn whole_text(row: &Initiative) -> String {
    let items = (0..).zip(&row.items).map(|(place, item)| format!("{}{item}", row.mark_of_item(place)));
    let lines = row.text.lines().map(str::to_owned).chain(items);
    let whole = lines.filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" ");
    match whole.char_indices().nth(LONGEST_CONTENT) {
        Some((end, _)) => format!("{}（続きはJSONにある）", &whole[..end]),
        None => whole,
    }
}
