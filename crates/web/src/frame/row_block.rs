//! A row of a plan as pages show it: its party, mark and divisions, and its text, which is cut into runs of equal
//! appearance.

use std::ops::Range;

use renkei_document::document::{Initiative as Row, PlanTable};
use renkei_document::figure::Figure;
use renkei_document::id::Id;
use renkei_document::language::Language;
use renkei_document::party::PartyKey;
use renkei_domain::agreement::Agreement;
use renkei_domain::plan::lineage::RowRef;
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::figure_words::small_print;
use crate::frame::hits::hits;
use crate::frame::names::{mark_of, row_name};
use crate::frame::runs::{Change, Overlay, Run, runs};

/// A party's name, and its mark of one character (two characters if the names of two parties begin with the same one).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyMark {
    pub key: String,
    pub mark: String,
    pub name: String,
    /// Position of the party in the agreement, from 1. It selects a style, which marks the party in addition to its
    /// name.
    pub place: usize,
}

/// Returns the marks of all parties of an agreement.
pub fn party_marks(agreement: AgreementView<'_>) -> Vec<PartyMark> {
    let parties = &agreement.agreement.parties;
    let names: Vec<&str> = parties.iter().map(|party| agreement.party_short_name(party.id)).collect();
    let initial = |name: &str, length| name.chars().take(length).collect::<String>();
    let alike = names
        .iter()
        .enumerate()
        .any(|(place, name)| names[..place].iter().any(|other| initial(other, 1) == initial(name, 1)));
    let mark = |(place, (party, name)): (usize, (&renkei_domain::agreement::AgreementParty, &&str))| PartyMark {
        key: party.key.as_str().to_owned(),
        mark: initial(name, if alike { 2 } else { 1 }),
        name: (*name).to_owned(),
        place: place + 1,
    };
    parties.iter().zip(&names).enumerate().map(mark).collect()
}

/// Returns the mark of a row's party.
pub fn party_mark(marks: &[PartyMark], key: &PartyKey) -> PartyMark {
    let known = marks.iter().find(|mark| mark.key == key.as_str()).cloned();
    known.unwrap_or_else(|| PartyMark { key: key.to_string(), mark: "他".into(), name: "その他".into(), place: 0 })
}

/// One paragraph or item of a row, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The bullet of an item; empty for a paragraph.
    pub mark: String,
    pub runs: Vec<Run>,
}

/// A row as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowBlock {
    pub anchor: String,
    pub href: String,
    /// Mark of the row: ④.
    pub mark: String,
    /// Name of the row: 令和7年度 1(5) ④.
    pub name: String,
    pub party: PartyMark,
    pub divisions: Vec<String>,
    pub blocks: Vec<Block>,
    /// Number of findings about the row.
    pub findings: usize,
}

/// The marks on the blocks of a row in addition to its figures, and the language of the page's own words.
#[derive(Debug, Clone)]
pub struct Marks<'a> {
    /// The agreement to which the rows belong.
    pub agreement: Id<Agreement>,
    pub language: Language,
    /// The ranges that differ from another text, for each block.
    pub changed: &'a [Vec<Range<usize>>],
    pub change: Change,
    /// The words of the search, which are marked in the text.
    pub query: &'a str,
    /// Whether each figure is followed by its as-of date and scope.
    pub small_print: bool,
}

impl Marks<'_> {
    /// Returns no marks except the figures.
    pub fn none(agreement: Id<Agreement>, language: Language) -> Self {
        Self { agreement, language, changed: &[], change: Change::Same, query: "", small_print: false }
    }
}

/// A row with its place in a table.
#[derive(Clone, Copy)]
pub struct Placing<'a> {
    pub table: &'a PlanTable,
    pub chapter: u32,
    pub section: u32,
    pub row: &'a Row,
}

/// Returns every row of a table with its chapter and section numbers.
pub fn placings(table: &PlanTable) -> impl Iterator<Item = Placing<'_>> {
    positions_in(table).map(|(_, placing)| placing)
}

/// The position of a row in its table: the indices of its chapter, of its section in the chapter, and of the row in the
/// section, all from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPosition([usize; 3]);

/// Returns every row of a table with its position.
pub fn positions_in(table: &PlanTable) -> impl Iterator<Item = (RowPosition, Placing<'_>)> {
    table.chapters.iter().enumerate().flat_map(move |(c, chapter)| {
        chapter.sections.iter().enumerate().flat_map(move |(s, section)| {
            let placing = move |row| Placing { table, chapter: chapter.number, section: section.number, row };
            section.initiatives.iter().enumerate().map(move |(r, row)| (RowPosition([c, s, r]), placing(row)))
        })
    })
}

impl RowPosition {
    /// Returns the row at this position.
    pub fn within(self, table: &PlanTable) -> Option<Placing<'_>> {
        let [c, s, r] = self.0;
        let chapter = table.chapters.get(c)?;
        let section = chapter.sections.get(s)?;
        let row = section.initiatives.get(r)?;
        Some(Placing { table, chapter: chapter.number, section: section.number, row })
    }
}

impl Placing<'_> {
    pub fn name(self, language: Language) -> String {
        row_name(language, self.table, self.chapter, self.section, self.row)
    }

    /// Returns the address of the row's page in its agreement.
    pub fn href(self, agreement: Id<Agreement>) -> String {
        self.row.id.map_or_else(|| "/".to_owned(), |id| address::initiative(agreement, id))
    }

    pub fn block(self, parties: &[PartyMark], findings: usize, marks: &Marks<'_>) -> RowBlock {
        RowBlock {
            anchor: address::row_anchor(self.chapter, self.section, self.row.number),
            href: self.href(marks.agreement),
            mark: mark_of(self.row),
            name: self.name(marks.language),
            party: party_mark(parties, &self.row.party),
            divisions: self.row.divisions.clone(),
            blocks: blocks(self.row, &self.href(marks.agreement), marks),
            findings,
        }
    }
}

/// Returns the row's own text, then the texts of its items.
pub fn texts(row: &Row) -> Vec<&str> {
    std::iter::once(row.text.as_str()).chain(row.items.iter().map(String::as_str)).collect()
}

/// Returns the blocks of a row. Each figure links to its details on the row's page. If the row's own text is empty and
/// it has items, the empty text gets no block.
pub fn blocks(row: &Row, href: &str, marks: &Marks<'_>) -> Vec<Block> {
    let texts = texts(row);
    let mut blocks = Vec::with_capacity(texts.len());
    for (place, text) in texts.into_iter().enumerate() {
        let item = place.checked_sub(1);
        if item.is_none() && text.trim().is_empty() && !row.items.is_empty() {
            continue;
        }
        let mut overlay = figures(row, item, text, href, marks);
        overlay.change = marks.change;
        overlay.changed = marks.changed.get(place).cloned().unwrap_or_default();
        overlay.hits = hits(text, marks.query);
        let mark = item.map_or("", |item| row.mark_of_item(item)).to_owned();
        blocks.push(Block { mark, runs: runs(text, &overlay) });
    }
    blocks
}

/// Returns the figures of one block, and the small print after them.
fn figures(row: &Row, item: Option<usize>, text: &str, href: &str, marks: &Marks<'_>) -> Overlay {
    let mut overlay = Overlay::default();
    for (place, figure) in row.figures.iter().enumerate() {
        let Some(span) = figure.span.filter(|span| span.item.map(|item| item as usize) == item) else { continue };
        let range = span.start as usize..span.end as usize;
        let fits = text.get(range.clone()).is_some_and(|printed| !printed.is_empty());
        if !fits || overlay.figures.last().is_some_and(|(last, _)| last.end > range.start) {
            continue;
        }
        let small = if marks.small_print { small_print(marks.language, figure, text) } else { String::new() };
        if !small.is_empty() {
            overlay.small.push((behind_unit(text, figure, range.end), small));
        }
        overlay.figures.push((range, format!("{href}#{}", figure_anchor(place))));
    }
    overlay
}

/// Returns the offset after the unit that follows a number, so that number and unit stay together (1,304件).
fn behind_unit(text: &str, figure: &Figure, end: usize) -> usize {
    let rest = &text[end..];
    let gap = rest.len() - rest.trim_start().len();
    match figure.unit.as_deref().filter(|unit| rest[gap..].starts_with(unit)) {
        Some(unit) => end + gap + unit.len(),
        None => end,
    }
}

/// Returns the anchor of a figure on the row's page. `place` is the index of the figure, from 0.
pub fn figure_anchor(place: usize) -> String {
    format!("n{}", place + 1)
}

/// Whether a reference of a lineage refers to this row.
pub fn names(reference: &RowRef, placing: Placing<'_>) -> bool {
    (reference.chapter, reference.section, reference.number) == (placing.chapter, placing.section, placing.row.number)
        && reference.party == placing.row.party
}

/// Returns the row that a reference of a lineage refers to.
pub fn row_of<'a>(table: &'a PlanTable, reference: &RowRef) -> Option<Placing<'a>> {
    placings(table).find(|placing| names(reference, *placing))
}
