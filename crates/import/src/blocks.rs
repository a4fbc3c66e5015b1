//! The model between readers and rules: a document as lines of text and rows of cells, each with its source line.
//!
//! Readers of text, Markdown and HTML (and, later, of Word, Excel and PDF files) make blocks; the rules of structure read
//! nothing else.

use crate::markup;

/// A row wider than this is no table of a plan; what follows stays in its last cell.
pub const MAX_CELLS: usize = 64;

/// One piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Source line, from 1.
    pub line: u32,
    pub body: Body,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// One paragraph or heading.
    Text(String),
    /// One row of a table.
    Row(Vec<Cell>),
    /// A drawn line: `--- ---`.
    Rule,
}

/// One cell: its paragraphs without tags. An empty cell has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell(pub Vec<String>);

impl Cell {
    pub fn of(text: &str) -> Self {
        Self(markup::paragraphs(text))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The paragraphs as one line.
    pub fn text(&self) -> String {
        self.0.join(" ")
    }
}

impl Block {
    /// The block as one line of text: cells are parted by tabs.
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

/// A text without white space: how names and headings are compared.
pub fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
