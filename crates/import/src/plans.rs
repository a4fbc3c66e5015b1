//! 事業計画・進捗状況 — the blocks of one part → chapters, sections and rows.

use std::collections::HashSet;

use renkei_document::document::PlanKind;
use renkei_document::finding::{Finding, Notice};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::locus::Source;

use crate::blocks::{Block, Body, Cell, squash};
use crate::columns::Columns;
use crate::drafts::{DraftChapter, DraftPlan, DraftRow, DraftSection};
use crate::items::{ends_a_sentence, is_bullet};
use crate::marks::{self, Level, Numbered};
use crate::parties::Parties;
use crate::rows::{self, RowShape};
use crate::unread::Unread;

/// The content of a plan's heading.
#[derive(Debug, Clone)]
pub struct PlanHeading {
    pub fiscal_year: FiscalYear,
    pub kind: PlanKind,
    pub title: String,
}

/// Returns the kind of table that a title announces.
pub fn kind(title: &str) -> Option<PlanKind> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["進捗"]) {
        Some(PlanKind::Progress)
    } else if has(&["報告", "実績", "実施状況", "取組状況", "結果"]) {
        Some(PlanKind::Result)
    } else if has(&["計画", "取組内容", "連携事項"]) {
        Some(PlanKind::Plan)
    } else {
        None
    }
}

/// A reader of the blocks of one plan.
pub struct PlanReader<'a> {
    pub parties: &'a Parties,
    /// Titles of the contents without white space; a line with such a title is a heading even if it looks like a row.
    pub titles: &'a HashSet<String>,
    pub findings: &'a mut Vec<Finding>,
    pub unread: &'a mut Unread,
    plan: DraftPlan,
    columns: Option<Columns>,
    /// The last organisation that was printed on a separate line above its rows.
    organisation: String,
    /// Whether such a line precedes the rows of this section, so that the rows need no organisation column.
    is_under_organisation: bool,
    /// Lines of a chapter before its first section or row, with their line numbers.
    introduction: Vec<(u32, String)>,
    /// Whether chapters are numbered Ⅰ, Ⅱ. If so, the numbers 1, 2 belong to sections.
    has_great_chapters: bool,
    /// Number of the last line read. It is needed because text directly below a row may be the rest of its cell.
    last_line: u32,
}

impl<'a> PlanReader<'a> {
    pub fn new(
        heading: PlanHeading,
        parties: &'a Parties,
        titles: &'a HashSet<String>,
        findings: &'a mut Vec<Finding>,
        unread: &'a mut Unread,
    ) -> Self {
        let PlanHeading { fiscal_year, kind, title } = heading;
        let plan = DraftPlan { fiscal_year, kind, title, chapters: Vec::new() };
        Self {
            parties,
            titles,
            findings,
            unread,
            plan,
            columns: None,
            organisation: String::new(),
            is_under_organisation: false,
            introduction: Vec::new(),
            has_great_chapters: false,
            last_line: 0,
        }
    }

    pub fn read<'b>(mut self, blocks: impl Iterator<Item = &'b Block>) -> DraftPlan {
        for block in blocks {
            match &block.body {
                Body::Rule => {}
                Body::Text(text) => self.text(text, block.line),
                Body::Row(cells) => self.row(cells, block),
            }
            self.last_line = block.line;
        }
        self.settle_organisation(self.last_line);
        for (line, text) in self.introduction {
            self.unread.line(line, &text);
        }
        self.plan
    }

    fn text(&mut self, text: &str, line: u32) {
        if let Some(heading) = self.heading(text) {
            return self.begin(heading, text, line);
        }
        if is_page_number(text) {
            return;
        }
        if let Some(organisation) = self.organisation_alone(text) {
            self.organisation = organisation;
            return;
        }
        let is_below = line <= self.last_line + 1;
        let Some(section) = self.section() else { return self.introduction.push((line, text.to_owned())) };
        if section.rows.is_empty() {
            match &mut section.lead {
                Some(lead) => {
                    lead.push('\n');
                    lead.push_str(text);
                }
                None => section.lead = Some(text.to_owned()),
            }
        } else if section.rows.last().is_some_and(|row| goes_on(row, text, is_below)) {
            self.join("", &[text.to_owned()], line);
        } else {
            self.unread.line(line, text);
        }
    }

    /// If no rows follow the line of an organisation, assigns the organisation to the row above.
    fn settle_organisation(&mut self, line: u32) {
        let organisation = std::mem::take(&mut self.organisation);
        match self.section().and_then(|section| section.rows.last_mut()) {
            Some(row) if row.late_organisation.is_empty() => row.late_organisation = organisation,
            _ => self.unread.line(line, &organisation),
        }
    }

    /// Returns the organisation of the rows below, from a line above a table: 「【労働局】」, 「○ みどり市の取組」.
    fn organisation_alone(&self, text: &str) -> Option<String> {
        let bare = squash(text);
        let name = bare.trim_matches(|c: char| is_bullet(c) || "【】＜＞<>〔〕[]［］（）()".contains(c));
        let endings = ["が実施する取組", "による取組", "の主な取組", "の取組", "実施分", "の事業"];
        let name = endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
        (self.parties.in_cell(name).len() == 1).then(|| name.to_owned())
    }

    /// Reads a chapter or section heading; `None` for a numbered sentence.
    fn heading(&self, text: &str) -> Option<Numbered> {
        let found = marks::numbered(text)?;
        let title = squash(&found.title);
        let fits = matches!(found.level, Level::Great | Level::Chapter | Level::Section)
            && !title.is_empty()
            && title.chars().count() <= 80
            && !title.ends_with(['。', '、']);
        (fits || self.titles.contains(&title)).then_some(found)
    }

    fn begin(&mut self, heading: Numbered, text: &str, line: u32) {
        self.settle_organisation(line);
        self.is_under_organisation = false;
        let source = Some(Source::of_line(line, text));
        for (line, text) in std::mem::take(&mut self.introduction) {
            self.unread.line(line, &text);
        }
        let title = heading.title;
        self.has_great_chapters |= heading.level == Level::Great;
        let is_section = heading.level == Level::Section || heading.level == Level::Chapter && self.has_great_chapters;
        let (missing, level) = match is_section {
            true => {
                let chapter = self.chapter();
                let expected = chapter.sections.len() as u32 + 1;
                chapter.sections.push(DraftSection { title, lead: None, source, rows: Vec::new() });
                (expected..heading.number, heading.level)
            }
            false => {
                let expected = self.plan.chapters.len() as u32 + 1;
                self.plan.chapters.push(DraftChapter { title, source, sections: Vec::new() });
                (expected..heading.number, heading.level)
            }
        };
        if !missing.is_empty() && missing.len() < 10 {
            let missing: Vec<String> =
                missing.map(|number| Numbered { level, number, title: String::new() }.printed()).collect();
            self.findings.push(Finding::at_line(Notice::NumberingGap { missing: missing.join("・") }, line));
        }
    }

    fn row(&mut self, cells: &[Cell], block: &Block) {
        if let Some(heading) = self.heading_in_row(cells, block) {
            return self.begin(heading, &block.line_text(), block.line);
        }
        match rows::read(cells, self.columns.as_ref(), self.parties) {
            RowShape::Header(columns) => self.columns = Some(columns),
            RowShape::Initiative(mut raw) => {
                if raw.organisation.is_empty() && !self.organisation.is_empty() {
                    raw.organisation = std::mem::take(&mut self.organisation);
                    self.is_under_organisation = true;
                }
                raw.has_organisation_column |= self.is_under_organisation;
                let row = DraftRow::new(raw, block.line);
                self.section_or_new().rows.push(row);
            }
            RowShape::Continuation { organisation, body } if body.is_empty() => self.organisation = organisation,
            RowShape::Continuation { organisation, body } => {
                if self.section().is_some_and(|section| !section.rows.is_empty()) {
                    self.join(&organisation, &body, block.line);
                } else {
                    self.unread.line(block.line, &block.line_text());
                }
            }
        }
    }

    /// Returns a heading that was read as a row because of its tabs.
    fn heading_in_row(&self, cells: &[Cell], block: &Block) -> Option<Numbered> {
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let found = (filled <= 2).then(|| self.heading(&block.line_text())).flatten()?;
        (filled == 1 || self.titles.contains(&squash(&found.title))).then_some(found)
    }

    fn join(&mut self, organisation: &str, body: &[String], line: u32) {
        let Some(row) = self.section().and_then(|section| section.rows.last_mut()) else { return };
        row.lines.push(line);
        if !organisation.is_empty() {
            row.late_organisation = organisation.to_owned();
        }
        if !body.is_empty() {
            row.content.join(body);
            self.findings.push(Finding::at_line(Notice::RowJoined { text: shortened(&body.join(" ")) }, line));
        }
    }

    fn chapter(&mut self) -> &mut DraftChapter {
        if self.plan.chapters.is_empty() {
            let title = self.plan.title.clone();
            self.plan.chapters.push(DraftChapter { title, source: None, sections: Vec::new() });
        }
        let last = self.plan.chapters.len() - 1;
        &mut self.plan.chapters[last]
    }

    fn section(&mut self) -> Option<&mut DraftSection> {
        self.plan.chapters.last_mut()?.sections.last_mut()
    }

    /// Returns the current section; a chapter without sections gets one with the chapter's title.
    fn section_or_new(&mut self) -> &mut DraftSection {
        let introduction: Vec<String> =
            std::mem::take(&mut self.introduction).into_iter().map(|(_, text)| text).collect();
        let chapter = self.chapter();
        if chapter.sections.is_empty() {
            let title = chapter.title.clone();
            let lead = (!introduction.is_empty()).then(|| introduction.join("\n"));
            chapter.sections.push(DraftSection { title, lead, source: None, rows: Vec::new() });
        }
        let last = chapter.sections.len() - 1;
        &mut chapter.sections[last]
    }
}

/// Whether a line without cells continues the row above. True for an item or a note. Also true if the row's text is
/// incomplete, because of a page break or because a cell is printed on several lines.
fn goes_on(row: &DraftRow, text: &str, is_below: bool) -> bool {
    text.starts_with(is_bullet)
        || text.starts_with(['※', '（', '(', '【', '＜', '<', '。', '、', '）', ')'])
        || (row.content.is_cut() && (is_below || ends_a_sentence(text)))
}

/// Whether a text is a page number: 「- 12 -」, 「12」.
fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "-－‐–—―".contains(c));
    !bare.is_empty() && bare.len() <= 3 && bare.chars().all(|c| c.is_ascii_digit())
}

/// Returns the beginning of a text, for messages.
pub fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
