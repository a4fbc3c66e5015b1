//! Plain text → blocks: reads lines, tables with tabs, and Markdown. Each line is read independently of the others.

use crate::blocks::{Block, Body, Cell, MAX_CELLS};
use crate::markup;

/// Reads a text into blocks. Empty lines are ignored.
pub fn read(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, line) in lines(text).enumerate() {
        read_line(line, index as u32 + 1, &mut blocks);
    }
    blocks
}

/// Adds the blocks of one line.
pub fn read_line(line: &str, number: u32, blocks: &mut Vec<Block>) {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        return;
    }
    if is_rule(trimmed) {
        blocks.push(Block { line: number, body: Body::Rule });
    } else if let Some(cells) = markdown_cells(trimmed) {
        push_row(cells.into_iter().map(|cell| Cell::of(&without_emphasis(cell.trim()))).collect(), number, blocks);
    } else if line.contains('\t') {
        push_row(line.splitn(MAX_CELLS, '\t').map(Cell::of).collect(), number, blocks);
    } else {
        let plain = without_emphasis(trimmed.trim_start_matches('#').trim_start());
        let texts = markup::paragraphs(if trimmed.starts_with('#') { &plain } else { trimmed });
        blocks.extend(texts.into_iter().map(|text| Block { line: number, body: Body::Text(text) }));
    }
}

fn push_row(cells: Vec<Cell>, line: u32, blocks: &mut Vec<Block>) {
    if cells.iter().any(|cell| !cell.is_empty()) {
        blocks.push(Block { line, body: Body::Row(cells) });
    }
}

/// Splits at LF or CRLF; also at a single CR, as in files of old Macintosh programs.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let end = if !text.contains('\n') && text.contains('\r') { '\r' } else { '\n' };
    text.split(end)
}

/// Whether a line is only a table border: `--- | ---`, `-----`, `====`.
pub fn is_rule(trimmed: &str) -> bool {
    trimmed.len() >= 2 && trimmed.contains(['-', '=', '─', '━']) && trimmed.chars().all(is_of_a_rule)
}

/// Whether a drawn line may contain this character.
pub fn is_of_a_rule(c: char) -> bool {
    c.is_whitespace() || "-=|:+─━".contains(c)
}

/// Returns the cells of a Markdown row: it begins with a pipe, or contains two pipes between blanks.
fn markdown_cells(trimmed: &str) -> Option<Vec<String>> {
    let framed = trimmed.starts_with('|') && trimmed.len() > 1;
    if !framed && (trimmed.contains('\t') || trimmed.matches(" | ").count() < 2) {
        return None;
    }
    let mut inner = trimmed.strip_prefix('|').unwrap_or(trimmed);
    if inner.ends_with('|') && !inner.ends_with("\\|") {
        inner = &inner[..inner.len() - 1];
    }
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in inner.chars() {
        let last = cells.len() - 1;
        if c == '|' && !escaped && cells.len() < MAX_CELLS {
            cells.push(String::new());
        } else {
            if c == '|' && escaped {
                cells[last].pop();
            }
            cells[last].push(c);
        }
        escaped = c == '\\';
    }
    Some(cells)
}

/// Removes Markdown's bold marks (`**…**`).
fn without_emphasis(text: &str) -> String {
    text.replace("**", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let mut blocks = Vec::new();
        read_line(line, 1, &mut blocks);
        let shown: Vec<String> = blocks
            .iter()
            .map(|block| match &block.body {
                Body::Text(text) => format!("text {text}"),
                Body::Row(cells) => format!("row {}", cells.iter().map(Cell::text).collect::<Vec<_>>().join("/")),
                Body::Rule => "rule".to_owned(),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_line_is_text_a_row_or_a_rule() {
        check("  第2 計画  ", &["text 第2 計画"]);
        check("労働局\t①\t相談課\t行う。", &["row 労働局/①/相談課/行う。"]);
        check("\t\t", &[]);
        check("| 区分 | 番号 |", &["row 区分/番号"]);
        check("| a \\| b | **c** |", &["row a | b/c"]);
        check("a | b | c", &["row a/b/c"]);
        check("|---|:--|", &["rule"]);
        check("--\t---\t-----", &["rule"]);
        check("### (1) 若者の支援", &["text (1) 若者の支援"]);
        check("<p>一</p><p>二</p>", &["text 一", "text 二"]);
        check("-", &["text -"]);
    }
}
