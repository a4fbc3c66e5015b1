//! Cell names (B12), areas of merged cells, and the cells that an area covers.

use std::collections::BTreeMap;

/// The maximum numbers of rows and columns in Excel.
const MAX_ROW: u32 = 1_048_576;
const MAX_COLUMN: u32 = 16_384;

/// A rectangle of cells; rows and columns from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

impl Area {
    /// Parses `A1:B3`; `None` if the text is not an area of a sheet.
    pub fn parse(reference: &str) -> Option<Self> {
        let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
        let ((top, left), (bottom, right)) = (cell(first)?, cell(last)?);
        Some(Self { top: top.min(bottom), left: left.min(right), bottom: top.max(bottom), right: left.max(right) })
    }

    pub fn is_one_cell(self) -> bool {
        self.top == self.bottom && self.left == self.right
    }

    pub fn name(self) -> String {
        format!("{}:{}", cell_name(self.top, self.left), cell_name(self.bottom, self.right))
    }
}

/// Returns row and column of `B12` or `$B$12`.
pub fn cell(reference: &str) -> Option<(u32, u32)> {
    let (mut row, mut column) = (0u32, 0u32);
    for byte in reference.trim().bytes() {
        match byte {
            b'$' => {}
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 && column <= MAX_COLUMN => {
                column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
            }
            b'0'..=b'9' if column > 0 && row <= MAX_ROW => row = row * 10 + u32::from(byte - b'0'),
            _ => return None,
        }
    }
    is_on_sheet(row, column).then_some((row, column))
}

pub fn is_on_sheet(row: u32, column: u32) -> bool {
    (1..=MAX_ROW).contains(&row) && (1..=MAX_COLUMN).contains(&column)
}

/// Returns the name of a cell: `B12`.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{row}", column_name(column))
}

/// Returns the name of a column: `AA` for 27.
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The merged areas of a sheet, queried row by row in ascending order. An area that overlaps an earlier one is ignored,
/// as in Excel. Therefore each query searches only a short list, whatever areas the file declares.
#[derive(Debug)]
pub struct Merges {
    waiting: Vec<Area>,
    /// The areas that include the last queried row, by their left column.
    open: BTreeMap<u32, Area>,
}

impl Merges {
    pub fn new(areas: &[Area]) -> Self {
        let mut waiting: Vec<Area> = areas.iter().copied().filter(|area| !area.is_one_cell()).collect();
        waiting.sort_by_key(|area| std::cmp::Reverse(area.top));
        Self { waiting, open: BTreeMap::new() }
    }

    /// Returns the area that contains a cell. Rows must be queried in ascending order.
    pub fn of(&mut self, row: u32, column: u32) -> Option<Area> {
        while let Some(area) = self.waiting.pop_if(|area| area.top <= row) {
            self.begin(area);
        }
        let (_, area) = self.open.range(..=column).next_back()?;
        (area.bottom >= row && area.right >= column).then_some(*area)
    }

    fn begin(&mut self, area: Area) {
        let from = self.open.range(..=area.left).next_back().map_or(area.left, |(left, _)| *left);
        let touched: Vec<Area> =
            self.open.range(from..=area.right).map(|(_, open)| *open).filter(|open| open.right >= area.left).collect();
        if touched.iter().any(|open| open.bottom >= area.top) {
            return;
        }
        for over in touched {
            self.open.remove(&over.left);
        }
        self.open.insert(area.left, area);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_names() {
        for (name, at) in [("A1", (1, 1)), ("XFD1048576", (1_048_576, 16_384)), ("$AA$27", (27, 27)), ("z9", (9, 26))] {
            assert_eq!(cell(name), Some(at), "{name}");
        }
        assert_eq!(cell_name(1_048_576, 16_384), "XFD1048576");
        for garbage in ["", "A", "7", "A0", "A-1", "1A", "XFE1", "A1048577", "A99999999999", "あ1", "#REF!", "A1B"] {
            assert_eq!(cell(garbage), None, "{garbage}");
        }
        assert_eq!(Area::parse("B3:A1").map(Area::name), Some("A1:B3".to_owned()));
        assert_eq!(Area::parse("A1:#REF!"), None);
    }

    #[test]
    fn a_cell_belongs_to_the_first_area_that_covers_it() {
        let areas =
            ["A1:A3", "B1:D1", "A2:B2", "A4:XFD1048576", "C3:C3"].map(|name| Area::parse(name).expect("an area"));
        let mut merges = Merges::new(&areas);
        let mut found = |row, column| merges.of(row, column).map(Area::name).unwrap_or_default();
        assert_eq!(found(1, 1), "A1:A3");
        assert_eq!(found(1, 3), "B1:D1");
        assert_eq!(found(2, 1), "A1:A3");
        assert_eq!(found(2, 2), "");
        assert_eq!(found(3, 3), "");
        assert_eq!(found(900, 700), "A4:XFD1048576");
    }
}
