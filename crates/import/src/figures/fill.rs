//! Gives every row of a document its figures.

use renkei_document::document::{Document, Imported, Initiative};
use renkei_document::finding::{Finding, Notice, Place};
use renkei_document::locus::SourceLine;

use super::{Context, RowText, figures_in_row};

/// The longest row whose figures are read, in bytes: the longest of a real report has some 5,000. Reading one costs the
/// square of its length.
const LONGEST_ROW: usize = 12_000;

/// Reads the figures of all rows of all plans; `lines` is the source that the rows' lines count in.
pub(crate) fn fill(imported: &mut Imported<Document>, lines: &[SourceLine]) {
    let Imported { value: document, findings } = imported;
    for plan in &mut document.plans {
        let sections = plan.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections);
        for row in sections.flat_map(|section| &mut section.initiatives) {
            let length = row.text.len() + row.items.iter().map(String::len).sum::<usize>();
            if length > LONGEST_ROW {
                findings.push(too_long(row));
                continue;
            }
            let place = |number: &u32| Some((*number, lines.get((*number as usize).checked_sub(1)?)?.text.as_str()));
            let lines: Vec<(u32, &str)> = row.lines.iter().filter_map(place).collect();
            let context = Context { fiscal_year: plan.fiscal_year, kind: plan.kind, lines: &lines };
            let read = figures_in_row(RowText { text: &row.text, items: &row.items }, context);
            row.figures = read.figures;
            findings.extend(read.findings);
        }
    }
    findings.sort_by_key(|finding| finding.place.line.unwrap_or(u32::MAX));
}

/// A row that no table has: its text stays, its figures are left to a person.
fn too_long(row: &Initiative) -> Finding {
    let text: String = row.text.chars().take(40).collect();
    Finding::new(
        Notice::TextUnread { text: text + "…" },
        Place { line: row.lines.first().copied(), row: None, at: None },
    )
}
