//! Consecutive pages → blocks and lines with their places.

use renkei_document::locus::{Locus, SourceCell, SourceLine};

use crate::blocks::{Block, Body, Cell, MAX_CELLS};
use crate::decode::{MAX_LINES, Unreadable};
use crate::markup;
use crate::pdf::body::{self, Margins};
use crate::pdf::joining;
use crate::pdf::lines::Line;
use crate::pdf::marks::Area;
use crate::pdf::page::{Page, Piece, Table};
use crate::pdf::tables::{LongCell, LongRow, LongTable};
use crate::reading::Reading;

/// A paragraph or table of the document, joined over page breaks.
enum Part {
    Paragraph(Vec<Line>),
    Table(LongTable),
}

/// Reads all pages.
pub fn reading(mut pages: Vec<Page>) -> Result<Reading, Unreadable> {
    let margins: Vec<Margins> = pages.iter().map(|page| body::margins(&pages, page.width)).collect();
    let is_loose = body::is_loose(&pages);
    let mut parts: Vec<Part> = Vec::new();
    for ((number, page), margins) in (1u32..).zip(&mut pages).zip(margins) {
        body::set_margins(page, number, margins, is_loose);
        for (at, piece) in std::mem::take(&mut page.pieces).into_iter().enumerate() {
            match piece {
                Piece::Line(line) => add_line(&mut parts, line, margins),
                Piece::Table(table) => add_table(&mut parts, table, number, at == 0),
            }
        }
    }
    let mut reading = Reading::default();
    for part in parts {
        match part {
            Part::Paragraph(lines) => write_paragraph(&lines, &mut reading),
            Part::Table(table) => table.rows.iter().for_each(|row| write_row(row, &mut reading)),
        }
        if reading.lines.len() > MAX_LINES {
            return Err(Unreadable::TooManyLines { lines: reading.lines.len() });
        }
    }
    Ok(reading)
}

fn add_line(parts: &mut Vec<Part>, line: Line, margins: Margins) {
    if let Some(Part::Paragraph(lines)) = parts.last_mut()
        && let Some(before) = lines.last()
        && body::goes_on(before, &line, lines.len() == 1, margins)
    {
        lines.push(line);
    } else {
        parts.push(Part::Paragraph(vec![line]));
    }
}

fn add_table(parts: &mut Vec<Part>, table: Table, page: u32, is_first: bool) {
    match parts.last_mut() {
        Some(Part::Table(above)) if is_first && above.goes_on_in(&table) => above.go_on(table, page),
        _ => parts.push(Part::Table(LongTable::new(table, page))),
    }
}

fn write_paragraph(lines: &[Line], reading: &mut Reading) {
    let Some(first) = lines.first() else { return };
    let mut text = first.text();
    for two in lines.windows(2) {
        joining::append(&mut text, &two[0], &two[1]);
    }
    let number = reading.lines.len() as u32 + 1;
    let at = locus(first.page, &first.area);
    let texts = markup::paragraphs(&text);
    reading.blocks.extend(texts.into_iter().map(|text| Block { line: number, body: Body::Text(text) }));
    reading.lines.push(SourceLine { text, at: Some(at), cells: Vec::new() });
}

fn write_row(row: &LongRow, reading: &mut Reading) {
    let mut cells: Vec<Cell> = row.cells.iter().map(|cell| cell.as_ref().map(content).unwrap_or_default()).collect();
    if cells.iter().all(Cell::is_empty) {
        return;
    }
    cells.truncate(MAX_CELLS);
    let places = row.cells.iter().map(|cell| cell.as_ref().map(place));
    let source: Vec<SourceCell> =
        cells.iter().zip(places).map(|(cell, at)| SourceCell { text: cell.text(), at }).collect();
    let text = source.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("\t");
    let number = reading.lines.len() as u32 + 1;
    let is_rule = cells.iter().flat_map(|cell| &cell.0).all(|text| text.chars().all(|c| "-－─━=＝:| ".contains(c)));
    let body = if is_rule { Body::Rule } else { Body::Row(cells) };
    reading.blocks.push(Block { line: number, body });
    reading.lines.push(SourceLine { text, at: Some(locus(row.page, &row.area)), cells: source });
}

fn content(cell: &LongCell) -> Cell {
    Cell(joining::paragraphs(&cell.lines).iter().flat_map(|text| markup::paragraphs(text)).collect())
}

/// Returns the place of a cell: the start of its text; for an empty cell, its corner.
fn place(cell: &LongCell) -> Locus {
    match cell.lines.first() {
        Some(line) => locus(line.page, &line.area),
        None => locus(cell.page, &cell.area),
    }
}

fn locus(page: u32, area: &Area) -> Locus {
    Locus::Page { page, left: area.left.max(0.0).round() as u32, top: area.top.max(0.0).round() as u32 }
}
