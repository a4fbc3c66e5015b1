//! The text read so far, as blocks and lines with their places.

use renkei_document::locus::{Locus, SourceCell, SourceLine};

use crate::blocks::{Block, Body, Cell, MAX_CELLS};
use crate::decode::{MAX_BYTES, MAX_LINES, Unreadable};
use crate::docx::table::Table;
use crate::marks;
use crate::markup;
use crate::text_reader::is_rule;

/// Maximum number of cells in all tables together.
const MAX_ALL_CELLS: usize = 2_000_000;

/// Blocks and lines in reading order.
#[derive(Debug, Default)]
pub struct Output {
    pub blocks: Vec<Block>,
    pub lines: Vec<SourceLine>,
    /// Consecutive paragraphs that contain tabs. They may be a table or plain text.
    tabbed: Vec<String>,
    paragraphs: u32,
    tables: u32,
    cells: usize,
    characters: usize,
}

impl Output {
    /// Returns the number of the line being read; `rows` is the number of rows of the open table that precede it.
    pub fn line(&self, rows: usize) -> u32 {
        (self.lines.len() + self.tabbed.len() + rows) as u32 + 1
    }

    /// Counts a paragraph against the limits, inside or outside tables.
    pub fn count(&mut self, text: &str) -> Result<(), Unreadable> {
        // Each paragraph needs some memory in addition to its characters, so short paragraphs are counted as longer.
        self.characters += text.len() + 8;
        if self.characters > MAX_BYTES {
            return Err(Unreadable::TooMuchInside { limit: "文字の量" });
        }
        Ok(())
    }

    /// Adds a paragraph outside tables.
    pub fn paragraph(&mut self, text: String) -> Result<(), Unreadable> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.refuse_too_many(1)?;
        if text.trim().contains('\t') {
            self.tabbed.push(text);
        } else {
            self.end_tabbed();
            self.text(&text);
        }
        Ok(())
    }

    /// Adds the rows of a table, without deleted rows.
    pub fn table(&mut self, table: Table) -> Result<(), Unreadable> {
        self.end_tabbed();
        let columns = table.columns();
        self.tables += 1;
        for row in table.rows.into_iter().filter(|row| !row.deleted) {
            self.refuse_too_many(1)?;
            let (number, is_wide) = (row.number, row.is_wide(&columns));
            let cells = row.cells(&columns);
            self.cells += cells.len();
            if self.cells > MAX_ALL_CELLS {
                return Err(Unreadable::TooMuchInside { limit: "表のセルの数" });
            }
            let table = self.tables;
            let at = |column| Locus::Table { table, row: number, column };
            if is_wide {
                let paragraphs = cells.into_iter().flat_map(|cell| cell.0).collect();
                self.texts(paragraphs, at(1));
            } else {
                self.row(cells, at);
            }
        }
        Ok(())
    }

    /// Writes the collected paragraphs with tabs: as rows if they look like rows of a plan, otherwise as text with
    /// blanks instead of tabs.
    pub fn end_tabbed(&mut self) {
        let run = std::mem::take(&mut self.tabbed);
        let is_table = run.iter().filter(|text| looks_like_a_row(text)).count() * 2 > run.len().min(2);
        for text in run {
            if is_table {
                self.paragraphs += 1;
                let paragraph = self.paragraphs;
                self.row(text.splitn(MAX_CELLS, '\t').map(Cell::of).collect(), |_| Locus::Paragraph { paragraph });
            } else {
                self.text(&text);
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.paragraphs += 1;
        self.texts(markup::paragraphs(&text.replace('\t', " ")), Locus::Paragraph { paragraph: self.paragraphs });
    }

    /// Adds texts that share one line.
    fn texts(&mut self, parts: Vec<String>, at: Locus) {
        self.lines.push(SourceLine { text: parts.join(" "), at: Some(at), cells: Vec::new() });
        let line = self.lines.len() as u32;
        let body = |text: String| if is_rule(&text) { Body::Rule } else { Body::Text(text) };
        self.blocks.extend(parts.into_iter().map(|text| Block { line, body: body(text) }));
    }

    fn row(&mut self, cells: Vec<Cell>, at: impl Fn(u32) -> Locus) {
        let texts: Vec<String> = cells.iter().map(Cell::text).collect();
        let text = texts.join("\t");
        let places = texts.into_iter().zip(1..).map(|(text, column)| SourceCell { text, at: Some(at(column)) });
        let is_rule = is_rule(text.trim());
        self.lines.push(SourceLine { text, at: Some(at(1)), cells: places.collect() });
        let line = self.lines.len() as u32;
        if is_rule {
            self.blocks.push(Block { line, body: Body::Rule });
        } else if cells.iter().any(|cell| !cell.is_empty()) {
            self.blocks.push(Block { line, body: Body::Row(cells) });
        }
    }

    fn refuse_too_many(&self, more: usize) -> Result<(), Unreadable> {
        let lines = self.lines.len() + self.tabbed.len() + more;
        if lines > MAX_LINES { Err(Unreadable::TooManyLines { lines }) } else { Ok(()) }
    }
}

/// Whether a text has three cells or more and a number in one of the first three: 労働局, ①, 相談課, 行う。
fn looks_like_a_row(text: &str) -> bool {
    let cells: Vec<&str> = text.splitn(MAX_CELLS, '\t').collect();
    cells.len() >= 3 && cells.iter().take(3).any(|cell| marks::mark(cell).is_some())
}
