//! 所在 — places in a file, and the file as lines that a page can show with the data read from them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// 所在 — a place in a file, in terms that people can find in the opened file. A text file has only lines, so it has no
/// such place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Locus {
    /// PDF: the page from 1, and the upper left corner of the text in points from the upper left corner of the page.
    Page { page: u32, left: u32, top: u32 },
    /// Excel: the sheet's name and the cell (B12).
    Sheet { sheet: Arc<str>, cell: String },
    /// Word: a cell of a table; tables, rows and columns from 1.
    Table { table: u32, row: u32, column: u32 },
    /// Word: a paragraph outside of tables, from 1.
    Paragraph { paragraph: u32 },
}

/// 出所 — the place from which something was read, and its original text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// Number of the paragraph or table row in reading order, from 1; in a text file, the line number. `None` for data
    /// entered here.
    pub line: Option<u32>,
    #[serde(default)]
    pub text: String,
    /// The place in the file: page, cell or paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Locus>,
}

/// 資料の行 — one paragraph or one table row of a file, in reading order; its number is its index in the list, from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// The text. A tab separates two cells; a space separates two paragraphs of one cell.
    pub text: String,
    pub at: Option<Locus>,
    /// The cells of a table row; empty for a paragraph.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<SourceCell>,
}

/// 資料のセル — one cell of a table row of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCell {
    pub text: String,
    pub at: Option<Locus>,
}

impl Locus {
    /// Returns the name of the place, for example 3ページ or シート「計画」B12.
    pub fn name_in(&self, language: Language) -> String {
        match (self, language) {
            (Locus::Page { page, .. }, Language::Japanese) => format!("{page}ページ"),
            (Locus::Page { page, .. }, Language::English) => format!("page {page}"),
            (Locus::Sheet { sheet, cell }, Language::Japanese) => format!("シート「{sheet}」{cell}"),
            (Locus::Sheet { sheet, cell }, Language::English) => format!("sheet “{sheet}” {cell}"),
            (Locus::Table { table, row, column }, Language::Japanese) => format!("表{table}の{row}行{column}列"),
            (Locus::Table { table, row, column }, Language::English) => {
                format!("table {table}, row {row}, column {column}")
            }
            (Locus::Paragraph { paragraph }, Language::Japanese) => format!("段落{paragraph}"),
            (Locus::Paragraph { paragraph }, Language::English) => format!("paragraph {paragraph}"),
        }
    }
}

impl Source {
    pub fn of_line(line: u32, text: impl Into<String>) -> Self {
        Self { line: Some(line), text: text.into(), at: None }
    }

    /// Returns the source of data entered here.
    pub fn none() -> Self {
        Self { line: None, text: String::new(), at: None }
    }
}

impl SourceLine {
    /// Returns the place of a phrase of this line: the cell that contains it, otherwise the line. White space is
    /// ignored.
    pub fn locate(&self, phrase: &str) -> Option<&Locus> {
        let phrase = squeezed(phrase);
        let holds = |cell: &&SourceCell| !phrase.is_empty() && squeezed(&cell.text).contains(&phrase);
        let cell = self.cells.iter().find(holds).and_then(|cell| cell.at.as_ref());
        cell.or(self.at.as_ref())
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cell: &str) -> Option<Locus> {
        Some(Locus::Sheet { sheet: "第1章".into(), cell: cell.to_owned() })
    }

    #[test]
    fn a_phrase_is_found_in_its_cell_or_on_its_line() {
        let cell = |text: &str, at| SourceCell { text: text.to_owned(), at: sheet(at) };
        let cells = vec![cell("①", "B3"), cell("相談 5 件", "D3")];
        let line = SourceLine { text: "①\t相談 5 件".to_owned(), at: sheet("A3"), cells };
        assert_eq!(line.locate("相談5件"), sheet("D3").as_ref());
        assert_eq!(line.locate("訪問"), sheet("A3").as_ref());
        assert_eq!(line.locate(""), sheet("A3").as_ref());
    }

    #[test]
    fn a_locus_is_named_as_the_program_that_opens_the_file_names_it() {
        let page = Locus::Page { page: 3, left: 70, top: 410 };
        assert_eq!(page.name_in(Language::Japanese), "3ページ");
        assert_eq!(sheet("B2").map(|at| at.name_in(Language::Japanese)), Some("シート「第1章」B2".to_owned()));
        assert_eq!(Locus::Table { table: 1, row: 2, column: 3 }.name_in(Language::English), "table 1, row 2, column 3");
        assert_eq!(Locus::Paragraph { paragraph: 4 }.name_in(Language::Japanese), "段落4");
    }

    #[test]
    fn a_locus_is_written_by_what_it_counts() {
        let json = |locus: &Locus| serde_json::to_string(locus).unwrap();
        let page = Locus::Page { page: 3, left: 70, top: 410 };
        assert_eq!(json(&page), r#"{"page":3,"left":70,"top":410}"#);
        for locus in [page, sheet("B2").unwrap(), Locus::Paragraph { paragraph: 4 }] {
            assert_eq!(serde_json::from_str::<Locus>(&json(&locus)).unwrap(), locus);
        }
        let table = Locus::Table { table: 1, row: 2, column: 3 };
        assert_eq!(serde_json::from_str::<Locus>(&json(&table)).unwrap(), table);
    }
}
