//! Rows of a sheet or CSV → blocks: distinguishes table rows from rows that contain only a title or a paragraph in one
//! cell.

use std::borrow::Cow;

use crate::blocks::{Body, Cell, MAX_CELLS};
use crate::marks::{self, Level};
use crate::markup;
use crate::text_reader;

/// A row of texts; all rows of a grid have the same columns.
#[derive(Debug, Clone, Default)]
pub struct GridRow {
    pub texts: Vec<String>,
    /// Whether the only text of the row is in a cell merged over several columns of the grid.
    pub is_wide: bool,
}

impl GridRow {
    /// Returns the index of the only text of the row; `None` if the row has no text or several.
    pub fn only(&self) -> Option<usize> {
        let mut filled = (0..self.texts.len()).filter(|at| !self.texts[*at].trim().is_empty());
        let first = filled.next()?;
        filled.next().is_none().then_some(first)
    }

    /// Returns the row as one line: tabs separate cells, blanks separate paragraphs in a cell.
    pub fn line(&self) -> String {
        let mut line = String::with_capacity(self.texts.iter().map(|text| text.len() + 1).sum());
        for (place, text) in self.texts.iter().enumerate() {
            if place > 0 {
                line.push('\t');
            }
            line.push_str(&one_line(text));
        }
        line.truncate(line.trim_end_matches('\t').len());
        line
    }

    /// Whether the row is a drawn line.
    fn is_rule(&self) -> bool {
        // Nearly every row has a letter in its first text: only the others are joined.
        let is_drawn = |text: &String| text.chars().all(text_reader::is_of_a_rule);
        self.texts.iter().all(is_drawn) && text_reader::is_rule(self.line().trim())
    }
}

/// Returns the paragraphs of a cell on one line.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let is_break = |byte: u8| matches!(byte, b'\n' | b'\r' | b'\t');
    if !text.bytes().any(is_break) {
        return Cow::Borrowed(text.trim());
    }
    let parts = text.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty());
    Cow::Owned(parts.collect::<Vec<_>>().join(" "))
}

/// Reads the rows of a grid one by one.
#[derive(Debug, Default)]
pub struct GridReader {
    is_in_table: bool,
}

impl GridReader {
    /// Returns the blocks of a row; an empty row has none.
    pub fn bodies(&mut self, row: &GridRow) -> Vec<Body> {
        if row.is_rule() {
            return vec![Body::Rule];
        }
        match row.only() {
            Some(only) if self.is_text(row, only) => {
                let text = row.texts[only].trim();
                self.is_in_table &= !is_heading(text);
                markup::paragraphs(text).into_iter().map(Body::Text).collect()
            }
            None if row.texts.iter().all(|text| text.trim().is_empty()) => Vec::new(),
            _ => {
                self.is_in_table = true;
                vec![Body::Row(cells(&row.texts))]
            }
        }
    }

    /// Whether the only text of a row is a paragraph. Below a table row, a text outside the first column is read as a
    /// cell of its column.
    fn is_text(&self, row: &GridRow, only: usize) -> bool {
        let text = row.texts[only].trim();
        let is_mark = marks::mark(text).is_some_and(|(_, rest)| rest.is_empty());
        !self.is_in_table || row.is_wide || (only == 0 && !is_mark) || is_heading(text)
    }
}

/// Whether a text is a numbered title of a part, chapter or section.
pub fn is_heading(text: &str) -> bool {
    let is_short = text.chars().count() <= 80 && !text.contains('\n') && !text.ends_with(['。', '、']);
    is_short && marks::numbered(text).is_some_and(|found| found.level != Level::Article && !found.title.is_empty())
}

/// Returns the cells of a row; texts beyond `MAX_CELLS` are appended to the last cell.
fn cells(texts: &[String]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = texts.iter().take(MAX_CELLS).map(|text| Cell::of(text)).collect();
    for text in texts.iter().skip(MAX_CELLS) {
        if let Some(last) = cells.last_mut() {
            last.0.append(&mut Cell::of(text).0);
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_text_is_a_paragraph_unless_it_is_in_a_column_of_a_table() {
        let rows = [
            ("", "", "(1) 若者の支援", ""),
            ("", "市と労働局は、支援する。", "", ""),
            ("労働局", "①", "相談課", "行う。\n・一回"),
            ("", "", "", "続き"),
            ("みどり市", "", "", ""),
            ("", "②", "", ""),
            ("---", "--", "", "-----"),
            ("", "（２）女性の支援", "", ""),
            ("", "", "市は、支援する。", ""),
        ];
        let mut reader = GridReader::default();
        let mut shown = Vec::new();
        for (a, b, c, d) in rows {
            let row = GridRow { texts: [a, b, c, d].map(String::from).to_vec(), is_wide: false };
            shown.extend(reader.bodies(&row).into_iter().map(|body| match body {
                Body::Text(text) => text,
                Body::Row(cells) => cells.iter().map(Cell::text).collect::<Vec<_>>().join("|"),
                Body::Rule => "rule".to_owned(),
            }));
        }
        let expected = [
            "(1) 若者の支援",
            "市と労働局は、支援する。",
            "労働局|①|相談課|行う。 ・一回",
            "|||続き",
            "みどり市",
            "|②||",
            "rule",
            "（２）女性の支援",
            "市は、支援する。",
        ];
        assert_eq!(shown, expected);
    }
}
