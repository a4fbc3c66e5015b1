//! Drafts → plan tables: adds party and place to each row. Figures are read later.

use renkei_document::document::{Chapter, Initiative, PlanTable, Section};
use renkei_document::party::PartyKey;

use crate::drafts::{DraftPlan, DraftRow, DraftSection};
use crate::parties::Parties;

/// Returns the table of a draft; `parties_of_rows` returns the party of each row, in order.
pub fn table(plan: DraftPlan, parties_of_rows: &mut impl Iterator<Item = usize>, parties: &Parties) -> PlanTable {
    let mut chapters = Vec::new();
    for (place, chapter) in plan.chapters.into_iter().enumerate() {
        let sections = chapter.sections.into_iter().enumerate();
        let sections = sections.map(|(at, draft)| section(draft, at, parties_of_rows, parties)).collect();
        chapters.push(Chapter { number: place as u32 + 1, title: chapter.title, sections, source: chapter.source });
    }
    PlanTable { id: None, fiscal_year: plan.fiscal_year, kind: plan.kind, title: plan.title, chapters }
}

fn section(
    draft: DraftSection,
    place: usize,
    parties_of_rows: &mut impl Iterator<Item = usize>,
    parties: &Parties,
) -> Section {
    let rows = draft.rows.into_iter().enumerate();
    Section {
        id: None,
        number: place as u32 + 1,
        title: draft.title,
        lead: draft.lead,
        initiatives: rows.map(|(at, row)| initiative(row, at, parties_of_rows.next(), parties)).collect(),
        source: draft.source,
    }
}

fn initiative(row: DraftRow, place: usize, party: Option<usize>, parties: &Parties) -> Initiative {
    let key = party.and_then(|party| parties.list.get(party)).map(|party| party.key.clone());
    let printed = row.raw.division;
    let content = row.content;
    let all_dots = content.marks.iter().all(|mark| mark == "・");
    Initiative {
        id: None,
        party: key.unwrap_or_else(|| PartyKey::new("other")),
        number: place as u32 + 1,
        mark: row.raw.mark.map(|mark| mark.printed),
        divisions_printed: (row.divisions.join("、") != printed).then_some(printed),
        divisions: row.divisions,
        text: content.text,
        items: content.items,
        item_marks: if all_dots { Vec::new() } else { content.marks },
        particulars: Default::default(),
        repeated: false,
        figures: Vec::new(),
        lines: row.lines,
    }
}
