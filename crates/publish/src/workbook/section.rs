//! 項目のシート — writes the rows of a section as a table: 区分 is merged over the rows of a party, and the header repeats on
//! each page.

use rust_xlsxwriter::{Format, Worksheet};

use super::book::{Book, write};
use super::lines::lines_of;
use super::look::{self, Widths, half_widths_in, height};
use crate::data_workbook::LONGEST_TEXT;
use crate::printed_text::half_widths;
use crate::sheet::{Part, Row, Run, SectionSheet};
use crate::workbook_error::WorkbookError;

const HEAD: [&str; 4] = ["区分", "番号", "担当課", "取組内容"];
/// Maximum height of a row, which Excel limits. A taller row of the report is written to several rows of the sheet.
const HIGHEST: f64 = 400.0;

/// A line of the contents.
pub(super) struct Entry {
    /// 0 for a part, 1 for a chapter, 2 for a section.
    pub level: usize,
    pub text: String,
    /// Whether the next entry is on the next sheet.
    pub ends_sheet: bool,
}

/// Returns the names of a part's sheets: one for each section; a part with paragraphs only has one sheet.
pub(super) fn names(part: &Part) -> Vec<String> {
    let sections = part.chapters.iter().flat_map(|chapter| chapter.sections.iter().map(move |it| (chapter, it)));
    let named = sections.map(|(chapter, it)| format!("{} {}{} {}", part.short, chapter.number, it.number, it.title));
    let named: Vec<String> = named.collect();
    if named.is_empty() { vec![part.short.clone()] } else { named }
}

pub(super) fn entries(part: &Part) -> Vec<Entry> {
    let entry =
        |level, number: &str, title: &str| Entry { level, text: format!("{number}　{title}"), ends_sheet: level == 2 };
    let mut entries = vec![entry(0, &part.number, &part.title)];
    for chapter in &part.chapters {
        entries.push(entry(1, &chapter.number, &chapter.title));
        entries.extend(chapter.sections.iter().map(|section| entry(2, &section.number, &section.title)));
    }
    if let Some(last) = entries.last_mut() {
        last.ends_sheet = true;
    }
    entries
}

/// A heading or paragraph above the table, with its font size.
struct Line<'a> {
    text: String,
    format: &'a Format,
    size: f64,
}

impl Book {
    /// Writes the sheets of a part; takes their names from `names`.
    pub(super) fn part(&mut self, part: &Part, names: &mut impl Iterator<Item = String>) -> Result<(), WorkbookError> {
        let look = &self.look;
        let line = |text: String, format, size| Line { text, format, size };
        let mut above = vec![line(format!("{}　{}", part.number, part.title), &look.heading, 14.0)];
        above.extend(part.paragraphs.iter().map(|text| line(text.clone(), &look.paragraph, 10.5)));
        for chapter in &part.chapters {
            above.push(line(format!("{}　{}", chapter.number, chapter.title), &look.subheading, 12.0));
            let on_each_page = format!("{}　{}　{}", part.title, chapter.number, chapter.title);
            for section in &chapter.sections {
                let mut above = std::mem::take(&mut above);
                above.push(line(format!("{}　{}", section.number, section.title), &look.subheading, 11.0));
                above.extend(section.lead.iter().map(|text| line(text.clone(), &look.paragraph, 10.5)));
                let name = names.next().unwrap_or_default();
                let sheet = self.made.add_worksheet();
                sheet.set_name(name)?;
                let mut table = Table { sheet, row: 0, widths: &self.widths };
                table.open(&above, &on_each_page)?;
                table.rows(section, look)?;
            }
        }
        if !above.is_empty() {
            let sheet = self.made.add_worksheet();
            sheet.set_name(names.next().unwrap_or_default())?;
            Table { sheet, row: 0, widths: &self.widths }.open(&above, "")?;
        }
        Ok(())
    }
}

/// A sheet of four columns, written from top to bottom.
struct Table<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    widths: &'a Widths,
}

impl Table<'_> {
    fn open(&mut self, above: &[Line<'_>], on_each_page: &str) -> Result<(), WorkbookError> {
        look::page(self.sheet, on_each_page);
        look::columns(self.sheet, &self.widths.0)?;
        for line in above {
            let room = (half_widths_in(Widths::whole()) as f64 * 10.5 / line.size) as usize;
            self.sheet.set_row_height(self.row, height(lines_of(&line.text, room), line.size) + 4.0)?;
            self.merged(self.row, 0, self.row, 3, &line.text, line.format)?;
            self.row += 1;
        }
        Ok(())
    }

    fn rows(&mut self, section: &SectionSheet, look: &look::Look) -> Result<(), WorkbookError> {
        if section.runs.is_empty() {
            return Ok(());
        }
        for (place, name) in (0u16..).zip(HEAD) {
            write(self.sheet, self.row, place, name, &look.column_head)?;
        }
        self.sheet.set_row_height(self.row, 20)?;
        self.sheet.set_repeat_rows(self.row, self.row)?;
        self.row += 1;
        section.runs.iter().try_for_each(|run| self.run(run, look))
    }

    fn run(&mut self, run: &Run, look: &look::Look) -> Result<(), WorkbookError> {
        let first = self.row;
        run.rows.iter().try_for_each(|row| self.initiative(row, look))?;
        self.merged(first, 0, self.row - 1, 0, &run.party, &look.centred)
    }

    /// Writes one row of the report, merged over as many rows of the sheet as its height needs.
    fn initiative(&mut self, row: &Row, look: &look::Look) -> Result<(), WorkbookError> {
        let [_, _, division, content] = self.widths.0.map(half_widths_in);
        let divisions = divisions_of(row);
        let first = self.row;
        for part in in_cells(&content_of(row)) {
            let lines = lines_of(&part, content).max(lines_of(&divisions, division));
            let high = height(lines, 10.5);
            let rows = (high / HIGHEST).ceil().max(1.0);
            let last = self.row + rows as u32 - 1;
            for each in self.row..=last {
                self.sheet.set_row_height(each, (high / rows).ceil())?;
            }
            self.merged(self.row, 3, last, 3, &part, &look.cell)?;
            self.row = last + 1;
        }
        self.merged(first, 1, self.row - 1, 1, &row.number, &look.centred)?;
        self.merged(first, 2, self.row - 1, 2, &divisions, &look.cell)
    }

    /// Writes a text into one cell or into several merged cells.
    fn merged(
        &mut self,
        top: u32,
        left: u16,
        bottom: u32,
        right: u16,
        text: &str,
        format: &Format,
    ) -> Result<(), WorkbookError> {
        if (top, left) != (bottom, right) {
            self.sheet.merge_range(top, left, bottom, right, "", format)?;
        }
        write(self.sheet, top, left, text, format)
    }
}

/// Returns the divisions, each on its line. Names separated by a blank stay on one line, because the import would read
/// a line end as a separator.
fn divisions_of(row: &Row) -> String {
    row.divisions.join("\n").replace(" \n", " ").replace("　\n", "　")
}

/// Returns the text of a cell 取組内容: one paragraph or item per line, each item after its bullet.
fn content_of(row: &Row) -> String {
    let lines = row.blocks.iter().flat_map(|block| block.lines.iter().map(move |line| format!("{}{line}", block.mark)));
    lines.collect::<Vec<_>>().join("\n")
}

/// Splits a text into the texts of as many cells as it needs; splits between lines if possible.
fn in_cells(text: &str) -> Vec<String> {
    if half_widths(text) <= LONGEST_TEXT {
        return vec![text.to_owned()];
    }
    let mut cells = vec![String::new()];
    let mut units = 0;
    for line in text.split_inclusive('\n').flat_map(pieces) {
        let more = line.encode_utf16().count();
        if units + more > LONGEST_TEXT {
            cells.push(String::new());
            units = 0;
        }
        units += more;
        if let Some(cell) = cells.last_mut() {
            cell.push_str(&line);
        }
    }
    cells.iter().map(|cell| cell.trim_end_matches('\n').to_owned()).collect()
}

/// Splits a line that is longer than a cell into pieces.
fn pieces(line: &str) -> Vec<String> {
    let letters: Vec<char> = line.chars().collect();
    letters.chunks(LONGEST_TEXT / 2).map(|piece| piece.iter().collect()).collect()
}
