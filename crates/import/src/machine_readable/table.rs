//! A sheet or CSV as a table: its head, its rows, and the usual kind of value in each column.

use std::collections::BTreeMap;

use crate::blocks::squash;
use crate::csv_reader::Record;
use crate::workbook::{CellValue, Look, Merges, Sheet, Workbook};

/// The type of a value as a program reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Number,
    /// A number that is shown as a day or time.
    Day,
    Text,
}

#[derive(Debug, Clone)]
pub struct Datum {
    pub column: u32,
    pub kind: Kind,
    pub text: String,
    pub look: Look,
}

/// A row that is not empty.
#[derive(Debug, Default)]
pub struct Row {
    /// The row of the sheet, or the line of a CSV.
    pub number: u32,
    pub data: Vec<Datum>,
    /// Whether empty rows precede this row.
    pub is_after_gap: bool,
}

impl Row {
    pub fn get(&self, column: u32) -> Option<&Datum> {
        self.data.binary_search_by_key(&column, |datum| datum.column).ok().map(|place| &self.data[place])
    }
}

/// A column of the table, with counts of its values.
#[derive(Debug, Default)]
pub struct Column {
    pub number: u32,
    pub name: String,
    pub filled: usize,
    pub numbers: usize,
}

impl Column {
    /// Whether the column is filled in most rows, and nearly always with numbers.
    pub fn is_numeric(&self, rows: usize) -> bool {
        self.numbers * 5 >= self.filled * 4 && self.numbers > 0 && self.filled * 2 >= rows
    }
}

#[derive(Debug, Default)]
pub struct Table {
    pub rows: Vec<Row>,
    /// Index of the head in `rows`.
    pub head: usize,
    /// The columns that have a name or a value in the rows of the table.
    pub columns: Vec<Column>,
    /// Indexes of the rows that belong to the table.
    pub body: Vec<usize>,
    /// Indexes of rows below the head that are not part of the table, such as notes.
    pub strays: Vec<usize>,
    /// Indexes of rows that repeat the head.
    pub repeated_heads: Vec<usize>,
    pub is_csv: bool,
}

impl Table {
    pub fn of_sheet(sheet: &Sheet, workbook: &Workbook) -> Self {
        let mut merges = Merges::new(&sheet.merged);
        let mut rows: Vec<Row> = Vec::new();
        for cell in &sheet.cells {
            let area = merges.of(cell.row, cell.column);
            let text = workbook.text(cell);
            if text.trim().is_empty() || area.is_some_and(|area| (area.top, area.left) != (cell.row, cell.column)) {
                continue;
            }
            let kind = match &cell.value {
                CellValue::Number(_) if workbook.is_date(cell) => Kind::Day,
                CellValue::Number(_) => Kind::Number,
                _ => Kind::Text,
            };
            if rows.last().is_none_or(|row| row.number != cell.row) {
                let above = rows.last().map_or(0, |row| row.number);
                rows.push(Row { number: cell.row, data: Vec::new(), is_after_gap: cell.row > above + 1 });
            }
            if let Some(row) = rows.last_mut() {
                row.data.push(Datum { column: cell.column, kind, text, look: workbook.look(cell).clone() });
            }
        }
        Self::of_rows(rows)
    }

    pub fn of_records(records: &[Record]) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        let mut next = 1;
        for record in records {
            let mut row = Row { number: record.line, data: Vec::new(), is_after_gap: record.line > next };
            for (place, value) in record.values.iter().enumerate().filter(|(_, value)| !value.trim().is_empty()) {
                let kind = if is_plain_number(value) { Kind::Number } else { Kind::Text };
                let column = place as u32 + 1;
                row.data.push(Datum { column, kind, text: value.clone(), look: Look::default() });
            }
            // A record that contains only commas is a blank row.
            if !row.data.is_empty() {
                next = record.line
                    + 1
                    + record.values.iter().map(|value| value.matches('\n').count()).sum::<usize>() as u32;
                rows.push(row);
            }
        }
        Self { is_csv: true, ..Self::of_rows(rows) }
    }

    fn of_rows(rows: Vec<Row>) -> Self {
        let widest = rows.iter().take(50).map(|row| row.data.len()).max().unwrap_or(0);
        let head = rows.iter().position(|row| row.data.len() >= 2 && row.data.len() * 2 >= widest).unwrap_or(0);
        let mut table = Self { rows, head, ..Self::default() };
        let named = table.rows.get(head).map_or(0, |row| row.data.len());
        let words = |row: &Row| row.data.iter().map(|datum| squash(&datum.text)).collect::<Vec<_>>();
        let names = table.rows.get(head).map(words).unwrap_or_default();
        for (place, row) in table.rows.iter().enumerate().skip(head + 1) {
            let is_note = row.data.len() == 1 && named >= 3 && row.data[0].kind == Kind::Text;
            let places = match () {
                () if is_note => &mut table.strays,
                () if row.data.len() == named && words(row) == names => &mut table.repeated_heads,
                () => &mut table.body,
            };
            places.push(place);
        }
        table.columns = table.columns();
        table
    }

    fn columns(&self) -> Vec<Column> {
        let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
        let mut column = |number: u32, change: &mut dyn FnMut(&mut Column)| {
            change(columns.entry(number).or_insert_with(|| Column { number, ..Column::default() }));
        };
        for datum in self.rows.get(self.head).into_iter().flat_map(|row| &row.data) {
            column(datum.column, &mut |column| column.name.clone_from(&datum.text));
        }
        for datum in self.body.iter().flat_map(|place| &self.rows[*place].data) {
            column(datum.column, &mut |column| {
                column.filled += 1;
                column.numbers += usize::from(datum.kind == Kind::Number);
            });
        }
        columns.into_values().collect()
    }

    /// Whether the sheet is a table with rows and columns, and not text in one column.
    pub fn is_table(&self) -> bool {
        self.rows.get(self.head).is_some_and(|row| row.data.len() >= 2) && !self.body.is_empty()
    }

    pub fn head_row(&self) -> &Row {
        &self.rows[self.head]
    }

    pub fn body(&self) -> impl Iterator<Item = &Row> {
        self.body.iter().map(|place| &self.rows[*place])
    }

    /// Iterates over the values of a column with their rows.
    pub fn values(&self, column: u32) -> impl Iterator<Item = (u32, &Datum)> {
        self.body().filter_map(move |row| row.get(column).map(|datum| (row.number, datum)))
    }

    /// Whether a column name contains one of the words.
    pub fn has_column(&self, words: &[&str]) -> bool {
        self.columns.iter().any(|column| has_word(&column.name, words))
    }
}

pub fn has_word(name: &str, words: &[&str]) -> bool {
    let name = name.to_lowercase();
    words.iter().any(|word| name.contains(word))
}

/// Whether a text is a number as programs write it: digits with at most a sign and a point. 007 is a code and not a
/// number.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(part) && (whole.len() == 1 || !whole.starts_with('0'))
}
