//! 前年度と並べる: last year's rows beside each row of this year, with the differences marked.

use std::collections::HashMap;

use renkei_document::document::PlanTable;
use renkei_document::id::Id;
use renkei_document::language::Language;
use renkei_document::word_diff::{ListDifference, list_difference};
use renkei_domain::agreement::Agreement;
use renkei_domain::plan::lineage::{Lineage, Relation, RowRef};

use crate::frame::phrases::say;
use crate::frame::row_block::{Block, Marks, PartyMark, Placing, RowBlock, names, placings, row_of, texts};
use crate::frame::runs::Change;

/// 前年度: the rows of last year that one row of this year came from.
#[derive(Debug, Clone)]
pub struct Before {
    /// How the row came from last year's rows: 継続, 内容変更…
    pub relation: &'static str,
    /// Whether the texts have so little in common that their differences are not marked.
    pub rewritten: bool,
    pub rows: Vec<RowBlock>,
}

/// Last year's table, with which this year's table is compared.
pub struct Beside<'a> {
    pub agreement: Id<Agreement>,
    pub language: Language,
    pub old: &'a PlanTable,
    pub lineage: &'a Lineage,
}

impl<'a> Beside<'a> {
    /// Returns last year's rows that a row came from, and the blocks of the row itself with its new words marked.
    pub fn compare(&self, placing: Placing<'_>, parties: &[PartyMark]) -> (Before, Vec<Block>) {
        let suggestion = self.lineage.rows.iter().find(|suggestion| names(&suggestion.to, placing));
        let relation = suggestion.map_or(Relation::New, |suggestion| suggestion.relation);
        let references = suggestion.map(|suggestion| suggestion.from.as_slice()).unwrap_or_default();
        let old: Vec<Placing<'a>> = references.iter().filter_map(|known| row_of(self.old, known)).collect();
        let old_texts: Vec<&str> = old.iter().flat_map(|old| compared(*old, placing)).collect();
        let new_texts = texts(placing.row);
        let mut found = list_difference(&old_texts, &new_texts);
        let rewritten = !old.is_empty() && is_rewritten(&found, &old_texts, &new_texts);
        if rewritten || old.is_empty() {
            found = ListDifference::default();
        }
        let mut gone = found.gone.as_slice();
        let rows = old.iter().map(|old| {
            let (own, rest) = gone.split_at(compared(*old, placing).len().min(gone.len()));
            gone = rest;
            let marks = Marks { changed: own, change: Change::Gone, ..Marks::none(self.agreement, self.language) };
            old.block(parties, 0, &marks)
        });
        let before = Before { relation: say(self.language, relation.name()), rewritten, rows: rows.collect() };
        let marks = Marks {
            changed: &found.come,
            change: Change::Come,
            small_print: true,
            ..Marks::none(self.agreement, self.language)
        };
        (before, placing.block(parties, 0, &marks).blocks)
    }

    /// Returns the rows of last year that no row of this year continues.
    pub fn ended(&self) -> impl Iterator<Item = Placing<'a>> {
        let mut known = HashMap::new();
        for placing in placings(self.old) {
            known.entry((placing.chapter, placing.section, placing.row.number, &placing.row.party)).or_insert(placing);
        }
        let of = move |row: &RowRef| known.get(&(row.chapter, row.section, row.number, &row.party)).copied();
        self.lineage.ended.iter().filter_map(of)
    }
}

/// Returns the texts of an old row with which a new row is compared. If the new row has no items, omits the items of
/// the old row: they report results, which a plan does not have.
fn compared<'a>(old: Placing<'a>, new: Placing<'_>) -> Vec<&'a str> {
    let mut compared = texts(old.row);
    if new.row.items.is_empty() {
        compared.truncate(1);
    }
    compared
}

/// Whether less than a quarter of the shorter text, in bytes, was kept from last year.
fn is_rewritten(found: &ListDifference, old: &[&str], new: &[&str]) -> bool {
    let marked =
        |places: &[Vec<std::ops::Range<usize>>]| places.iter().flatten().map(|place| place.len()).sum::<usize>();
    let length = |texts: &[&str]| texts.iter().map(|text| text.len()).sum::<usize>();
    let kept = length(new).saturating_sub(marked(&found.come));
    kept * 4 < length(new).min(length(old))
}
