//! Reads the document step by step. Open elements are stored in fields and not on the call stack, so deep nesting
//! cannot overflow the stack.

use crate::decode::Unreadable;
use crate::docx::noticed::Noticed;
use crate::docx::numbering::Numbering;
use crate::docx::output::Output;
use crate::docx::story::{Paragraph, Properties, Run, Story};
use crate::docx::styles::{ListPlace, Styles};
use crate::docx::symbols;
use crate::docx::table::{Merge, Table};
use crate::docx::xml::{Element, Step};

/// The state of reading: all elements that have begun but not ended.
pub struct Walk<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    output: Output,
    noticed: Noticed,
    here: Story,
    /// The streams of paragraphs (stories) that are interrupted by an open text box.
    outer: Vec<Story>,
    /// Text boxes that wait until the paragraph or table they belong to is written.
    boxes: Vec<String>,
    table: Option<Table>,
    /// Number of open tables; a table inside a table is read as text of a cell.
    tables: usize,
    skipping: Option<Skipping>,
    /// For each open `AlternateContent`, whether one of its choices has been read.
    choices: Vec<bool>,
    inserted: u32,
    /// Whether the part has a document body.
    pub has_body: bool,
}

/// An element whose content is not read.
struct Skipping {
    depth: u32,
    /// Whether a tracked change deleted the text.
    deleted: bool,
    in_text: bool,
}

impl<'a> Walk<'a> {
    pub fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            output: Output::default(),
            noticed: Noticed::default(),
            here: Story::default(),
            outer: Vec::new(),
            boxes: Vec::new(),
            table: None,
            tables: 0,
            skipping: None,
            choices: Vec::new(),
            inserted: 0,
            has_body: false,
        }
    }

    pub fn step(&mut self, step: &Step<'_>) -> Result<(), Unreadable> {
        if self.skipping.is_some() {
            self.skip(step);
            return Ok(());
        }
        match step {
            Step::Open(element) => self.open(element),
            Step::Close(name) => self.close(name),
            Step::Text(text) => {
                self.text(text);
                Ok(())
            }
        }
    }

    /// Returns the result, even if the document is incomplete.
    pub fn finish(mut self) -> Result<(Output, Noticed), Unreadable> {
        self.end_paragraph()?;
        self.flush_carried()?;
        self.end_table()?;
        self.output.end_tabbed();
        Ok((self.output, self.noticed))
    }

    fn line(&self) -> u32 {
        self.output.line(self.table.as_ref().map_or(0, |table| table.rows.len()))
    }

    fn skip(&mut self, step: &Step<'_>) {
        let line = self.line();
        let Some(skipping) = &mut self.skipping else { return };
        match step {
            Step::Open(element) => {
                skipping.depth += 1;
                skipping.in_text = matches!(element.name(), "t" | "delText");
            }
            Step::Close(_) => {
                skipping.depth -= 1;
                skipping.in_text = false;
                if skipping.depth == 0 {
                    self.skipping = None;
                }
            }
            Step::Text(text) if skipping.deleted && skipping.in_text => self.noticed.deleted.add(text, line),
            Step::Text(_) => {}
        }
    }

    fn begin_skipping(&mut self, deleted: bool) {
        self.skipping = Some(Skipping { depth: 1, deleted, in_text: false });
        if deleted {
            self.noticed.deleted.end_piece();
        }
    }

    fn open(&mut self, element: &Element<'_>) -> Result<(), Unreadable> {
        match element.name() {
            "pPrChange" | "rPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "tblGridChange" | "sectPr"
            | "sectPrChange" | "instrText" | "delInstrText" | "rt" | "sdtPr" => self.begin_skipping(false),
            "AlternateContent" => self.choices.push(false),
            "Choice" | "Fallback" => match self.choices.last_mut() {
                Some(true) => self.begin_skipping(false),
                Some(read) => *read = true,
                None => {}
            },
            "drawing" | "pict" | "object" => self.here.drawings += 1,
            "blip" | "imagedata" | "chart" | "OLEObject" | "relIds" if self.here.drawings > 0 => {
                self.noticed.pictures.end_piece();
                self.noticed.pictures.add("図", self.line());
            }
            "tbl" if self.tables == 1 && self.outer.is_empty() && self.table.as_ref().is_some_and(|t| t.grid == 1) => {
                self.unframe()?;
                self.table_element("tbl");
            }
            "body" => self.has_body = true,
            "altChunk" | "subDoc" => self.noticed.parts.add("文書", self.line()),
            "txbxContent" => self.outer.push(std::mem::take(&mut self.here)),
            "p" if self.here.drawings == 0 => {
                self.end_paragraph()?;
                let text = std::mem::take(&mut self.here.carried);
                self.here.paragraph = Some(Paragraph { text, ..Paragraph::default() });
            }
            "r" if self.here.drawings == 0 => self.here.run = Some(Run::default()),
            "t" => self.here.in_text = self.here.drawings == 0 && self.here.run.is_some(),
            name if self.here.properties.is_some() => self.property(name, element),
            name if self.here.drawings == 0 => self.content(name, element),
            _ => {}
        }
        Ok(())
    }

    /// Handles elements that contain or separate text.
    fn content(&mut self, name: &str, element: &Element<'_>) {
        match name {
            "pPr" => self.here.properties = Some(Properties::Paragraph),
            "trPr" => self.here.properties = Some(Properties::Row),
            "tcPr" => self.here.properties = Some(Properties::Cell),
            "ins" | "moveTo" => {
                self.inserted += 1;
                self.noticed.inserted.end_piece();
            }
            "del" | "moveFrom" => self.begin_skipping(true),
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let (font, code) = (element.value("font").unwrap_or_default(), element.value("char"));
                if let Some(sign) = code.and_then(|code| symbols::symbol(&font, &code)) {
                    self.push(&sign.to_string());
                }
            }
            "vanish" | "rStyle" => {
                if let Some(run) = &mut self.here.run {
                    match name {
                        "vanish" => run.hidden = Some(element.is_on()),
                        _ => run.style = element.value("val"),
                    }
                }
            }
            _ if self.outer.is_empty() => self.table_element(name),
            _ => {}
        }
    }

    fn table_element(&mut self, name: &str) {
        match name {
            "tbl" => {
                self.tables += 1;
                self.table.get_or_insert_default();
            }
            "gridCol" if self.tables == 1 => self.table.iter_mut().for_each(|table| table.grid += 1),
            "tr" if self.tables == 1 => self.table.iter_mut().for_each(Table::begin_row),
            "tc" if self.tables == 1 => self.table.iter_mut().for_each(Table::begin_cell),
            _ => {}
        }
    }

    /// Applies a property element of a paragraph, a row or a cell.
    fn property(&mut self, name: &str, element: &Element<'_>) {
        let number = || element.number("val").unwrap_or(0);
        let table = if self.tables == 1 && self.outer.is_empty() { self.table.as_mut() } else { None };
        match (self.here.properties, &mut self.here.paragraph, table) {
            (Some(Properties::Paragraph), Some(paragraph), _) => match name {
                "pStyle" => paragraph.style = element.value("val"),
                "numId" => paragraph.place.list = element.number("val"),
                "ilvl" => paragraph.place.level = element.number("val"),
                "del" | "moveFrom" => paragraph.end_deleted = true,
                _ => {}
            },
            (Some(Properties::Row), _, Some(table)) => match name {
                "gridBefore" | "gridAfter" => table.skip_columns(number()),
                "del" => table.delete_row(),
                "ins" => table.insert_row(),
                _ => {}
            },
            (Some(Properties::Cell), _, Some(table)) => {
                let goes =
                    || if element.value("val").as_deref() == Some("restart") { Merge::Start } else { Merge::Goes };
                match name {
                    "gridSpan" => table.span_columns(number()),
                    "vMerge" => table.merge(goes(), true),
                    "hMerge" => table.merge(goes(), false),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "pPr" | "trPr" | "tcPr" => self.here.properties = None,
            "AlternateContent" => drop(self.choices.pop()),
            "drawing" | "pict" | "object" => self.here.drawings = self.here.drawings.saturating_sub(1),
            "txbxContent" => {
                self.end_paragraph()?;
                self.flush_carried()?;
                self.here = self.outer.pop().unwrap_or_default();
                self.noticed.boxes.end_piece();
            }
            "p" if self.here.drawings == 0 => self.end_paragraph()?,
            "r" => self.here.run = None,
            "t" => self.here.in_text = false,
            "ins" | "moveTo" if self.here.properties.is_none() => self.inserted = self.inserted.saturating_sub(1),
            "tbl" | "tr" | "tc" if self.outer.is_empty() => self.close_table_element(name)?,
            _ => {}
        }
        Ok(())
    }

    fn close_table_element(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "tc" if self.tables == 1 => {
                self.end_paragraph()?;
                self.flush_carried()?;
                let line = self.line();
                if let Some(hidden) = self.table.as_mut().and_then(Table::end_cell) {
                    self.noticed.hidden.end_piece();
                    self.noticed.hidden.add(&hidden, line);
                }
            }
            "tr" if self.tables == 1 => self.table.iter_mut().for_each(Table::end_row),
            "tbl" => {
                if self.tables == 0 {
                    return Ok(());
                }
                self.tables -= 1;
                if self.tables == 0 {
                    self.end_table()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.here.in_text {
            let text = text.replace(['\n', '\r', '\t'], " ");
            self.push(&text);
        }
    }

    /// Adds text of the open run.
    fn push(&mut self, text: &str) {
        let line = self.line();
        let is_hidden = self.here.is_hidden(self.styles);
        let (Some(_), Some(paragraph)) = (&self.here.run, &mut self.here.paragraph) else { return };
        let in_row = |is: fn(&Table) -> bool| self.outer.is_empty() && self.table.as_ref().is_some_and(is);
        if in_row(Table::is_deleted) {
            self.noticed.deleted.add(text, line);
        } else if is_hidden {
            self.noticed.hidden.add(text, line);
        } else {
            paragraph.text.push_str(text);
            if self.inserted > 0 || in_row(Table::is_inserted) {
                self.noticed.inserted.add(text, line);
            }
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Unreadable> {
        let Some(paragraph) = self.here.paragraph.take() else { return Ok(()) };
        (self.here.run, self.here.in_text, self.here.properties) = (None, false, None);
        self.noticed.hidden.end_piece();
        if paragraph.end_deleted {
            self.here.carried = paragraph.text;
            return Ok(());
        }
        let text = self.labelled(paragraph);
        self.write(text)
    }

    fn flush_carried(&mut self) -> Result<(), Unreadable> {
        let text = std::mem::take(&mut self.here.carried);
        self.write(text)
    }

    /// Returns the text with the number that its list puts before it.
    fn labelled(&mut self, paragraph: Paragraph) -> String {
        let by_style = self.styles.place(paragraph.style.as_deref());
        let (place, style) = match (paragraph.place.list, by_style) {
            (Some(_), _) => (paragraph.place, paragraph.style.as_deref()),
            (None, Some((place, style))) => {
                (ListPlace { level: paragraph.place.level.or(place.level), ..place }, Some(style))
            }
            (None, None) => return paragraph.text,
        };
        let is_empty = paragraph.text.trim().is_empty();
        match self.numbering.label(place, style, self.styles) {
            // An empty numbered paragraph is read as its number only in a cell, where authors use a list to number the
            // rows.
            Some(label) if is_empty && (label.is_bullet || self.tables == 0) => paragraph.text,
            Some(label) if label.is_bullet && paragraph.text.trim_start().starts_with(crate::items::is_bullet) => {
                paragraph.text
            }
            Some(label) => label.text + paragraph.text.trim_start(),
            None => paragraph.text,
        }
    }

    /// Writes a complete paragraph into the open text box, the open cell or the document.
    fn write(&mut self, text: String) -> Result<(), Unreadable> {
        if text.trim().is_empty() {
            return if self.tables == 0 && self.outer.is_empty() { self.write_boxes() } else { Ok(()) };
        }
        self.output.count(&text)?;
        if !self.outer.is_empty() {
            self.noticed.boxes.add(text.trim(), self.line());
            self.boxes.push(text);
            return Ok(());
        }
        let outside = match &mut self.table {
            Some(table) => crate::markup::paragraphs(&text.replace('\t', " "))
                .into_iter()
                .filter_map(|part| table.paragraph(part))
                .collect::<Vec<_>>(),
            None => vec![text],
        };
        for text in outside {
            self.output.paragraph(text)?;
        }
        if self.tables == 0 { self.write_boxes() } else { Ok(()) }
    }

    fn write_boxes(&mut self) -> Result<(), Unreadable> {
        for text in std::mem::take(&mut self.boxes) {
            self.output.paragraph(text)?;
        }
        Ok(())
    }

    /// Removes a one-column table around another table, because it is only a frame; its content becomes part of the
    /// document.
    fn unframe(&mut self) -> Result<(), Unreadable> {
        self.end_paragraph()?;
        self.flush_carried()?;
        self.tables = 0;
        self.end_table()
    }

    fn end_table(&mut self) -> Result<(), Unreadable> {
        if let Some(mut table) = self.table.take() {
            if let Some(hidden) = table.end_cell() {
                self.noticed.hidden.add(&hidden, self.output.line(0));
            }
            table.end_row();
            self.output.table(table)?;
        }
        self.write_boxes()
    }
}
