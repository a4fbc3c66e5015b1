//! The XML of one sheet → its cells, merged areas and hidden rows and columns, in one pass.

use quick_xml::events::{BytesStart, Event};

use super::area::{self, Area};
use super::limits::MAX_CELLS;
use super::strings::RichText;
use super::xml;
use crate::decode::Unreadable;

/// Maximum number of merged areas that are read of one sheet.
const MAX_MERGED: usize = 200_000;

/// One sheet with its cells in reading order.
#[derive(Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    pub cells: Vec<SheetCell>,
    pub merged: Vec<Area>,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<(u32, u32)>,
    /// Texts in shapes and text boxes; an empty one for each picture or chart.
    pub drawn: Vec<String>,
    pub comments: usize,
    /// Whether the sheet's XML is missing, incomplete or not a worksheet.
    pub is_damaged: bool,
}

/// One cell that has a value.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetCell {
    pub row: u32,
    pub column: u32,
    pub style: u32,
    pub has_formula: bool,
    pub value: CellValue,
}

/// The value of a cell. For a formula, the value saved with it.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Index of a shared text.
    Shared(u32),
    Text(Box<str>),
    /// The number as written in the file: a binary fraction with up to seventeen digits.
    Number(Box<str>),
    Flag(bool),
    /// #REF!, #DIV/0! and other errors.
    Error(Box<str>),
}

/// Reads the cells of a sheet. Of broken XML, reads the content before the error.
pub fn read(part: &str) -> Result<Sheet, Unreadable> {
    let mut pass = Pass::default();
    let mut reader = xml::reader(part);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Err(_) => {
                pass.sheet.is_damaged = true;
                break;
            }
            Ok(Event::Start(element)) => {
                pass.begin(&element)?;
                pass.take_in(&Event::Start(element));
            }
            Ok(Event::Empty(element)) => {
                pass.begin(&element)?;
                pass.end(xml::name(&element).as_ref())?;
            }
            Ok(Event::End(element)) => {
                pass.take_in(&Event::End(element.borrow()));
                pass.end(element.local_name().as_ref())?;
            }
            Ok(event) => pass.take_in(&event),
        }
    }
    let mut sheet = pass.sheet;
    sheet.is_damaged |= !pass.is_a_sheet;
    sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
    sheet.cells.dedup_by_key(|cell| (cell.row, cell.column));
    Ok(sheet)
}

/// The state of reading the XML.
#[derive(Default)]
struct Pass {
    sheet: Sheet,
    is_a_sheet: bool,
    row: u32,
    column: u32,
    cell: Option<Open>,
    /// The value of the open cell. All cells use one buffer.
    value: String,
}

/// The type of a cell, which says what its value is.
#[derive(Debug, Clone, Copy, Default)]
enum Kind {
    #[default]
    Number,
    Shared,
    Flag,
    Error,
    Text,
}

impl Kind {
    fn of(name: &str) -> Self {
        match name {
            "s" => Kind::Shared,
            "b" => Kind::Flag,
            "e" => Kind::Error,
            "str" | "inlineStr" | "d" => Kind::Text,
            _ => Kind::Number,
        }
    }
}

/// The cell being read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    style: u32,
    kind: Kind,
    is_value: bool,
    inline: RichText,
    has_inline: bool,
    has_formula: bool,
}

impl Pass {
    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), Unreadable> {
        match xml::name(element).as_ref() {
            "sheetData" => self.is_a_sheet = true,
            "row" => {
                self.row = xml::number(element, "r").filter(|row| *row > 0).unwrap_or(self.row.saturating_add(1));
                self.column = 0;
                if xml::flag(element, "hidden") && area::is_on_sheet(self.row, 1) {
                    self.sheet.hidden_rows.push(self.row);
                }
            }
            "c" => {
                self.cell = Some(self.opened(element));
                self.value.clear();
            }
            "v" => self.open(|cell| cell.is_value = true),
            "f" => self.open(|cell| cell.has_formula = true),
            "is" => self.open(|cell| cell.has_inline = true),
            "col" => self.column_group(element),
            "mergeCell" => self.merge(element)?,
            _ => {}
        }
        Ok(())
    }

    /// Returns the cell that an element begins. Its attributes are read once: a workbook has a million cells.
    fn opened(&mut self, element: &BytesStart<'_>) -> Open {
        let (mut place, mut style, mut kind) = (None, None, None);
        for (name, value) in xml::attributes(element) {
            match name {
                "r" => place = place.or(Some(xml::resolved(value))),
                "s" => style = style.or(Some(xml::resolved(value))),
                "t" => kind = kind.or(Some(xml::resolved(value))),
                _ => {}
            }
        }
        let place = place.as_deref().and_then(area::cell);
        let (row, column) = place.unwrap_or((self.row.max(1), self.column.saturating_add(1)));
        self.column = column;
        let style = style.and_then(|style| style.trim().parse().ok()).unwrap_or_default();
        Open { row, column, style, kind: Kind::of(kind.as_deref().unwrap_or_default()), ..Open::default() }
    }

    fn open(&mut self, change: impl FnOnce(&mut Open)) {
        if let Some(cell) = &mut self.cell {
            change(cell);
        }
    }

    fn column_group(&mut self, element: &BytesStart<'_>) {
        let is_hidden = xml::flag(element, "hidden") || xml::attribute(element, "width").as_deref() == Some("0");
        if let (true, Some(first), Some(last)) = (is_hidden, xml::number(element, "min"), xml::number(element, "max"))
            && area::is_on_sheet(1, first)
            && first <= last
        {
            self.sheet.hidden_columns.push((first, last));
        }
    }

    fn merge(&mut self, element: &BytesStart<'_>) -> Result<(), Unreadable> {
        self.sheet.merged.extend(xml::attribute(element, "ref").as_deref().and_then(Area::parse));
        match self.sheet.merged.len() > MAX_MERGED {
            true => Err(Unreadable::TooMuchInside { limit: "結合されたセルの数" }),
            false => Ok(()),
        }
    }

    fn take_in(&mut self, event: &Event<'_>) {
        let Some(cell) = &mut self.cell else { return };
        if cell.has_inline {
            cell.inline.take_in(event);
        } else if cell.is_value {
            xml::say(event, &mut self.value);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "v" => self.open(|cell| cell.is_value = false),
            "c" => {
                let Some(cell) = self.cell.take().filter(|cell| area::is_on_sheet(cell.row, cell.column)) else {
                    return Ok(());
                };
                if let Some(value) = value(cell.kind, cell.has_inline.then_some(cell.inline), &self.value) {
                    let Open { row, column, style, has_formula, .. } = cell;
                    self.sheet.cells.push(SheetCell { row, column, style, has_formula, value });
                }
                if self.sheet.cells.len() > MAX_CELLS {
                    return Err(Unreadable::TooMuchInside { limit: "セルの数" });
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn value(kind: Kind, inline: Option<RichText>, value: &str) -> Option<CellValue> {
    if let Some(mut inline) = inline {
        let text = inline.take();
        return (!text.is_empty()).then(|| CellValue::Text(text.into_boxed_str()));
    }
    let plain = value.trim();
    if plain.is_empty() {
        return None;
    }
    Some(match kind {
        Kind::Shared => CellValue::Shared(plain.parse().ok()?),
        Kind::Flag => CellValue::Flag(plain == "1" || plain == "true"),
        Kind::Error => CellValue::Error(plain.into()),
        Kind::Text => CellValue::Text(xml::unescaped(value.to_owned()).into_boxed_str()),
        Kind::Number => CellValue::Number(plain.into()),
    })
}
