//! 目次 — reads the table of contents: numbers, titles and pages, separated by tabs, dot leaders or blanks.

use renkei_document::document::ContentsEntry;
use renkei_document::locus::Source;

use unicode_normalization::UnicodeNormalization;

use crate::blocks::{Block, squash};
use crate::marks::{self, Level};

/// The position of the contents among the blocks, and their entries.
#[derive(Debug, Default)]
pub struct Contents {
    /// The blocks from the heading 目次 to the last entry.
    pub blocks: std::ops::Range<usize>,
    pub entries: Vec<ContentsEntry>,
}

/// Finds and reads the contents.
pub fn read(blocks: &[Block]) -> Contents {
    let heading = blocks.iter().position(|block| matches!(squash(&block.line_text()).as_str(), "目次" | "もくじ"));
    let (start, first) = match heading {
        Some(at) => (at, at + 1),
        None => match run_without_heading(blocks) {
            Some(at) => (at, at),
            None => return Contents::default(),
        },
    };
    let mut entries: Vec<ContentsEntry> = Vec::new();
    let mut end = first;
    for (at, block) in blocks.iter().enumerate().skip(first) {
        let Some(entry) = entry(block) else { break };
        let again = entries.first().is_some_and(|first| first.number == entry.number && entry.number.starts_with('第'));
        let is_first = entries.is_empty() && !stands_again(block, &blocks[at + 1..]);
        if entry.page.is_none() && (again || heading.is_none() || is_first) {
            break;
        }
        entries.push(entry);
        end = at + 1;
    }
    Contents { blocks: start..end, entries }
}

/// Whether the line of a block occurs again further down in the document. Contents without page numbers, as in a
/// workbook, are accepted only if their first line occurs again.
fn stands_again(block: &Block, further: &[Block]) -> bool {
    let line = squash(&block.line_text());
    further.iter().any(|block| squash(&block.line_text()) == line)
}

/// Finds three consecutive entries with a page number, for contents without the heading 目次.
fn run_without_heading(blocks: &[Block]) -> Option<usize> {
    let has_page =
        |block: &Block| entry(block).is_some_and(|entry| entry.page.is_some() && !entry.title.contains('。'));
    let head = &blocks[..blocks.len().min(400)];
    head.windows(3).position(|three| three.iter().all(has_page))
}

/// Reads one line of the contents.
fn entry(block: &Block) -> Option<ContentsEntry> {
    let line = block.line_text();
    if line.len() > 600 || line.ends_with('。') {
        return None;
    }
    let numbered = marks::numbered(&line).filter(|numbered| numbered.level != Level::Article)?;
    let (title, page) = without_page(&numbered.title);
    let number = numbered.printed();
    let source = Source::of_line(block.line, line);
    Some(ContentsEntry { number, title: title.to_owned(), page, source })
}

/// Separates a title from its dot leader and page number.
fn without_page(title: &str) -> (&str, Option<u32>) {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let bare = title.trim_end().trim_end_matches(['ー', '-']);
    let head = bare.trim_end_matches(is_digit);
    let digits: String = bare[head.len()..].nfkc().collect();
    let led = head.ends_with(|c: char| c.is_whitespace() || is_leader(c));
    match digits.parse() {
        Ok(page) if led => (head.trim_end_matches(|c: char| c.is_whitespace() || is_leader(c)), Some(page)),
        _ => (title.trim_end_matches(|c: char| c.is_whitespace() || is_leader(c)), None),
    }
}

fn is_leader(c: char) -> bool {
    matches!(c, '.' | '．' | '…' | '‥' | '・' | '·' | '･' | '-' | '─' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text_reader;

    #[test]
    fn entries_are_read_with_tabs_leaders_and_lost_pages() {
        let text = "目　次\n第1\t趣旨\t3\n1\t雇用の創出.....\t4\n\t(1) 若者の支援・・・ 12\n（２）女性の支援\n第2 計画 5\n第1 趣旨\n市は";
        let contents = read(&text_reader::read(text));
        let shown: Vec<_> = contents.entries.iter().map(|e| (e.number.as_str(), e.title.as_str(), e.page)).collect();
        assert_eq!(
            shown,
            [
                ("第1", "趣旨", Some(3)),
                ("1", "雇用の創出", Some(4)),
                ("(1)", "若者の支援", Some(12)),
                ("(2)", "女性の支援", None),
                ("第2", "計画", Some(5))
            ]
        );
        assert_eq!(contents.blocks, 0..6);
    }

    #[test]
    fn contents_without_pages_end_where_their_first_heading_occurs_again() {
        let blocks = |text: &str| read(&text_reader::read(text)).blocks;
        assert_eq!(blocks("目次\n第1 趣旨\n第2 計画\n1 雇用\n第1 趣旨\n市は行う。\n第2 計画"), 0..4);
        assert_eq!(blocks("目次\n第1 趣旨\n市は行う。\n第2 計画"), 0..1);
    }
}
