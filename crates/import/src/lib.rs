//! Files of others → documents of ours: what was read, and what was noticed on the way.
//!
//! Three steps, apart from each other. `decode` makes text of bytes. Readers (`text_reader`, `html_reader`) make
//! [`blocks`] of text: lines and rows of cells with their source lines. Rules of structure (`document` and what it calls)
//! make a [`Document`] of blocks: they know nothing of files, so a reader of another format feeds them as well.
//! Reading never fails but for what is no text at all.

mod agreement;
mod blocks;
mod columns;
mod contents;
mod decode;
mod divisions;
mod document;
mod drafts;
pub mod figures;
mod front;
pub mod general;
mod html_reader;
mod items;
mod marks;
mod markup;
mod ownership;
mod parties;
mod plans;
mod proofreading;
mod rows;
mod tables;
mod text_reader;
mod unread;
mod years;

use renkei_domain::document::{Document, Imported};

pub use decode::{MAX_BYTES, MAX_LINES, Unreadable};

/// Reads a document from the bytes of a file: plain text with tab tables, Markdown or HTML; UTF-8 or Shift_JIS.
pub fn read(bytes: &[u8]) -> Result<Imported<Document>, Unreadable> {
    let text = decode::decode(bytes)?;
    let is_html = html_reader::is_html(&text);
    let blocks = if is_html { html_reader::read(&text) } else { text_reader::read(&text) };
    let mut imported = document::read(&blocks);
    let has_rows = imported.value.plans.iter().flat_map(|plan| &plan.chapters).flat_map(|chapter| &chapter.sections);
    let is_report = has_rows.flat_map(|section| &section.initiatives).next().is_some();
    let is_agreement = imported.value.agreement.as_ref().is_some_and(|agreement| !agreement.articles.is_empty());
    if is_report {
        figures::fill(&mut imported, &text);
    }
    Ok(match (is_report || is_agreement, is_html) {
        (true, _) => imported,
        (false, true) => general::read_blocks(&blocks),
        (false, false) => general::read_general(&text),
    })
}
