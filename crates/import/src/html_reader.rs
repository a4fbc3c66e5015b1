//! HTML → blocks: tables with spanning cells, and the texts between them.

use crate::blocks::{Block, Body, Cell, MAX_CELLS, squash};
use crate::marks;
use crate::markup::{self, Effect, Tag};
use crate::text_reader;

/// Whether a text is HTML or contains an HTML table.
pub fn is_html(text: &str) -> bool {
    tags(text).any(|tag| matches!(tag.name.as_str(), "table" | "html" | "body"))
}

/// Reads an HTML document into blocks.
pub fn read(text: &str) -> Vec<Block> {
    let whole = tags(text).any(|tag| matches!(tag.name.as_str(), "html" | "body"));
    let mut reader =
        Reader { blocks: Vec::new(), buffer: String::new(), buffer_line: 1, whole, in_navigation: false, table: None };
    let (mut at, mut line) = (0, 1u32);
    let mut hidden: Option<String> = None;
    let last_comment_end = text.rfind("-->");
    while at < text.len() {
        let rest = &text[at..];
        if let Some(tag) = markup::tag(rest) {
            if hidden.as_deref().is_some_and(|hidden| ends(hidden, &tag)) {
                hidden = None;
            } else if hidden.is_none() {
                if matches!(tag.name.as_str(), "script" | "style" | "title") && !tag.closing {
                    hidden = Some(tag.name.clone());
                }
                reader.tag(&tag, &rest[..tag.len], line);
            }
            line += rest[..tag.len].matches('\n').count() as u32;
            at += tag.len;
        } else if let Some(len) = declaration(rest, last_comment_end.is_some_and(|end| end > at)) {
            line += rest[..len].matches('\n').count() as u32;
            at += len;
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let plain = first + rest[first..].find(['<', '\n']).unwrap_or(rest.len() - first);
            if hidden.is_none() {
                reader.text(&rest[..plain], line);
            }
            line += rest[..plain].matches('\n').count() as u32;
            at += plain;
        }
    }
    reader.end_table();
    reader.flush();
    reader.blocks
}

fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    text.match_indices('<').filter_map(|(at, _)| markup::tag(&text[at..]))
}

/// Whether a tag ends hidden content. Other tags end it too if the hidden element is `title`, because it is often not
/// closed.
fn ends(hidden: &str, tag: &Tag<'_>) -> bool {
    tag.closing && tag.name == hidden
        || hidden == "title" && matches!(tag.name.as_str(), "head" | "body" | "style" | "meta")
}

/// Returns the length of `<!-- … -->` or `<!DOCTYPE …>`. A comment that is never closed is read as text.
fn declaration(text: &str, comment_ends: bool) -> Option<usize> {
    if comment_ends && text.starts_with("<!--") {
        return text.find("-->").map(|end| end + 3);
    }
    let kind = text.get(..9)?;
    if kind.eq_ignore_ascii_case("<!doctype") {
        text.find('>').filter(|end| *end < 400).map(|end| end + 1)
    } else {
        None
    }
}

/// The state of the reader.
struct Reader {
    blocks: Vec<Block>,
    buffer: String,
    buffer_line: u32,
    /// Whether the whole file is HTML. If so, a line end is read as a blank; otherwise each line is a block.
    whole: bool,
    /// Whether the reader is inside a `nav` element, whose list entries are lines of the contents without bullets.
    in_navigation: bool,
    table: Option<Table>,
}

/// The table being read.
#[derive(Default)]
struct Table {
    /// Nesting depth; a table inside a cell is read as text of the cell.
    depth: u32,
    row: Vec<Cell>,
    row_line: u32,
    cell: Option<(String, u32, u32)>,
    /// For each column, the number of further rows that a cell above spans.
    spanning: Vec<u32>,
}

impl Reader {
    fn text(&mut self, text: &str, line: u32) {
        if let Some((cell, _, _)) = self.table.as_mut().and_then(|table| table.cell.as_mut()) {
            cell.extend(text.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
            return;
        }
        if self.table.is_some() {
            return self.stray(text, line);
        }
        for (index, part) in text.split('\n').enumerate() {
            if index > 0 && !self.whole {
                self.flush();
            } else if index > 0 {
                self.buffer.push(' ');
            }
            if self.buffer.trim().is_empty() {
                self.buffer_line = line + index as u32;
            }
            self.buffer.push_str(part);
        }
    }

    /// Adds text that is inside a table but outside of its cells as a separate block.
    fn stray(&mut self, text: &str, line: u32) {
        if !text.trim().is_empty() && !self.repeats_heading(text) {
            self.blocks.push(Block { line, body: Body::Text(text.trim().to_owned()) });
        }
    }

    /// Whether a caption only repeats a heading above it: 「若者の支援の取組」 under 「(1) 若者の支援」.
    fn repeats_heading(&self, text: &str) -> bool {
        let text = squash(text);
        let above = self.blocks.iter().rev().filter(|block| !block.is_row()).take(3);
        let mut titles = above.filter_map(|block| marks::numbered(&block.line_text()).map(|heading| heading.title));
        titles.any(|title| text.starts_with(&squash(&title)))
    }

    fn tag(&mut self, tag: &Tag<'_>, source: &str, line: u32) {
        let opening = !tag.closing;
        match (tag.name.as_str(), &mut self.table) {
            ("table", None) if opening => {
                self.flush();
                self.table = Some(Table::default());
            }
            ("table", Some(table)) if opening => table.depth += 1,
            ("table", Some(table)) if table.depth > 0 => table.depth -= 1,
            ("table", _) => self.end_table(),
            ("tr", Some(table)) if table.depth == 0 => self.end_row(),
            ("td" | "th", Some(table)) if table.depth == 0 => {
                table.end_cell();
                if opening {
                    table.begin_cell(tag, line);
                }
            }
            (_, Some(table)) => {
                if let Some((cell, _, _)) = &mut table.cell {
                    cell.push_str(source);
                }
            }
            (_, None) if self.whole && tag.effect() != Effect::None => {
                self.flush();
                if tag.name == "nav" {
                    self.in_navigation = opening;
                }
                if tag.effect() == Effect::Entry && !self.in_navigation {
                    self.buffer.push('・');
                }
            }
            (_, None) => self.buffer.push_str(source),
        }
    }

    fn end_row(&mut self) {
        if let Some(table) = &mut self.table {
            table.end_cell();
            if table.row.is_empty() {
                return;
            }
            table.fill_spans();
            let cells = std::mem::take(&mut table.row);
            let block = Block { line: table.row_line, body: Body::Row(cells) };
            let text = block.line_text();
            if text_reader::is_rule(&text) {
                self.blocks.push(Block { body: Body::Rule, ..block });
            } else if !text.is_empty() {
                self.blocks.push(block);
            }
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        self.table = None;
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.buffer);
        text_reader::read_line(&line, self.buffer_line, &mut self.blocks);
    }
}

impl Table {
    fn begin_cell(&mut self, tag: &Tag<'_>, line: u32) {
        if self.row.is_empty() {
            self.row_line = line;
        }
        self.fill_spans();
        let columns = tag.number("colspan").unwrap_or(1).clamp(1, MAX_CELLS as u32);
        self.cell = Some((String::new(), columns, tag.number("rowspan").unwrap_or(1).clamp(1, 1000)));
    }

    fn end_cell(&mut self) {
        let Some((text, columns, rows)) = self.cell.take() else { return };
        let mut cell = Cell::of(&text);
        for _ in 0..columns {
            if self.row.len() >= MAX_CELLS {
                if let Some(last) = self.row.last_mut() {
                    last.0.append(&mut cell.0);
                }
                return;
            }
            let column = self.row.len();
            if self.spanning.len() <= column {
                self.spanning.resize(column + 1, 0);
            }
            self.spanning[column] = rows - 1;
            self.row.push(std::mem::take(&mut cell));
        }
    }

    /// Adds an empty cell for each column that a cell above still spans.
    fn fill_spans(&mut self) {
        while let Some(left) = self.spanning.get_mut(self.row.len()).filter(|left| **left > 0) {
            *left -= 1;
            self.row.push(Cell::default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        assert!(is_html(html));
        let shown: Vec<String> = read(html)
            .iter()
            .map(|block| match &block.body {
                Body::Text(text) => format!("{} {text}", block.line),
                Body::Row(cells) => {
                    format!("{} row {}", block.line, cells.iter().map(Cell::text).collect::<Vec<_>>().join("/"))
                }
                Body::Rule => "rule".to_owned(),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_navigation_is_lines_and_a_caption_that_repeats_its_heading_is_left_out() {
        check(
            "<html><nav><h2>目次</h2><ul><li><a href='#1'>第1　趣旨</a></li></ul></nav><ul><li>箇条</li></ul><h4>(1)　若者の支援</h4><table><caption>若者の支援の取組</caption><tr><td>①</td></tr></table><table><caption>実績</caption><tr><td>②</td></tr></table></html>",
            &["1 目次", "1 第1　趣旨", "1 ・箇条", "1 (1)　若者の支援", "1 row ①", "1 実績", "1 row ②"],
        );
    }

    #[test]
    fn tables_with_spanning_cells_become_rows() {
        check(
            "<!DOCTYPE html><html><title>窓の名</title><style>p { color: red }</style><body><h2>第2 計画</h2>\n<table><tr><th rowspan=2>労働局</th><td>①<td>相談課</td>\n<td>行う。</td></tr>\n<tr><td>②</td><td>訓練課</td><td><p>教える。</p><ul><li>3回</li></ul></td></tr></table><p>終わり</p></body></html>",
            &["1 第2 計画", "2 row 労働局/①/相談課/行う。", "4 row /②/訓練課/教える。 ・3回", "4 終わり"],
        );
        check("<table><tr><td>--<td>---</tr></table>", &["rule"]);
        check("一行目\n<table><td>a</td></table>\n二行目", &["1 一行目", "2 row a", "3 二行目"]);
        check("<table><tr><td colspan=2>a<table><tr><td>b</table></td><td>c", &["1 row a b//c"]);
    }
}
