//! 改行できる所 — allows line breaks inside a run of letters that is wider than its cell. Any other text is broken by the
//! rules of Japanese typesetting.

use crate::sheet::Sheet;

/// Half-width characters per line of the column 取組内容, without the bullet.
const LETTERS_IN_CELL: usize = 50;
/// The zero-width space: allows a line break and prints nothing.
const BREAK: char = '\u{200B}';

/// Inserts break marks into the over-long runs of letters of the rows. Used only for paper, because a browser breaks
/// them itself.
pub(crate) fn allow_breaks(sheet: &mut Sheet) {
    let sections = sheet.parts.iter_mut().flat_map(|part| &mut part.chapters).flat_map(|chapter| &mut chapter.sections);
    let rows = sections.flat_map(|section| &mut section.runs).flat_map(|run| &mut run.rows);
    for line in rows.flat_map(|row| &mut row.blocks).flat_map(|block| &mut block.lines) {
        *line = breakable(line, LETTERS_IN_CELL);
    }
}

/// Returns the text with break marks in each run of letters that is longer than a line of its cell.
pub(crate) fn breakable(text: &str, letters: usize) -> String {
    if longest_run(text) <= letters {
        return text.to_owned();
    }
    let words = text.split_inclusive(|character| !joins(character));
    words.map(|word| if word.len() > letters { between_letters(word) } else { word.to_owned() }).collect()
}

fn longest_run(text: &str) -> usize {
    text.split(|character| !joins(character)).map(str::len).max().unwrap_or(0)
}

fn between_letters(word: &str) -> String {
    word.chars().flat_map(|character| [character, BREAK]).collect()
}

fn joins(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_run_wider_than_its_cell_may_break_between_letters() {
        let long = "a".repeat(LETTERS_IN_CELL + 1);
        let broken = breakable(&format!("案内 https://{long}/b を配った。"), LETTERS_IN_CELL);
        assert_eq!(broken.matches(BREAK).count(), LETTERS_IN_CELL + 2);
        assert_eq!(broken.replace(BREAK, ""), format!("案内 https://{long}/b を配った。"));
        assert_eq!(longest_run("求人企業 1,304 社 WEBサイト"), 3);
    }
}
