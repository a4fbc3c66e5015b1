//! Adds to imported data its place in the file: the page, cell or paragraph of its line.

use renkei_document::document::{Document, Imported};
use renkei_document::finding::Place;
use renkei_document::locus::{Source, SourceLine};

/// Adds places to figures, headings, contents and findings with a known line.
pub fn place(imported: &mut Imported<Document>, lines: &[SourceLine]) {
    if lines.iter().all(|line| line.at.is_none() && line.cells.is_empty()) {
        return;
    }
    let document = &mut imported.value;
    let chapters = document.plans.iter_mut().flat_map(|plan| &mut plan.chapters);
    for chapter in chapters {
        place_source(&mut chapter.source, lines);
        for section in &mut chapter.sections {
            place_source(&mut section.source, lines);
            let figures = section.initiatives.iter_mut().flat_map(|row| &mut row.figures);
            figures.for_each(|figure| set(&mut figure.source, lines));
        }
    }
    document.figures.iter_mut().for_each(|figure| set(&mut figure.source, lines));
    document.headings.iter_mut().for_each(|heading| set(&mut heading.source, lines));
    document.front_matter.contents.iter_mut().for_each(|entry| set(&mut entry.source, lines));
    for finding in &mut imported.findings {
        set_place(&mut finding.place, lines);
        finding.also.iter_mut().for_each(|place| set_place(place, lines));
    }
}

fn place_source(source: &mut Option<Source>, lines: &[SourceLine]) {
    if let Some(source) = source {
        set(source, lines);
    }
}

fn set(source: &mut Source, lines: &[SourceLine]) {
    if let Some(line) = source.line.and_then(|number| lines.get((number as usize).checked_sub(1)?)) {
        source.at = line.locate(&source.text).cloned();
    }
}

fn set_place(place: &mut Place, lines: &[SourceLine]) {
    if place.at.is_none()
        && let Some(line) = place.line.and_then(|number| lines.get((number as usize).checked_sub(1)?))
    {
        place.at = line.at.clone();
    }
}
