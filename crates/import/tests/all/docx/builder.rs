//! Builds small Word files for tests.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:mc='m' xmlns:wps='s' xmlns:a='a' xmlns:m='n'";

/// The parts of a Word package.
pub struct Docx(Vec<(String, Vec<u8>)>);

impl Docx {
    pub fn new(body: &str) -> Self {
        let kind = |name: &str| {
            format!("<Relationship Id='{name}' Type='http://x/relationships/{name}' Target='{name}.xml'/>")
        };
        let links = ["styles", "numbering", "footnotes", "header1"].map(kind).concat();
        Self(Vec::new())
            .raw("_rels/.rels", "<Relationships><Relationship Id='a' Type='http://x/officeDocument' Target='word/document.xml'/></Relationships>")
            .raw("word/_rels/document.xml.rels", &format!("<Relationships>{links}</Relationships>"))
            .raw("word/document.xml", &format!("<?xml version='1.0'?><w:document {NAMES}><w:body>{body}</w:body></w:document>"))
    }

    /// Adds a further part with this content.
    pub fn part(self, name: &str, content: &str) -> Self {
        self.raw(&format!("word/{name}.xml"), &format!("<w:{name} {NAMES}>{content}</w:{name}>"))
    }

    pub fn raw(self, name: &str, content: &str) -> Self {
        self.raw_bytes(name, content.as_bytes().to_vec())
    }

    pub fn raw_bytes(self, name: &str, content: Vec<u8>) -> Self {
        let mut parts = self.without(name);
        parts.0.push((name.to_owned(), content));
        parts
    }

    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(own, _)| own != name);
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            package.start_file(name, SimpleFileOptions::default()).expect("a part");
            package.write_all(content).expect("a part");
        }
        package.finish().expect("a package").into_inner()
    }
}

pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

pub fn cell(text: &str) -> String {
    paragraph(text)
}

/// Returns a table row; each cell is given by its content.
pub fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect::<String>())
}

pub fn table(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}
