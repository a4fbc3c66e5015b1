//! Word → blocks and lines: the visible text in reading order.
//!
//! Reads `word/document.xml` in one pass without recursion ([`walk`]); styles and lists are read before. Tracked
//! changes are read as accepted. Headers, footers and comments are left out; findings report all other content that is
//! left out (`noticed`).

mod noticed;
mod numbering;
mod numerals;
mod output;
mod parts;
mod story;
mod styles;
mod symbols;
mod table;
mod walk;
mod xml;

use crate::decode::Unreadable;
use crate::docx::noticed::Noticed;
use crate::docx::numbering::Numbering;
use crate::docx::parts::Parts;
use crate::docx::styles::Styles;
use crate::docx::walk::Walk;
use crate::docx::xml::{Step, Steps};
use crate::reading::Reading;

/// Reads a Word file.
pub fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    let parts = Parts::of(bytes)?;
    let text = parts.main()?;
    let styles = parts.text("styles")?.map(|text| Styles::read(&text)).transpose()?.unwrap_or_default();
    let numbering = parts.text("numbering")?.map(|text| Numbering::read(&text)).transpose()?.unwrap_or_default();
    let mut walk = Walk::new(&styles, numbering);
    let mut steps = Steps::new(&text, parts.main_name());
    while let Some(step) = steps.next()? {
        walk.step(&step)?;
    }
    if !walk.has_body {
        return Err(Unreadable::Damaged { part: parts.main_name().to_owned() });
    }
    let (output, mut noticed) = walk.finish()?;
    for kind in ["footnotes", "endnotes"] {
        if let Some(text) = parts.text(kind)? {
            notes(&text, &mut noticed)?;
        }
    }
    let findings = noticed.findings(output.lines.len() as u32);
    Ok(Reading { blocks: output.blocks, lines: output.lines, findings, plain: None })
}

/// Collects the text of footnotes, to report it as left out.
fn notes(text: &str, noticed: &mut Noticed) -> Result<(), Unreadable> {
    let mut steps = Steps::new(text, "footnotes.xml");
    let mut in_text = false;
    while let Some(step) = steps.next()? {
        match step {
            Step::Open(element) => in_text = element.name() == "t",
            Step::Close(name) => {
                in_text = false;
                if name == "p" {
                    noticed.notes.end_piece();
                }
            }
            // Footnotes are not in a line of the document, so their line is 0.
            Step::Text(text) if in_text => noticed.notes.add(&text, 0),
            Step::Text(_) => {}
        }
    }
    Ok(())
}
