//! 見出し記号 — reads the mark before a heading: 第1, 1., (1), 1), ①, ⅰ, ○, 【…】, 〔…〕, <…>, #, 問1.

use super::lines::{is_hiragana, is_kanji, is_katakana, past_blanks, stands_at};

/// The style of a mark; headings of one style have the same level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Markdown `#` signs, with their number.
    Hashes(u8),
    /// An ordinal, with the word after the number: 第1, 第1章.
    Ordinal(Option<char>),
    /// A number with a point: 1. 1、 一、
    NumberPoint,
    /// A number followed by a blank: 1
    NumberBlank,
    /// A number in brackets: (1)
    NumberInBrackets,
    /// A letter in brackets: (ⅰ) (ア)
    LetterInBrackets,
    /// A number with a closing bracket: 1)
    NumberClosed,
    /// A letter followed by a blank: ア
    Letter,
    Circled,
    Roman,
    Question,
    /// A bullet such as ○ ■ ◆.
    Bullet(char),
    /// A text in brackets: 【…】 〔…〕 <…>
    Bracketed(char),
    /// No mark: the heading is a short line without a mark.
    Plain,
}

impl Style {
    /// Whether such a mark may begin a heading in the middle of a long line.
    pub fn may_stand_inline(self) -> bool {
        !matches!(
            self,
            Style::Hashes(_) | Style::NumberBlank | Style::Question | Style::Plain | Style::LetterInBrackets
        )
    }
}

/// Returns the mark at `at` and the index after it; for brackets, the index after the closing one.
pub(super) fn mark_at(chars: &[char], at: usize) -> Option<(Style, usize)> {
    let first = *chars.get(at)?;
    match first {
        '#' => hashes(chars, at),
        '第' => ordinal(chars, at),
        '(' => in_brackets(chars, at),
        '①'..='⑳' => Some((Style::Circled, at + 1)),
        'Ⅰ'..='ⅿ' => Some((Style::Roman, past_point(chars, at + run(chars, at, |c| matches!(c, 'Ⅰ'..='ⅿ'))))),
        '0'..='9' => number(chars, at),
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => {
            let end = at + run(chars, at, is_kanji_number);
            matches!(chars.get(end), Some('、' | '.')).then_some((Style::NumberPoint, end + 1))
        }
        'Q' | '問' => question(chars, at),
        'ア' | 'イ' | 'ウ' | 'エ' | 'オ' | 'カ' | 'キ' | 'ク' => {
            chars.get(at + 1).is_some_and(|c| c.is_whitespace()).then_some((Style::Letter, at + 1))
        }
        '基' | '施' | '重' | '戦' | '柱' | '政' | 'プ' | 'テ' | '方' => named(chars, at),
        '○' | '◯' | '〇' | '◎' | '●' | '■' | '□' | '◆' | '◇' | '▼' | '▽' | '▶' | '▷' | '★' | '☆' | '❖' =>
        {
            // ○○市 is a masked name, so ○ is not a bullet here.
            (chars.get(at + 1) != Some(&first)).then_some((Style::Bullet(first), at + 1))
        }
        '*' => chars.get(at + 1).is_some_and(|c| c.is_whitespace()).then_some((Style::Bullet('*'), at + 1)),
        '【' => bracketed(chars, at, '】'),
        '[' => bracketed(chars, at, ']'),
        '<' => bracketed(chars, at, '>'),
        _ => None,
    }
}

fn hashes(chars: &[char], at: usize) -> Option<(Style, usize)> {
    let count = run(chars, at, |c| c == '#');
    let blank = chars.get(at + count).is_some_and(|c| c.is_whitespace());
    (blank && count <= 6).then(|| (Style::Hashes(u8::try_from(count).unwrap_or(6)), at + count))
}

fn ordinal(chars: &[char], at: usize) -> Option<(Style, usize)> {
    let start = past_blanks(chars, at + 1);
    let length = run(chars, start, |c| c.is_ascii_digit() || is_kanji_number(c) || matches!(c, 'Ⅰ'..='ⅿ'));
    let end = past_blanks(chars, start + length);
    let next = chars.get(end).copied();
    if length == 0 || length > 3 {
        return None;
    }
    match next {
        Some(word @ ('章' | '節' | '部' | '編' | '款')) => Some((Style::Ordinal(Some(word)), end + 1)),
        Some('.' | '、') => Some((Style::Ordinal(None), end + 1)),
        // 第4期, 第2回 and 第1四半期 are numbers of other things and not of headings.
        Some(
            '期' | '回' | '次' | '号' | '条' | '種' | '項' | '四' | '位' | '子' | '生' | '者' | '線' | '日' | '月',
        ) => None,
        Some('水' | '木' | '金' | '土' | '火') => None,
        Some(c) if is_kanji(c) || is_hiragana(c) || is_katakana(c) || end > start + length => {
            Some((Style::Ordinal(None), start + length))
        }
        _ => None,
    }
}

fn in_brackets(chars: &[char], at: usize) -> Option<(Style, usize)> {
    let start = at + 1;
    let digits = run(chars, start, |c| c.is_ascii_digit());
    if (1..=2).contains(&digits) && chars.get(start + digits) == Some(&')') {
        return Some((Style::NumberInBrackets, start + digits + 1));
    }
    let letters = run(chars, start, |c| is_katakana(c) || is_kanji_number(c) || matches!(c, 'Ⅰ'..='ⅿ'));
    let roman = run(chars, start, |c| matches!(c, 'i' | 'v' | 'x'));
    let length = letters.max(roman);
    (1..=4)
        .contains(&length)
        .then_some(start + length)
        .filter(|&close| {
            chars.get(close) == Some(&')') && (letters == 1 || roman > 0 || matches!(chars[start], 'Ⅰ'..='ⅿ'))
        })
        .map(|close| (Style::LetterInBrackets, close + 1))
}

fn number(chars: &[char], at: usize) -> Option<(Style, usize)> {
    let length = run(chars, at, |c| c.is_ascii_digit());
    if length > 2 {
        return None;
    }
    let end = at + length;
    let next_is_digit = chars.get(end + 1).is_some_and(char::is_ascii_digit);
    match chars.get(end) {
        Some('.' | '、') if !next_is_digit => Some((Style::NumberPoint, end + 1)),
        Some(')') => Some((Style::NumberClosed, end + 1)),
        Some(c) if c.is_whitespace() => {
            let word = chars.get(past_blanks(chars, end)).copied()?;
            (is_kanji(word) || is_katakana(word) || is_hiragana(word) || matches!(word, '「' | 'A'..='Z'))
                .then_some((Style::NumberBlank, end))
        }
        _ => None,
    }
}

fn question(chars: &[char], at: usize) -> Option<(Style, usize)> {
    let digits = run(chars, at + 1, |c| c.is_ascii_digit());
    let end = at + 1 + digits;
    let parted = chars.get(end).is_some_and(|c| c.is_whitespace() || matches!(c, '.' | ':' | ')'));
    let end = if chars.get(end).is_some_and(|c| c.is_whitespace()) { end } else { end + 1 };
    (parted && digits <= 2).then_some((Style::Question, end))
}

/// Reads a mark that begins with a word of the plan: 基本目標1, 施策2, 重点項目3.
fn named(chars: &[char], at: usize) -> Option<(Style, usize)> {
    const WORDS: [&str; 12] = [
        "基本目標",
        "基本方針",
        "基本施策",
        "施策",
        "重点施策",
        "重点項目",
        "重点目標",
        "戦略",
        "柱",
        "政策",
        "プロジェクト",
        "テーマ",
    ];
    let word = WORDS.into_iter().find(|word| stands_at(chars, at, word))?;
    let start = past_blanks(chars, at + word.chars().count());
    let length = run(chars, start, |c| c.is_ascii_digit() || is_kanji_number(c) || matches!(c, 'Ⅰ'..='ⅿ'));
    let end = past_point(chars, start + length);
    let parted =
        end > start + length || chars.get(end).is_some_and(|c| c.is_whitespace() || matches!(c, '「' | ':' | '『'));
    ((1..=2).contains(&length) && parted).then_some((Style::Ordinal(word.chars().next()), end))
}

/// Reads a mark in brackets. The brackets must contain a word: < 4,180 > is a value.
fn bracketed(chars: &[char], at: usize, close: char) -> Option<(Style, usize)> {
    const LONGEST: usize = 40;
    let end = (at + 1..chars.len().min(at + LONGEST)).find(|&end| chars[end] == close)?;
    let word = chars[at + 1..end].iter().any(|&c| is_kanji(c) || is_katakana(c) || is_hiragana(c) || c.is_alphabetic());
    word.then_some((Style::Bracketed(close), end + 1))
}

fn past_point(chars: &[char], at: usize) -> usize {
    if matches!(chars.get(at), Some('.' | '、')) { at + 1 } else { at }
}

fn run(chars: &[char], at: usize, of: impl Fn(char) -> bool) -> usize {
    chars.iter().skip(at).take_while(|&&c| of(c)).count()
}

fn is_kanji_number(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::general::lines::Line;

    #[track_caller]
    fn check(text: &str, expected: Option<(Style, &str)>) {
        let line = Line::new(1, text);
        let found = mark_at(&line.chars, 0).map(|(style, end)| (style, line.printed_at(end..usize::MAX)));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn texts_that_only_look_like_marks_are_not_marks() {
        check("第１ 趣旨", Some((Style::Ordinal(None), "趣旨")));
        check("第2章 施策", Some((Style::Ordinal(Some('章')), "施策")));
        check("第４期計画", None);
        check("１．目的", Some((Style::NumberPoint, "目的")));
        check("1.5倍", None);
        check("（１）はじめに", Some((Style::NumberInBrackets, "はじめに")));
        check("(ⅰ) 移住", Some((Style::LetterInBrackets, "移住")));
        check("(注) 数値は", None);
        check("2) | 提供", Some((Style::NumberClosed, "| 提供")));
        check("③取組", Some((Style::Circled, "取組")));
        check("1 目的", Some((Style::NumberBlank, "目的")));
        check("179 人", None);
        check("○○市", None);
        check("■背景", Some((Style::Bullet('■'), "背景")));
        check("〈 4,180 〉", None);
        check("【目標値】", Some((Style::Bracketed('】'), "")));
        check("Q1 対象は", Some((Style::Question, "対象は")));
    }
}
