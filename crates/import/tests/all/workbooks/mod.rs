//! Builds workbooks for tests. Contains only the parts that a package needs, written as text so that tests can damage
//! them.

#![allow(dead_code, reason = "each test uses its own part of it")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Indexes of the cell styles in `styles.xml` below.
pub const GROUPED: u32 = 1;
pub const WAREKI: u32 = 2;
pub const WITH_UNIT: u32 = 3;
pub const RED: u32 = 4;
pub const BOLD: u32 = 5;
pub const PERCENT: u32 = 6;

const STYLES: &str = r##"<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="#,##0&quot;件&quot;"/></numFmts><fonts><font><sz val="11"/><color theme="1"/></font><font><sz val="11"/><color rgb="FFFF0000"/></font><font><b/><sz val="11"/></font></fonts><fills><fill><patternFill patternType="none"/></fill></fills><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="3" fontId="0"/><xf numFmtId="164" fontId="0"/><xf numFmtId="165" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/><xf numFmtId="10" fontId="0"/></cellXfs></styleSheet>"##;

/// One cell: its attributes and its content.
#[derive(Debug, Clone)]
pub struct CellOf {
    attributes: String,
    inside: String,
}

impl CellOf {
    pub fn text(text: &str) -> Self {
        Self { attributes: " t=\"inlineStr\"".to_owned(), inside: format!("<is><t>{}</t></is>", escaped(text)) }
    }

    pub fn number(number: &str) -> Self {
        Self { attributes: String::new(), inside: format!("<v>{number}</v>") }
    }

    /// Makes a cell with a number if the value is a number, otherwise with a text.
    pub fn any(value: &str) -> Self {
        if value.parse::<f64>().is_ok() { Self::number(value) } else { Self::text(value) }
    }

    pub fn shared(index: u32) -> Self {
        Self { attributes: " t=\"s\"".to_owned(), inside: format!("<v>{index}</v>") }
    }

    pub fn error(error: &str) -> Self {
        Self { attributes: " t=\"e\"".to_owned(), inside: format!("<f>A1+A9</f><v>{error}</v>") }
    }

    pub fn formula(formula: &str, value: &str) -> Self {
        Self { attributes: String::new(), inside: format!("<f>{formula}</f><v>{value}</v>") }
    }

    pub fn styled(mut self, style: u32) -> Self {
        self.attributes.push_str(&format!(" s=\"{style}\""));
        self
    }
}

/// One sheet of a workbook.
#[derive(Debug, Default)]
pub struct Page {
    name: String,
    pub is_hidden: bool,
    cells: BTreeMap<(u32, u32), CellOf>,
    merged: Vec<String>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
    drawn: Option<String>,
}

impl Page {
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub fn row<const N: usize>(&mut self, row: u32, cells: [CellOf; N]) {
        for (place, cell) in cells.into_iter().enumerate() {
            self.cells.insert((row, place as u32 + 1), cell);
        }
    }

    pub fn texts<const N: usize>(&mut self, row: u32, texts: [&str; N]) {
        for (place, text) in texts.into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            self.cells.insert((row, place as u32 + 1), CellOf::text(text));
        }
    }

    pub fn put(&mut self, name: &str, cell: CellOf) {
        let column = name.bytes().filter(u8::is_ascii_uppercase).fold(0, |all, b| all * 26 + u32::from(b - b'A') + 1);
        let row = name.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse().expect("a row");
        self.cells.insert((row, column), cell);
    }

    pub fn merge(&mut self, area: &str) {
        self.merged.push(area.to_owned());
    }

    pub fn hide_row(&mut self, row: u32) {
        self.hidden_rows.push(row);
    }

    pub fn hide_column(&mut self, column: u32) {
        self.hidden_columns.push(column);
    }

    pub fn draw(&mut self, text: &str) {
        self.drawn = Some(text.to_owned());
    }

    fn xml(&self) -> String {
        let columns: String = self
            .hidden_columns
            .iter()
            .map(|column| format!("<col min=\"{column}\" max=\"{column}\" hidden=\"1\"/>"))
            .collect();
        let mut rows = String::new();
        let mut open = 0;
        for ((row, column), cell) in &self.cells {
            if *row != open {
                let hidden = if self.hidden_rows.contains(row) { " hidden=\"1\"" } else { "" };
                rows.push_str(if open > 0 { "</row>" } else { "" });
                rows.push_str(&format!("<row r=\"{row}\"{hidden}>"));
                open = *row;
            }
            let name = format!("{}{row}", letters(*column));
            rows.push_str(&format!("<c r=\"{name}\"{}>{}</c>", cell.attributes, cell.inside));
        }
        rows.push_str(if open > 0 { "</row>" } else { "" });
        let merged: String = self.merged.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>")).collect();
        format!(
            "<worksheet><cols>{columns}</cols><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
        )
    }
}

/// A workbook: its sheets and the shared texts of their cells.
#[derive(Debug, Default)]
pub struct Book {
    pub pages: Vec<Page>,
    pub shared: String,
    pub counts_from_1904: bool,
}

impl Book {
    pub fn of<const N: usize>(pages: [Page; N]) -> Self {
        Self { pages: pages.into(), ..Self::default() }
    }

    pub fn bytes(&self) -> Vec<u8> {
        package(&self.parts())
    }

    pub fn parts(&self) -> Vec<(&'static str, String)> {
        const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let mut sheets = String::new();
        let mut relations = format!(
            "<Relationship Id=\"s\" Type=\"{TYPE}/styles\" Target=\"styles.xml\"/><Relationship Id=\"t\" Type=\"{TYPE}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
        );
        let mut parts =
            vec![("xl/styles.xml", STYLES.to_owned()), ("xl/sharedStrings.xml", format!("<sst>{}</sst>", self.shared))];
        for (place, page) in self.pages.iter().enumerate() {
            let state = if page.is_hidden { " state=\"hidden\"" } else { "" };
            sheets.push_str(&format!(
                "<sheet name=\"{}\" sheetId=\"{place}\"{state} r:id=\"r{place}\"/>",
                escaped(&page.name)
            ));
            relations.push_str(&format!(
                "<Relationship Id=\"r{place}\" Type=\"{TYPE}/worksheet\" Target=\"worksheets/sheet{place}.xml\"/>"
            ));
            parts.push((leaked(format!("xl/worksheets/sheet{place}.xml")), page.xml()));
            if let Some(text) = &page.drawn {
                let relation = format!(
                    "<Relationships><Relationship Id=\"d\" Type=\"{TYPE}/drawing\" Target=\"../drawings/drawing{place}.xml\"/></Relationships>"
                );
                parts.push((leaked(format!("xl/worksheets/_rels/sheet{place}.xml.rels")), relation));
                let shape = format!(
                    "<xdr:wsDr><xdr:sp><xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>",
                    escaped(text)
                );
                parts.push((leaked(format!("xl/drawings/drawing{place}.xml")), shape));
            }
        }
        let date = if self.counts_from_1904 { " date1904=\"1\"" } else { "" };
        parts.push(("xl/workbook.xml", format!("<workbook><workbookPr{date}/><sheets>{sheets}</sheets></workbook>")));
        parts.push(("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>")));
        parts
    }
}

/// Returns a part name with static lifetime, by leaking memory until the end of the test.
fn leaked(name: String) -> &'static str {
    name.leak()
}

/// Returns a ZIP file of these parts.
pub fn package<N: AsRef<str>>(parts: &[(N, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name.as_ref(), SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("a package").into_inner()
}

fn letters(column: u32) -> String {
    let (high, low) = ((column - 1) / 26, (column - 1) % 26);
    let letter = |n: u32| char::from(b'A' + n as u8);
    let first = if high > 0 { letter(high - 1).to_string() } else { String::new() };
    format!("{first}{}", letter(low))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
