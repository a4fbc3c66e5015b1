//! PDF with text → blocks and lines.
//!
//! The PDF library interprets each page and returns characters and rules (`device`, under the limits of `guard`). The
//! structure is found from their positions: lines (`lines`), tables (`rules`, `grid`, `page`), running heads
//! (`running`), and tables and paragraphs over several pages (`tables`, `body`, `joining`).

mod body;
mod characters;
mod device;
mod file;
mod flow;
mod grid;
mod guard;
mod joining;
mod lines;
mod marks;
mod page;
mod rules;
mod running;
mod tables;
mod weight;

use renkei_document::finding::{Finding, Notice, Place};
use renkei_document::locus::Locus;

use crate::decode::{MAX_BYTES, Unreadable};
use crate::pdf::marks::PageMarks;
use crate::reading::Reading;

/// Reads a PDF file.
pub fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge { bytes: bytes.len() });
    }
    weight::check(bytes)?;
    let mut pages = guard::guarded({
        let bytes = bytes.to_vec();
        move || file::pages(bytes)
    })?;
    if pages.iter().all(|page| page.glyphs.iter().all(marks::Glyph::is_blank)) {
        return Err(Unreadable::Scan { pages: pages.len() as u32 });
    }
    let findings = left_out(&pages);
    running::remove_numbers(&mut pages);
    let mut pages: Vec<page::Page> = pages.into_iter().map(page::read).collect();
    running::remove(&mut pages);
    let reading = flow::reading(pages)?;
    Ok(Reading { findings, ..reading })
}

/// Reports pages that contain only pictures, and characters that their font does not identify.
fn left_out(pages: &[PageMarks]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, page) in (1u32..).zip(pages) {
        let mut tell = |what: String| {
            let at = Some(Locus::Page { page: number, left: 0, top: 0 });
            findings.push(Finding::new(Notice::SourceLeftOut { what }, Place { at, ..Place::whole() }));
        };
        if page.pictures > 0 && page.glyphs.iter().all(marks::Glyph::is_blank) {
            tell(format!("{number}ページの画像（文字の情報がありません）"));
        }
        if page.unnamed > 0 {
            tell(format!("{number}ページの{}字（何の字かがフォントに書かれていません）", page.unnamed));
        }
    }
    findings
}
