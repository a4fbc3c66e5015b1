//! Prints the tables, and records the content that a reader must find in them.

use crate::bank::CHAPTERS;
use crate::front::table_title;
use crate::paper::Paper;
use crate::report::{Cells, ReportRow, ReportSection, ReportTable};
use crate::truth::{FigureTruth, Planted, RowTruth, Table, Truth};

/// Prints 第2 or 第3 with all its sections.
pub fn table(paper: &mut Paper, table: &ReportTable, truth: &mut Truth) {
    let (number, title) = table_title(table);
    paper.paragraph(&format!("{number} {title}"));
    let mut chapter = 0;
    for section in &table.sections {
        if section.chapter != chapter {
            chapter = section.chapter;
            paper.paragraph(&format!("{chapter} {}", CHAPTERS[chapter - 1].title));
        }
        paper.paragraph(&format!("({}) {}", section.number, section.title));
        paper.paragraph(section.lead);
        rows(paper, table, section, truth);
        paper.blank();
    }
}

fn rows(paper: &mut Paper, table: &ReportTable, section: &ReportSection, truth: &mut Truth) {
    for (number, row) in (1..).zip(&section.rows) {
        if row.begins_page {
            paper.blank();
        }
        let line = print(paper, row);
        truth
            .planted
            .extend(row.planted.iter().filter(|kind| !is_elsewhere(**kind)).map(|kind| Planted { kind: *kind, line }));
        truth.rows.push(row_truth(table, section, row, number, line));
    }
    if section.has_dashes {
        paper.line("--\t---\t-----------\t---".to_owned());
    }
}

/// Whether the damage is recorded by other code: damage to the contents is recorded where the contents are printed.
fn is_elsewhere(kind: crate::truth::DamageKind) -> bool {
    kind == crate::truth::DamageKind::ContentsTitle
}

/// Prints a row, and returns the number of its first line.
fn print(paper: &mut Paper, row: &ReportRow) -> u32 {
    let organisation = row.organisation.clone().unwrap_or_default();
    let divisions = row.divisions.join("、");
    let head = match row.cells {
        Cells::Four => format!("{organisation}\t{}\t{divisions}\t", row.mark),
        Cells::MarkWithDivision => format!("{organisation}\t{} {divisions}\t", row.mark),
        Cells::WithoutOrganisation => format!("{}\t{divisions}\t", row.mark),
    };
    let (text, list) = if row.has_tags {
        (format!("<p>{}</p>", row.text), format!("<ul style=\"list-style-type: none\"> {}", items(row)))
    } else {
        (row.text.clone(), items(row))
    };
    if row.is_broken {
        let line = paper.line(format!("{head}{text}"));
        paper.blank();
        let empty = if row.cells == Cells::Four { "\t\t\t" } else { "\t\t" };
        paper.line(format!("{empty}{list}"));
        return line;
    }
    let joined = if row.items.is_empty() { text } else { format!("{text} {list}") };
    paper.line(format!("{head}{joined}"))
}

/// Formats the items and the note, for example ・… ・… (R8.1月末時点).
fn items(row: &ReportRow) -> String {
    let bullets: Vec<String> = row_items(row).iter().map(|item| format!("・{item}")).collect();
    bullets.join(" ")
}

fn row_items(row: &ReportRow) -> Vec<String> {
    let mut items: Vec<String> = row.items.iter().map(|item| item.text.clone()).collect();
    if let (Some(last), Some(note)) = (items.last_mut(), &row.note) {
        last.push(' ');
        last.push_str(&note.printed);
    }
    items
}

fn row_truth(table: &ReportTable, section: &ReportSection, row: &ReportRow, number: usize, line: u32) -> RowTruth {
    let as_of = row.note.as_ref().map(|note| note.date.clone());
    let dated = |figure: &FigureTruth| FigureTruth { as_of: as_of.clone(), ..figure.clone() };
    debug_assert!(table.table == Table::Progress || row.items.is_empty());
    RowTruth {
        table: table.table,
        fiscal_year: table.fiscal_year,
        chapter: section.chapter,
        section: section.number,
        number,
        party: row.party,
        origins: row.origins.clone(),
        mark: row.mark.clone(),
        divisions: row.divisions.iter().map(|name| (*name).to_owned()).collect(),
        text: row.text.clone(),
        items: row_items(row),
        figures: row.items.iter().flat_map(|item| &item.figures).map(dated).collect(),
        line,
    }
}
