//! 第2・第3 — writes the headings, the lead sentences and the tables 区分 | 番号 | 担当課 | 取組内容.

use super::lists::{Bullet, Lists};
use super::looks::{Look, Looks};
use super::tree::Element;
use super::writing::{Anchor, heading, line, paragraph, run};
use crate::sheet::{Block, Part, Row, Run, SectionSheet};

/// Widths in twentieths of a point: 15 mm, 9 mm, and the borders and margins of a cell.
const PARTY: usize = 850;
const NUMBER: usize = 510;
const CELL_MARGINS: usize = 210;
/// The margins of header cells. They are narrow, so that 番号 fits into its column.
const HEADER_MARGIN: &str = "28";
/// Minimum width of the column 取組内容, which matters for long division names and narrow pages.
const NARROWEST_TEXT: usize = 2_000;

/// The styles, lists and widths for setting a part.
pub(super) struct Setting<'layout> {
    pub looks: &'layout Looks,
    pub lists: &'layout mut Lists,
    /// Width of the text on the page, in twentieths of a point.
    pub width: usize,
    /// Width of the column 担当課 in full-width characters.
    pub division_width: usize,
}

/// Writes a part with its heading. `place` counts the parts from 1.
pub(super) fn part(place: usize, part: &Part, setting: &mut Setting) -> Vec<Element> {
    let looks = setting.looks;
    let anchor = |chapter, section| Anchor { part: place, chapter, section };
    let titled = |number: &str, title: &str| format!("{number}　{title}");
    let mut written = vec![heading(looks, 1, &titled(&part.number, &part.title), &anchor(0, 0), None)];
    written.extend(part.paragraphs.iter().map(|text| line(looks, Look::PurposeText, text)));
    for (chapter_place, chapter) in (1..).zip(&part.chapters) {
        let stays = looks.chapters_begin_pages && chapter_place == 1;
        let words = titled(&chapter.number, &chapter.title);
        written.push(heading(looks, 2, &words, &anchor(chapter_place, 0), stays.then_some(false)));
        for (section_place, section) in (1..).zip(&chapter.sections) {
            let words = titled(&section.number, &section.title);
            written.push(heading(looks, 3, &words, &anchor(chapter_place, section_place), None));
            written.extend(section.lead.iter().map(|text| line(looks, Look::Lead, text)));
            if !section.runs.is_empty() {
                written.push(table(section, setting));
            }
        }
    }
    written
}

fn table(section: &SectionSheet, setting: &mut Setting) -> Element {
    let columns = columns(setting);
    let margins = Element::new("w:tblLook")
        .with("w:val", "0620")
        .with("w:firstRow", "1")
        .with("w:lastRow", "0")
        .with("w:firstColumn", "0")
        .with("w:lastColumn", "0")
        .with("w:noHBand", "1")
        .with("w:noVBand", "1");
    let properties = Element::new("w:tblPr").holding([
        Element::valued("w:tblStyle", setting.looks.id(Look::RowTable)),
        width("w:tblW", columns.iter().sum()),
        Element::new("w:tblLayout").with("w:type", "fixed"),
        margins,
        Element::valued("w:tblCaption", format!("{}の取組", section.title)),
        Element::valued("w:tblDescription", "区分ごとに、番号、担当課、取組内容を示す表"),
    ]);
    let grid = columns.map(|column| Element::new("w:gridCol").with("w:w", column.to_string()));
    let rows: Vec<Element> = section.runs.iter().flat_map(|run| rows(run, &columns, setting)).collect();
    Element::new("w:tbl")
        .holding([properties, Element::new("w:tblGrid").holding(grid), header(&columns, setting.looks)])
        .holding(rows)
}

/// Returns the widths of the columns; their sum is the width of the page's text. The column 担当課 is wide enough for the
/// longest name that is printed on one line.
fn columns(setting: &Setting) -> [usize; 4] {
    let named = setting.division_width * setting.looks.cell_size + CELL_MARGINS;
    let left = setting.width.saturating_sub(PARTY + NUMBER);
    let divisions = named.min(left.saturating_sub(NARROWEST_TEXT)).max(CELL_MARGINS);
    [PARTY, NUMBER, divisions, left.saturating_sub(divisions).max(CELL_MARGINS)]
}

fn width(name: &'static str, twips: usize) -> Element {
    Element::new(name).with("w:w", twips.to_string()).with("w:type", "dxa")
}

fn header(columns: &[usize; 4], looks: &Looks) -> Element {
    let properties = Element::new("w:trPr").holding([Element::new("w:cantSplit"), Element::new("w:tblHeader")]);
    let cells = ["区分", "番号", "担当課", "取組内容"].into_iter().zip(columns).map(|(name, column)| {
        let margin = |side| Element::new(side).with("w:w", HEADER_MARGIN).with("w:type", "dxa");
        let margins = Element::new("w:tcMar").holding([margin("w:left"), margin("w:right")]);
        cell(*column, [margins], [line(looks, Look::HeaderCell, name)])
    });
    Element::new("w:tr").holding([properties]).holding(cells)
}

fn rows(run: &Run, columns: &[usize; 4], setting: &mut Setting) -> Vec<Element> {
    let last = run.rows.len();
    (1..)
        .zip(&run.rows)
        .map(|(place, row)| {
            let looks = setting.looks;
            let merge = match place {
                _ if last == 1 => None,
                1 => Some(Element::valued("w:vMerge", "restart")),
                _ => Some(Element::new("w:vMerge")),
            };
            let party = if place == 1 {
                line(looks, Look::PartyCell, &run.party)
            } else {
                paragraph(looks, Look::PartyCell, [])
            };
            let properties = (!row.tall).then(|| Element::new("w:trPr").holding([Element::new("w:cantSplit")]));
            let cells = [
                cell(columns[0], merge, [party]),
                cell(columns[1], [], [line(looks, Look::NumberCell, &row.number)]),
                cell(columns[2], [], row.divisions.iter().map(|name| line(looks, Look::DivisionCell, name))),
                cell(columns[3], [], content(row, setting)),
            ];
            Element::new("w:tr").holding(properties).holding(cells)
        })
        .collect()
}

/// Writes a cell. A cell always contains a paragraph, because otherwise Word reports a damaged file.
fn cell(column: usize, own: impl IntoIterator<Item = Element>, content: impl IntoIterator<Item = Element>) -> Element {
    let properties = Element::new("w:tcPr").holding([width("w:tcW", column)]).holding(own);
    let mut cell = Element::new("w:tc").holding([properties]).holding(content);
    if cell.child("w:p").is_none() {
        cell.children.push(Element::new("w:p").into());
    }
    cell
}

fn content(row: &Row, setting: &mut Setting) -> Vec<Element> {
    row.blocks.iter().flat_map(|block| of_block(block, setting)).collect()
}

fn of_block(block: &Block, setting: &mut Setting) -> Vec<Element> {
    let looks = setting.looks;
    if block.mark.is_empty() {
        return block.lines.iter().map(|text| line(looks, Look::RowText, text)).collect();
    }
    let number = match setting.lists.bullet(&block.mark) {
        Bullet::Typed => {
            let typed = block.lines.iter().map(|text| format!("{}{text}", block.mark));
            return typed.map(|text| line(looks, Look::RowText, &text)).collect();
        }
        Bullet::OfStyle => None,
        Bullet::OfList(list) => {
            Some(Element::new("w:numPr").holding([Element::valued("w:ilvl", "0"), Element::valued("w:numId", list)]))
        }
    };
    block.lines.iter().map(|text| paragraph(looks, Look::Bullet, number.clone()).holding([run(text)])).collect()
}
