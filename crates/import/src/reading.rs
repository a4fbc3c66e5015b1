//! A file as blocks and lines: the common result of all readers.

use renkei_document::finding::Finding;
use renkei_document::locus::SourceLine;

use crate::blocks::Block;

/// The result of reading a file.
#[derive(Debug, Default)]
pub struct Reading {
    /// Paragraphs and table rows in reading order; `Block::line` refers to `lines`.
    pub blocks: Vec<Block>,
    /// The lines of the file to show: line n is `lines[n - 1]`.
    pub lines: Vec<SourceLine>,
    /// The findings of the reader about the file itself.
    pub findings: Vec<Finding>,
    /// The original text of a plain text file.
    pub plain: Option<String>,
}
