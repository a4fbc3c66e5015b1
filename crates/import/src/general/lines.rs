//! 行 — the lines of a document, each with a folded (normalised) copy for matching. Each folded character has its
//! position in the printed line.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// One line, as printed and folded (NFKC; tabs and cell borders become blanks; circled and roman numerals stay).
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Line number, from 1.
    pub number: u32,
    /// The line without white space at its ends.
    pub printed: String,
    pub chars: Vec<char>,
    /// The byte in `printed` where each character begins, and the length of `printed` as the last entry.
    at: Vec<usize>,
}

/// Maximum number of bytes that are read of one document. Agreements of other towns, which `general` reads, have
/// only a few pages.
const MOST: usize = 4 << 20;

/// Returns the lines with text, and the number of the first unread line if the text is too long.
pub(super) fn lines_of(text: &str) -> (Vec<Line>, Option<u32>) {
    numbered_lines((1u32..).zip(text.lines()))
}

/// Like [`lines_of`], but for lines that already have numbers.
pub(super) fn numbered_lines<'a>(numbered: impl Iterator<Item = (u32, &'a str)>) -> (Vec<Line>, Option<u32>) {
    let mut read = 0;
    let mut lines = Vec::new();
    for (number, printed) in numbered {
        read += printed.len();
        if read > MOST {
            return (lines, Some(number));
        }
        let no_text = printed.trim().is_empty() || (lines.is_empty() && is_provenance(printed));
        if !no_text {
            lines.push(Line::new(number, printed));
        }
    }
    (lines, None)
}

/// Whether a line is a note on the origin of the text, such as `# source: https://…`, and not part of the document.
fn is_provenance(printed: &str) -> bool {
    let Some((word, _)) = printed.strip_prefix("# ").and_then(|rest| rest.split_once(':')) else { return false };
    !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase())
}

impl Line {
    pub fn new(number: u32, printed: &str) -> Self {
        let printed = printed.trim().trim_start_matches('\u{feff}').to_owned();
        let chars: Vec<char> = printed.chars().map(fold).collect();
        let mut at: Vec<usize> = printed.char_indices().map(|(byte, _)| byte).collect();
        at.push(printed.len());
        Self { number, printed, chars, at }
    }

    /// Returns the printed text of a range of folded characters.
    pub fn printed_at(&self, range: Range<usize>) -> &str {
        let end = self.at.len() - 1;
        let (start, end) = (self.at[range.start.min(end)], self.at[range.end.min(end)]);
        self.printed.get(start..end).unwrap_or_default().trim()
    }

    /// Whether a wide blank is printed at `at`, as between a heading and its text.
    pub fn is_wide_blank(&self, at: usize) -> bool {
        self.at.get(at).and_then(|&byte| self.printed.get(byte..)).is_some_and(|rest| rest.starts_with('\u{3000}'))
    }

    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }
}

/// Folds one character into one character; a character that NFKC splits into several stays unchanged. ① and ⅰ also stay
/// unchanged, because they number headings and NFKC would turn them into 1 and i.
fn fold(c: char) -> char {
    match c {
        '\t' | '|' | '｜' | '\u{3000}' | '\u{a0}' => ' ',
        '①'..='⑳' | 'Ⅰ'..='ⅿ' => c,
        '〜' => '~',
        '〈' | '＜' | '《' => '<',
        '〉' | '＞' | '》' => '>',
        '〔' | '［' => '[',
        '〕' | '］' => ']',
        '\u{2212}' | '‐' | '–' => '-',
        _ => {
            let mut folded = std::iter::once(c).nfkc();
            folded.next().filter(|_| folded.next().is_none()).unwrap_or(c)
        }
    }
}

/// Returns the first index from `from` on that is not blank.
pub(super) fn past_blanks(chars: &[char], mut from: usize) -> usize {
    while chars.get(from).is_some_and(|c| c.is_whitespace()) {
        from += 1;
    }
    from
}

/// Whether `word` is at `at`.
pub(super) fn stands_at(chars: &[char], at: usize, word: &str) -> bool {
    let mut place = at;
    word.chars().all(|c| {
        place += 1;
        chars.get(place - 1) == Some(&c)
    })
}

/// Returns the first index from `from` on where `word` occurs.
pub(super) fn find(chars: &[char], from: usize, word: &str) -> Option<usize> {
    (from..chars.len()).find(|&at| stands_at(chars, at, word))
}

pub(super) fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '々' | '〆' | 'ヶ' | 'ケ')
}

pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_line_keeps_the_printed_positions() {
        let line = Line::new(3, " ｶｲﾄ①（１２％）\t〜 ");
        assert_eq!(line.text(), "カイト①(12%) ~");
        assert_eq!(line.printed_at(0..3), "ｶｲﾄ");
        assert_eq!(line.printed_at(4..9), "（１２％）");
        assert_eq!(line.printed_at(7..99), "％）\t〜");
    }

    #[test]
    fn a_line_that_names_the_source_of_a_text_is_not_part_of_it() {
        let (lines, _) = lines_of("# source: https://example.jp\n\n# 計画\n本文");
        assert_eq!(
            lines.iter().map(|line| (line.number, line.text())).collect::<Vec<_>>(),
            [(3, "# 計画".to_owned()), (4, "本文".to_owned())]
        );
    }
}
