//! 事業計画・進捗状況 — the blocks of one part → chapters, sections and rows.

use std::collections::HashSet;

use renkei_domain::document::{PlanKind, Source};
use renkei_domain::finding::{Finding, Notice};
use renkei_domain::fiscal_year::FiscalYear;

use crate::blocks::{Block, Body, Cell, squash};
use crate::drafts::{DraftChapter, DraftPlan, DraftRow, DraftSection};
use crate::items::{ends_a_sentence, is_bullet};
use crate::marks::{self, Level, Numbered};
use crate::parties::Parties;
use crate::rows::{self, RowShape};
use crate::unread::Unread;

/// What the heading of a plan says.
#[derive(Debug, Clone)]
pub struct PlanHeading {
    pub fiscal_year: FiscalYear,
    pub kind: PlanKind,
    pub title: String,
}

/// The kind of table that a title announces.
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

/// Reads the blocks of one plan.
pub struct PlanReader<'a> {
    pub parties: &'a Parties,
    /// Titles of the contents without white space: a heading that stands there is one even where it looks like a row.
    pub titles: &'a HashSet<String>,
    pub findings: &'a mut Vec<Finding>,
    pub unread: &'a mut Unread,
    plan: DraftPlan,
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
        Self { parties, titles, findings, unread, plan }
    }

    pub fn read<'b>(mut self, blocks: impl Iterator<Item = &'b Block>) -> DraftPlan {
        for block in blocks {
            match &block.body {
                Body::Rule => {}
                Body::Text(text) => self.text(text, block.line),
                Body::Row(cells) => self.row(cells, block),
            }
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
        let Some(section) = self.section() else { return self.unread.line(line, text) };
        if section.rows.is_empty() {
            match &mut section.lead {
                Some(lead) => {
                    lead.push('\n');
                    lead.push_str(text);
                }
                None => section.lead = Some(text.to_owned()),
            }
        } else if section.rows.last().is_some_and(|row| goes_on(row, text)) {
            self.join("", &[text.to_owned()], line);
        } else {
            self.unread.line(line, text);
        }
    }

    /// A chapter or section heading; numbered sentences are none.
    fn heading(&self, text: &str) -> Option<Numbered> {
        let found = marks::numbered(text)?;
        let title = squash(&found.title);
        let fits = matches!(found.level, Level::Chapter | Level::Section)
            && !title.is_empty()
            && title.chars().count() <= 80
            && !title.ends_with(['。', '、']);
        (fits || self.titles.contains(&title)).then_some(found)
    }

    fn begin(&mut self, heading: Numbered, text: &str, line: u32) {
        let source = Some(Source { line: Some(line), text: text.to_owned() });
        let title = heading.title;
        let (missing, level) = match heading.level {
            Level::Section => {
                let chapter = self.chapter();
                let expected = chapter.sections.len() as u32 + 1;
                chapter.sections.push(DraftSection { title, lead: None, source, rows: Vec::new() });
                (expected..heading.number, Level::Section)
            }
            _ => {
                let expected = self.plan.chapters.len() as u32 + 1;
                self.plan.chapters.push(DraftChapter { title, source, sections: Vec::new() });
                (expected..heading.number, Level::Chapter)
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
        match rows::read(cells, self.parties) {
            RowShape::Header => {}
            RowShape::Initiative(raw) => {
                let row = DraftRow::new(raw, block.line);
                self.section_or_new().rows.push(row);
            }
            RowShape::Continuation { organisation, body } => {
                if self.section().is_some_and(|section| !section.rows.is_empty()) {
                    self.join(&organisation, &body, block.line);
                } else {
                    self.unread.line(block.line, &block.line_text());
                }
            }
        }
    }

    /// A heading that tabs made a row of.
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

    /// A table that stands in a chapter without sections has one of the chapter's name.
    fn section_or_new(&mut self) -> &mut DraftSection {
        let chapter = self.chapter();
        if chapter.sections.is_empty() {
            let title = chapter.title.clone();
            chapter.sections.push(DraftSection { title, lead: None, source: None, rows: Vec::new() });
        }
        let last = chapter.sections.len() - 1;
        &mut chapter.sections[last]
    }
}

/// A line without cells below a row belongs to it where it is an item or a note, or the row's sentence was cut.
fn goes_on(row: &DraftRow, text: &str) -> bool {
    text.starts_with(is_bullet)
        || text.starts_with(['※', '（', '(', '【', '＜', '<', '。', '、', '）', ')'])
        || (row.content.is_cut() && ends_a_sentence(text))
}

/// 「- 12 -」, 「12」 at the foot of a page.
fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "-－‐–—―".contains(c));
    !bare.is_empty() && bare.len() <= 3 && bare.chars().all(|c| c.is_ascii_digit())
}

/// The beginning of a text, for messages.
pub fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
