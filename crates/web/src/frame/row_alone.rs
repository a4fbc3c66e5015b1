//! One row of a table, found and printed without reading the other rows.

use std::collections::HashMap;

use renkei_document::document::{Chapter, PlanTable, Section};
use renkei_document::id::{self, Id};

use crate::frame::row_block::{Placing, RowPosition, placings, positions_in};

/// A row as its table prints it, without the other rows of the table.
#[derive(Debug, PartialEq)]
pub struct RowAlone {
    /// The table, reduced to this row.
    pub table: PlanTable,
    /// The ids of the preceding and the following row. If a row occurs several times, only its first occurrence counts.
    pub previous: Option<Id<id::Initiative>>,
    pub next: Option<Id<id::Initiative>>,
}

/// The position of each row in a table. If a row occurs several times, only its first occurrence counts.
pub type RowIndex = HashMap<Id<id::Initiative>, Neighbours>;

/// A row's place in its table, and the rows before and after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbours {
    pub place: RowPosition,
    pub previous: Option<Id<id::Initiative>>,
    pub next: Option<Id<id::Initiative>>,
}

impl RowAlone {
    pub fn placing(&self) -> Option<Placing<'_>> {
        placings(&self.table).next()
    }
}

/// Returns the places of the rows of a table.
pub fn row_index_of(table: &PlanTable) -> RowIndex {
    let places = positions_in(table).filter(|(_, placing)| !placing.row.repeated);
    let all: Vec<_> = places.filter_map(|(place, placing)| Some((placing.row.id?, place))).collect();
    let id_at = |number: Option<usize>| all.get(number?).map(|(id, _)| *id);
    let neighbours = all.iter().enumerate().map(|(number, (id, place))| {
        let (previous, next) = (id_at(number.checked_sub(1)), id_at(Some(number + 1)));
        (*id, Neighbours { place: *place, previous, next })
    });
    neighbours.collect()
}

/// Returns a copy of a table that contains only this row, in its chapter and section.
pub fn alone(table: &PlanTable, placing: Placing<'_>) -> PlanTable {
    let chapters = table.chapters.iter().filter(|chapter| chapter.number == placing.chapter).map(|chapter| {
        let sections = chapter.sections.iter().filter(|section| section.number == placing.section);
        let sections = sections.map(|section| Section {
            id: section.id,
            number: section.number,
            title: section.title.clone(),
            lead: section.lead.clone(),
            initiatives: vec![placing.row.clone()],
            source: section.source.clone(),
        });
        let (number, title, source) = (chapter.number, chapter.title.clone(), chapter.source.clone());
        Chapter { number, title, sections: sections.collect(), source }
    });
    let (id, fiscal_year, kind, title) = (table.id, table.fiscal_year, table.kind, table.title.clone());
    PlanTable { id, fiscal_year, kind, title, chapters: chapters.collect() }
}
