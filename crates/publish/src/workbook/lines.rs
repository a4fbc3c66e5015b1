//! 行数の見積り — estimates the number of lines of a text in a cell, because Excel does not compute the row height when it
//! opens a file.

/// Returns the number of lines of a text in a cell that is `half_widths` half-width characters wide. Spreadsheets do
/// not break words of letters and digits. They move a character to the next line so that the line does not begin with 、
/// or ）.
pub(super) fn lines_of(text: &str, half_widths: usize) -> usize {
    // Leave room for one full-width character, because a character that may not begin a line is moved.
    let room = half_widths.saturating_sub(2).max(4);
    text.split('\n').map(|paragraph| lines_of_paragraph(paragraph, room)).sum()
}

fn lines_of_paragraph(paragraph: &str, room: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    let mut rest = paragraph;
    while let Some(first) = rest.chars().next() {
        let end = if joins(first) {
            rest.find(|character| !joins(character)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(end);
        let width = crate::printed_text::half_widths(word);
        if used + width > room {
            lines += width.div_ceil(room).max(1) - usize::from(used == 0);
            used = if width > room { width % room } else { width };
        } else {
            used += width;
        }
        rest = after;
    }
    lines
}

fn joins(character: char) -> bool {
    character.is_ascii_graphic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_as_many_lines_as_its_words_fill() {
        for (text, half_widths, expected) in [
            ("", 22, 1),
            ("十文字十文字十文字十", 22, 1),
            ("十文字十文字十文字十一", 22, 2),
            ("一\n二\n三", 22, 3),
            ("説明会（WEB開催2025）", 22, 2),
            (&"a".repeat(45), 22, 3),
            (&"あ".repeat(100), 22, 10),
        ] {
            assert_eq!(lines_of(text, half_widths), expected, "{text}");
        }
    }
}
