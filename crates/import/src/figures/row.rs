//! Reads the figures of one row: reads its parts one after another, then adds label and source to each draft.

use renkei_document::document::PlanKind;
use renkei_document::figure::{Figure, FigureKind, Span};
use renkei_document::locus::Source;

use super::cell::Cell;
use super::context::{Context, Read, RowText};
use super::draft::{self, Draft};
use super::glyphs::Glyphs;
use super::source::SourceLines;
use super::{label, rulings, subject};

/// Reads the figures of one row, in reading order. In a plan, only targets are kept.
pub fn figures_in_row(row: RowText<'_>, context: Context<'_>) -> Read {
    let parts: Vec<Glyphs> =
        std::iter::once(row.text).chain(row.items.iter().map(String::as_str)).map(Glyphs::new).collect();
    let mut cell = Cell::new(context.fiscal_year);
    for (place, part) in parts.iter().enumerate() {
        cell.read(place.checked_sub(1).and_then(|item| u32::try_from(item).ok()), part);
    }
    rulings::apply(&mut cell);
    let labels = label::labels(&cell.drafts, subject::subject(row.text).as_deref());
    let mut lines = SourceLines::new(context.lines);
    let part_of = |part: draft::Part| &parts[part.map_or(0, |item| item as usize + 1)];
    let figures =
        cell.drafts.iter().zip(labels).map(|(draft, label)| figure(draft, label, part_of(draft.part), &mut lines));
    let figures: Vec<Figure> =
        figures.filter(|figure| context.kind != PlanKind::Plan || figure.kind == FigureKind::Target).collect();
    let findings =
        if context.kind == PlanKind::Plan { Vec::new() } else { rulings::findings(&cell, &part_of, context) };
    Read { figures, findings }
}

fn figure(draft: &Draft, label: String, glyphs: &Glyphs, lines: &mut SourceLines) -> Figure {
    let byte = |index: usize| u32::try_from(glyphs.byte(index)).unwrap_or(u32::MAX);
    let mut qualifiers: Vec<&str> = Vec::new();
    for qualifier in &draft.qualifiers {
        if !qualifiers.contains(&qualifier.as_str()) {
            qualifiers.push(qualifier);
        }
    }
    Figure {
        label,
        state: draft.state,
        value: draft.value,
        unit: draft.unit.clone(),
        kind: draft.kind,
        as_of: draft.as_of,
        period: draft.period,
        event_dates: draft.event_dates.clone(),
        scope: draft.scope.clone(),
        qualifier: (!qualifiers.is_empty()).then(|| qualifiers.join("・")),
        provisional: draft.provisional,
        source: source(draft, glyphs, lines),
        observation: None,
        span: Some(Span { item: draft.part, start: byte(draft.digits.start), end: byte(draft.digits.end) }),
    }
}

/// Returns the clause as the source of a figure. If a page break or tag splits the clause, returns the number with its
/// unit.
fn source(draft: &Draft, glyphs: &Glyphs, lines: &mut SourceLines) -> Source {
    let number = draft.digits.start..draft.phrase.end.max(draft.digits.end);
    for range in [draft.phrase.clone(), number.clone(), draft.digits.clone()] {
        let text = glyphs.original(range).trim();
        if let Some(line) = lines.find(text) {
            return Source::of_line(line, text);
        }
    }
    Source { text: glyphs.original(number).trim().to_owned(), ..Source::none() }
}
