//! The intermediate form between readers and rules: a document as blocks. A block is a line of text or a row of cells,
//! with its source line.
//!
//! The readers of text, Markdown, HTML, Word, Excel and PDF files make blocks; the rules of structure read only blocks.

use crate::markup;

/// Maximum number of cells in a row. No plan has wider rows; the text of further cells is appended to the last cell.
pub const MAX_CELLS: usize = 64;

/// One piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Source line, from 1.
    pub line: u32,
    pub body: Body,
}

/// The content of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// One paragraph or heading.
    Text(String),
    /// One row of a table.
    Row(Vec<Cell>),
    /// A separator line, such as `--- ---`.
    Rule,
}

/// One cell: its paragraphs, from which tags are removed. An empty cell has no paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell(pub Vec<String>);

impl Cell {
    pub fn of(text: &str) -> Self {
        Self(markup::paragraphs(text))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the paragraphs as one line.
    pub fn text(&self) -> String {
        self.0.join(" ")
    }
}

impl Block {
    /// Returns the block as one line of text; tabs separate the cells.
    pub fn line_text(&self) -> String {
        match &self.body {
            Body::Text(text) => text.clone(),
            Body::Row(cells) => cells.iter().map(Cell::text).collect::<Vec<_>>().join("\t").trim().to_owned(),
            Body::Rule => String::new(),
        }
    }

    pub fn is_row(&self) -> bool {
        matches!(self.body, Body::Row(_))
    }
}

/// Returns a text without white space. Names and headings are compared in this form.
pub fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
