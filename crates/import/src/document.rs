//! Blocks → document: finds the agreement, cover, contents, purpose and plans in the file.

use std::collections::HashSet;
use std::ops::Range;

use renkei_document::document::{AgreementText, Document, FORMAT, Imported, PlanKind};
use renkei_document::finding::Finding;
use renkei_document::fiscal_year::FiscalYear;

use crate::agreement::{self, FoundAgreement};
use crate::blocks::{Block, squash};
use crate::contents::{self, Contents};
use crate::divisions::{self, Known};
use crate::drafts::DraftPlan;
use crate::front;
use crate::marks::{self, Level};
use crate::ownership;
use crate::parties::Parties;
use crate::plans::{self, PlanHeading, PlanReader};
use crate::proofreading;
use crate::tables;
use crate::unread::Unread;
use crate::years;

/// The part of the document that a block belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zone {
    Free,
    Agreement,
    Contents,
}

/// A part of the body: from its heading to the next one.
struct Part {
    title: String,
    /// The block of its heading; `None` in a document without parts, because its title is on the cover.
    heading: Option<usize>,
    body: Range<usize>,
}

impl Part {
    fn start(&self) -> usize {
        self.heading.unwrap_or(self.body.start)
    }
}

/// Reads the structure of a document, without figures.
pub fn read(blocks: &[Block]) -> Imported<Document> {
    let mut reader = Reader::new(blocks);
    let parts = reader.parts();
    reader.cover(parts.first().map_or(blocks.len(), Part::start));
    let mut drafts = Vec::new();
    for part in &parts {
        reader.part(part, &mut drafts);
    }
    reader.finish(drafts)
}

struct Reader<'a> {
    blocks: &'a [Block],
    zones: Vec<Zone>,
    contents: Contents,
    agreement: Option<AgreementText>,
    parties: Parties,
    titles: HashSet<String>,
    document: Document,
    findings: Vec<Finding>,
    unread: Unread,
}

impl<'a> Reader<'a> {
    fn new(blocks: &'a [Block]) -> Self {
        let mut contents = contents::read(blocks);
        let mut zones = vec![Zone::Free; blocks.len()];
        zones[contents.blocks.clone()].fill(Zone::Contents);
        let found =
            agreement::read(blocks, |at| zones[at] != Zone::Free || blocks[at].is_row() || is_part(&blocks[at]));
        let (agreement, parties) = match found {
            Some(FoundAgreement { text, blocks, parties }) => {
                zones[blocks].fill(Zone::Agreement);
                (Some(text), parties)
            }
            None => (None, Parties::default()),
        };
        let titles = contents.entries.iter().map(|entry| squash(&entry.title)).collect();
        let mut document = Document { format: FORMAT.to_owned(), ..Document::default() };
        document.front_matter.contents = std::mem::take(&mut contents.entries);
        Self {
            blocks,
            zones,
            contents,
            agreement,
            parties,
            titles,
            document,
            findings: Vec::new(),
            unread: Unread::default(),
        }
    }

    fn free(&self, range: Range<usize>) -> impl Iterator<Item = &'a Block> + use<'a, '_> {
        let blocks = self.blocks;
        range.filter(|at| self.zones[*at] == Zone::Free).map(move |at| &blocks[at])
    }

    /// Returns the parts, which begin at the headings 第1 …. If none of them is a plan, adds the one that
    /// `untitled_plan` finds.
    fn parts(&self) -> Vec<Part> {
        let free = |at: &usize| self.zones[*at] == Zone::Free;
        let mut parts: Vec<Part> = (0..self.blocks.len())
            .filter(free)
            .filter_map(|at| {
                part_title(&self.blocks[at]).map(|title| Part { title, heading: Some(at), body: at + 1..0 })
            })
            .collect();
        if !parts.iter().any(|part| plans::kind(&part.title).is_some()) {
            parts.extend(self.untitled_plan());
            parts.sort_by_key(Part::start);
        }
        let ends: Vec<usize> = parts.iter().skip(1).map(Part::start).chain([self.blocks.len()]).collect();
        for (part, end) in parts.iter_mut().zip(ends) {
            part.body.end = end;
        }
        parts
    }

    /// Returns the plan of a document without parts. The plan begins with the line above the tables that names a year
    /// and a kind of table.
    fn untitled_plan(&self) -> Option<Part> {
        let is_marked_row = |block: &Block| match &block.body {
            crate::blocks::Body::Row(cells) => cells.iter().take(4).any(|cell| marks::mark(&cell.text()).is_some()),
            _ => false,
        };
        let first_row =
            (0..self.blocks.len()).find(|at| self.zones[*at] == Zone::Free && is_marked_row(&self.blocks[*at]))?;
        let above = (first_row.saturating_sub(40)..first_row).rev().filter(|at| self.zones[*at] == Zone::Free);
        let named = |at: &usize| {
            let line = self.blocks[*at].line_text();
            line.chars().count() <= 60 && plans::kind(&line).is_some() && years::fiscal_year(&line).is_some()
        };
        let at = above.into_iter().find(named)?;
        let is_heading = |at: &usize| marks::numbered(&self.blocks[*at].line_text()).is_some();
        let body = (at + 1..first_row).find(is_heading).unwrap_or(first_row);
        Some(Part { title: self.blocks[at].line_text(), heading: None, body: body..0 })
    }

    fn cover(&mut self, end: usize) {
        let blocks: Vec<&Block> = self.free(0..end).collect();
        let lines: Vec<String> = blocks.iter().map(|block| block.line_text()).collect();
        let cover = front::read_cover(&lines, &mut self.parties, &mut self.document.front_matter);
        self.document.issued_on = cover.issued_on;
        for place in cover.unread {
            self.unread.line(blocks[place].line, &lines[place]);
        }
        let titles = &self.document.front_matter.title_lines;
        self.document.title = (!titles.is_empty()).then(|| titles.concat());
    }

    fn part(&mut self, part: &Part, drafts: &mut Vec<DraftPlan>) {
        let kind = plans::kind(&part.title);
        let has_rows = self.free(part.body.clone()).any(Block::is_row);
        let year = years::fiscal_year(&part.title).or_else(|| self.year_of_document());
        let body = part.body.clone();
        match (kind, year) {
            (Some(kind), Some(fiscal_year)) => {
                self.plan(PlanHeading { fiscal_year, kind, title: part.title.clone() }, body, drafts)
            }
            (None, Some(fiscal_year)) if has_rows => {
                let heading = PlanHeading { fiscal_year, kind: PlanKind::Plan, title: part.title.clone() };
                self.plan(heading, body, drafts);
            }
            _ => self.purpose(part, body),
        }
    }

    fn plan(&mut self, heading: PlanHeading, body: Range<usize>, drafts: &mut Vec<DraftPlan>) {
        let blocks: Vec<&Block> = self.free(body).collect();
        let reader = PlanReader::new(heading, &self.parties, &self.titles, &mut self.findings, &mut self.unread);
        drafts.push(reader.read(blocks.into_iter()));
    }

    fn purpose(&mut self, part: &Part, body: Range<usize>) {
        let is_purpose = ["趣旨", "目的", "はじめに"].iter().any(|word| part.title.contains(word));
        let blocks: Vec<&Block> = self.free(body).collect();
        if !is_purpose && let Some(heading) = part.heading {
            let heading = &self.blocks[heading];
            self.unread.line(heading.line, &heading.line_text());
        }
        let mut paragraphs = Vec::new();
        for block in blocks {
            if is_purpose && !block.is_row() {
                paragraphs.push(block.line_text());
            } else {
                self.unread.line(block.line, &block.line_text());
            }
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        let terms = front::defined_terms(&paragraphs);
        front::name_parties(&terms, &mut self.parties);
        self.document.front_matter.purpose.extend(paragraphs);
        self.document.front_matter.defined_terms.extend(terms);
    }

    /// Returns the year that the cover names, or the year in which the document was issued.
    fn year_of_document(&self) -> Option<FiscalYear> {
        let named = self.document.front_matter.title_lines.iter().filter_map(|line| years::fiscal_year(line)).max();
        named.or_else(|| self.document.issued_on.map(|issued| FiscalYear::of(issued.last_day())))
    }

    fn finish(mut self, mut drafts: Vec<DraftPlan>) -> Imported<Document> {
        drafts.retain(|plan| !plan.chapters.is_empty());
        name_unnamed_parties(&drafts, &mut self.parties);
        name_divisions(&mut drafts);
        let (parties_of_rows, mut findings) = ownership::settle(&drafts, &self.parties);
        self.findings.append(&mut findings);
        for plan in &drafts {
            proofreading::read(plan, &mut self.findings);
        }
        self.findings.extend(self.unread.findings());
        let mut of_rows = parties_of_rows.into_iter();
        self.document.plans = drafts.into_iter().map(|plan| tables::table(plan, &mut of_rows, &self.parties)).collect();
        self.findings.sort_by_key(|finding| finding.place.line);
        let plan_year =
            self.document.plans.iter().filter(|plan| plan.kind == PlanKind::Plan).map(|plan| plan.fiscal_year);
        self.document.fiscal_year =
            plan_year.max().or_else(|| self.document.plans.iter().map(|plan| plan.fiscal_year).max());
        let mut agreement = self.agreement;
        if agreement.is_none() && !self.parties.list.is_empty() {
            agreement = Some(AgreementText::default());
        }
        if let Some(agreement) = &mut agreement {
            agreement.parties = self.parties.list;
        }
        self.document.agreement = agreement;
        debug_assert!(self.contents.blocks.end <= self.blocks.len());
        Imported { value: self.document, findings: self.findings }
    }
}

/// Returns the title of a part: 第2 …, but not 第2条.
fn part_title(block: &Block) -> Option<String> {
    if block.is_row() {
        return None;
    }
    let line = block.line_text();
    let numbered = marks::numbered(&line).filter(|numbered| numbered.level == Level::Part)?;
    (numbered.title.chars().count() <= 60 && !numbered.title.ends_with('。')).then_some(numbered.title)
}

fn is_part(block: &Block) -> bool {
    part_title(block).is_some()
}

/// Takes the parties from the organisation cells if the document names them nowhere else.
fn name_unnamed_parties(drafts: &[DraftPlan], parties: &mut Parties) {
    let none_is_named = parties.list.is_empty();
    let rows = || drafts.iter().flat_map(DraftPlan::sections).flat_map(|section| &section.rows);
    for cell in rows().map(|row| squash(&row.raw.organisation)).filter(|cell| !cell.is_empty()) {
        if none_is_named || parties.in_cell(&cell).is_empty() {
            parties.add(&cell);
        }
    }
    for cell in rows().map(|row| squash(&row.raw.organisation)) {
        if parties.in_cell(&cell).is_empty() {
            parties.add_kind(&cell);
        }
    }
}

/// Sets the full names of the divisions of all rows, using the names that occur in the whole document.
fn name_divisions(drafts: &mut [DraftPlan]) {
    let mut known = Known::new();
    for row in drafts.iter_mut().flat_map(DraftPlan::rows_mut) {
        known.extend(divisions::pieces(&row.raw.division).into_iter().filter(|names| names.len() == 1).flatten());
    }
    for row in drafts.iter_mut().flat_map(DraftPlan::rows_mut) {
        row.divisions = divisions::split(&row.raw.division, &known);
    }
}
