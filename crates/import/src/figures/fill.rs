//! Fills in the figures of every row of a document.

use renkei_document::document::{Document, Imported, Initiative};
use renkei_document::finding::{Finding, Notice, Place};
use renkei_document::locus::SourceLine;

use super::context::{Context, RowText};
use super::row::figures_in_row;

/// Maximum length of a row whose figures are read, in bytes. The longest row of a real report has some 5,000; reading
/// time grows with the square of the length.
const LONGEST_ROW: usize = 12_000;

/// Reads the figures of all rows of all plans; the line numbers of the rows refer to `lines`.
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

/// Returns the finding for a row that is too long: the row's text is imported, but a person must enter its figures.
fn too_long(row: &Initiative) -> Finding {
    let text: String = row.text.chars().take(40).collect();
    Finding::new(
        Notice::TextUnread { text: text + "…" },
        Place { line: row.lines.first().copied(), row: None, at: None },
    )
}
