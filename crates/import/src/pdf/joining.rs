//! Lines → paragraphs: two lines belong to one paragraph if the first word of the second line did not fit into the
//! first line.

use crate::items::is_bullet;
use crate::marks::{self, Level};
use crate::pdf::characters::{is_wide, stays_before, stays_behind};
use crate::pdf::lines::Line;
use crate::pdf::marks::Glyph;

/// Returns the lines of a cell as paragraphs.
pub fn paragraphs(lines: &[Line]) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let goes_on = before.is_some_and(|before| goes_on(before, line));
        match (before, paragraphs.last_mut()) {
            (Some(before), Some(paragraph)) if goes_on => append(paragraph, before, line),
            _ => paragraphs.push(line.text()),
        }
        before = Some(line);
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Appends a line to the paragraph that it continues.
pub fn append(paragraph: &mut String, before: &Line, line: &Line) {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let words = is_letter(before.last_char()) && is_letter(line.first_char());
    let inside_an_address = paragraph.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://"));
    if before.ends_with_blank() || words && !inside_an_address {
        paragraph.push(' ');
    }
    paragraph.push_str(&line.text());
}

/// Whether a line continues the one above it in the same column.
pub fn goes_on(before: &Line, line: &Line) -> bool {
    let size = before.size.min(line.size);
    let alike = (before.size - line.size).abs() < size * 0.15;
    alike && !begins(before, line) && (is_open(before) || is_full(before, line))
}

/// Whether a dot at the beginning of a line may join the words before and after it.
pub fn may_join_words(before: &Line, line: &Line) -> bool {
    let last = before.last_char().unwrap_or(' ');
    line.first_char() == Some('・') && is_full(before, line) && !ends_an_entry(last)
}

/// Whether a line begins a new paragraph, even if the line above is full.
fn begins(before: &Line, line: &Line) -> bool {
    let text = line.text();
    let last = before.last_char().unwrap_or(' ');
    if text.starts_with('・') {
        return !line.is_loose || !may_join_words(before, line);
    }
    if text.starts_with(is_bullet) || text.starts_with('※') || is_framed(&text) {
        return true;
    }
    let is_headed = text.starts_with(['【', '＜', '〔', '<']) || marks::mark(&text).is_some();
    if "。）)】＞>".contains(last) && is_headed {
        return true;
    }
    let numbered = marks::numbered(&text);
    numbered.is_some_and(|found| found.level == Level::Article || last == '。' && !is_count(&text))
}

/// Whether a line begins with a count, such as 「2 年」 or 「1 回」, and so continues a sentence. 「2 協議会は」 begins a new
/// sentence.
fn is_count(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_numeric());
    let unit = rest.trim_start().chars().next();
    rest.len() < text.len() && unit.is_none_or(|c| "年月日時分回件人名社校組所円歳箇か区％%,，".contains(c))
}

/// Whether a line is a heading in brackets.
fn is_framed(text: &str) -> bool {
    [('【', '】'), ('＜', '＞'), ('<', '>'), ('〔', '〕')]
        .iter()
        .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close) && text.matches(*close).count() == 1)
}

/// Whether a list entry may end with this character, so that the next line may begin another entry.
fn ends_an_entry(last: char) -> bool {
    last.is_numeric() || "。、）)】」』＞>：:％%人名件回社組校所円日月年名館台店区枚部戸世帯団体".contains(last)
}

/// Whether a line ends with a character after which a text cannot end.
fn is_open(line: &Line) -> bool {
    line.last_char().is_some_and(|c| "・、，（「『〔".contains(c))
}

/// Whether a line is full: the first letters of the next line, with a possible blank before them, are wider than the
/// rest of the line.
fn is_full(before: &Line, line: &Line) -> bool {
    let left_over = before.right - before.area.right;
    left_over < first_piece(line) + before.size * 0.6
}

/// Returns the width of the letters at the start of a line that must stay together.
fn first_piece(line: &Line) -> f64 {
    let seen: Vec<&Glyph> = line.glyphs.iter().skip_while(|glyph| glyph.is_blank()).collect();
    let Some(first) = seen.first() else { return 0.0 };
    let mut end = first.area.right;
    for two in seen.windows(2) {
        let (Some(a), Some(b)) = (two[0].text.chars().next_back(), two[1].text.chars().next()) else { break };
        let one_word = !is_wide(a) && !is_wide(b) && !a.is_whitespace() && !b.is_whitespace();
        if !(one_word || stays_behind(b) || stays_before(a)) {
            break;
        }
        end = two[1].area.right;
    }
    end - first.area.left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::lines;
    use crate::pdf::marks::Area;

    /// Creates a line in a column ten characters wide.
    fn line(at: usize, text: &str) -> Line {
        let baseline = 20.0 + at as f64 * 12.0;
        let glyph = |(at, c): (usize, char)| {
            let left = at as f64 * 10.0;
            let area = Area { left, top: baseline - 8.8, right: left + 10.0, bottom: baseline + 1.2 };
            Glyph { text: c.to_string(), area, baseline, size: 10.0, seat: area.middle(), turns: 0 }
        };
        let mut lines = lines::of(text.chars().enumerate().map(glyph).collect());
        let mut line = lines.remove(0);
        (line.right, line.is_loose) = (100.0, true);
        line
    }

    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        let lines: Vec<Line> = texts.iter().enumerate().map(|(at, text)| line(at, text)).collect();
        assert_eq!(paragraphs(&lines), expected);
    }

    #[test]
    fn a_full_line_is_continued_and_a_short_one_ends_a_paragraph() {
        check(&["一二三四五六七八九十", "続く。"], &["一二三四五六七八九十続く。"]);
        check(&["一二三。", "四五六。"], &["一二三。", "四五六。"]);
        check(&["一二三四五六七八九、", "（続く）"], &["一二三四五六七八九、（続く）"]);
    }

    #[test]
    fn a_line_that_lacks_room_for_the_next_word_is_full() {
        check(&["一二三四五六七", "1234件"], &["一二三四五六七1234件"]);
        check(&["一二三四", "1234件"], &["一二三四", "1234件"]);
        check(&["一二三四五六七八九", "字。」と"], &["一二三四五六七八九字。」と"]);
    }

    #[test]
    fn bullets_and_headings_begin_something_of_their_own() {
        check(&["一二三四五六七八 9件", "・次"], &["一二三四五六七八 9件", "・次"]);
        check(&["一二三四五六七八九育児", "・介護"], &["一二三四五六七八九育児・介護"]);
        check(&["一二三四五六七八九。", "○次", "※注"], &["一二三四五六七八九。", "○次", "※注"]);
        check(&["一二三四五六七八九十", "＜相談＞"], &["一二三四五六七八九十", "＜相談＞"]);
        check(&["一二三四五六七八九。", "②次"], &["一二三四五六七八九。", "②次"]);
        check(&["一二三四五六七八九令和", "7年"], &["一二三四五六七八九令和7年"]);
    }

    #[test]
    fn a_line_that_ends_with_an_open_character_is_continued() {
        check(&["窓口課・", "年金課"], &["窓口課・年金課"]);
    }

    #[test]
    fn joined_words_get_a_blank_and_addresses_do_not() {
        check(&["一二三四五 Job", "Cafeで"], &["一二三四五 Job Cafeで"]);
        check(&["https://a", "bcで"], &["https://abcで"]);
    }
}
