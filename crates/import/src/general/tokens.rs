//! 語と数 — the lines of a document as words, numbers, dates and brackets, for reading figures.

use std::ops::Range;

use renkei_document::figure::FigureKind;
use rust_decimal::Decimal;

use super::dates::{Said, date_at};
use super::lines::{Line, past_blanks, stands_at};
use super::outline::Found;
use super::words::is_page_furniture;
use crate::figures::glyphs::Glyphs;
use crate::figures::number::{Role, number_at};

/// A number that may be a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Count {
    pub value: Decimal,
    pub unit: Option<String>,
    /// The qualifier of the number: 以上, 約.
    pub qualifier: Option<String>,
    /// Whether the number has thousands separators, which shows that it is not a year.
    pub separated: bool,
    /// Whether * or ※ follows the number.
    pub noted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Count(Count),
    Date(Said),
    /// A marker such as 【目標値】 or <実績>, which applies to the figures after it.
    Marker(Option<FigureKind>, Option<Said>),
    /// Index into the headings.
    Heading(usize),
    Open(char),
    Close,
    Comma,
    /// The end of a sentence, or the bullet of an item.
    Stop,
    Arrow,
    /// A dash alone, for an empty value.
    Dash,
    LineEnd,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    /// Index into the lines.
    pub line: usize,
    /// Range of characters in the line.
    pub range: Range<usize>,
    /// Whether there is a blank before the token.
    pub parted: bool,
}

/// Returns the tokens of a line. `headings` are the headings of the whole document.
pub(super) fn tokens_of(lines: &[Line], index: usize, headings: &[Found], is_last: bool) -> Vec<Token> {
    let line = &lines[index];
    let mut reader =
        Reader { line, glyphs: Glyphs::new(&line.printed), index, is_last, tokens: Vec::new(), word: None };
    let first = headings.partition_point(|heading| heading.line < index);
    let mut own = headings.iter().enumerate().skip(first).take_while(|(_, heading)| heading.line == index).peekable();
    let mut at = if is_page_furniture(&line.printed) { line.chars.len() } else { 0 };
    while at < line.chars.len() {
        if let Some((place, heading)) = own.next_if(|(_, heading)| heading.start <= at) {
            at = reader.push(Kind::Heading(place), at, heading.end.max(at + 1));
        } else {
            at = reader.step(at).max(at + 1);
        }
    }
    let end = line.chars.len();
    reader.push(Kind::LineEnd, end, end);
    reader.tokens
}

struct Reader<'a> {
    line: &'a Line,
    glyphs: Glyphs<'a>,
    index: usize,
    is_last: bool,
    tokens: Vec<Token>,
    /// Start of the word being read.
    word: Option<usize>,
}

impl Reader<'_> {
    /// Ends the open word and adds the next token.
    fn push(&mut self, kind: Kind, start: usize, end: usize) -> usize {
        if let Some(begun) = self.word.take() {
            self.add(Kind::Word, begun..start);
        }
        self.add(kind, start..end);
        end
    }

    fn add(&mut self, kind: Kind, range: Range<usize>) {
        let parted = range.start == 0 || self.line.chars[range.start - 1].is_whitespace();
        self.tokens.push(Token { kind, line: self.index, range, parted });
    }

    fn step(&mut self, at: usize) -> usize {
        let chars = &self.line.chars;
        let c = chars[at];
        if c.is_whitespace() {
            if let Some(begun) = self.word.take() {
                self.add(Kind::Word, begun..at);
            }
            return at + 1;
        }
        // 4月以降 is the beginning of a time span, so it is read as words and not as a date.
        let date = date_at(chars, at)
            .filter(|date| !["以降", "以来"].iter().any(|word| stands_at(chars, date.range.end, word)));
        if let Some(date) = date {
            return self.push(Kind::Date(date.said), at, date.range.end);
        }
        if c.is_ascii_digit() {
            return self.digits(at);
        }
        if let Some((kind, said, end)) = marker_at(chars, at) {
            return self.push(Kind::Marker(kind, said), at, end);
        }
        let dashes = chars[at..].iter().take_while(|&&c| matches!(c, '-' | ':' | '=')).count();
        if dashes >= 3 {
            // A line of dashes under a table head is read as a separator.
            return self.push(Kind::Comma, at, at + dashes);
        }
        match c {
            '(' | '<' if is_letter_in_brackets(chars, at) => self.letter(at),
            '(' | '<' | '[' => self.push(Kind::Open(c), at, at + 1),
            ')' | '>' | ']' => self.push(Kind::Close, at, at + 1),
            '、' | ',' | ';' | ':' => self.push(Kind::Comma, at, at + 1),
            '。' | '!' | '?' => self.push(Kind::Stop, at, at + 1),
            '○' | '◯' | '●' | '■' | '□' | '◆' | '◇' | '◎' => self.push(Kind::Stop, at, at + 1),
            '・' if at == 0 => self.push(Kind::Stop, at, at + 1),
            '→' | '⇒' | '➡' | '⇨' => self.push(Kind::Arrow, at, at + 1),
            '-' | '―' | '－' | '—' if self.is_alone(at) => {
                self.push(if at == 0 && chars.len() > 1 { Kind::Stop } else { Kind::Dash }, at, at + 1)
            }
            '*' | '※' => self.note(at),
            '+' | '▲' | '△' | '-' if chars.get(at + 1).is_some_and(char::is_ascii_digit) => self.push_sign(at),
            _ => {
                self.word.get_or_insert(at);
                at + 1
            }
        }
    }

    /// Reads a sign together with its number.
    fn push_sign(&mut self, at: usize) -> usize {
        if let Some(begun) = self.word.take() {
            self.add(Kind::Word, begun..at);
        }
        at + 1
    }

    /// Reads a bracketed letter such as (A) as part of its word.
    fn letter(&mut self, at: usize) -> usize {
        self.word.get_or_insert(at);
        (at..self.line.chars.len()).find(|&end| self.line.chars[end] == ')').map_or(at + 1, |end| end + 1)
    }

    fn is_alone(&self, at: usize) -> bool {
        let chars = &self.line.chars;
        let before = at == 0 || chars[at - 1].is_whitespace();
        before && chars.get(at + 1).is_none_or(|c| c.is_whitespace())
    }

    fn note(&mut self, at: usize) -> usize {
        if self.word.is_none()
            && let Some(Token { kind: Kind::Count(count), .. }) = self.tokens.last_mut()
        {
            count.noted = true;
            return at + 1;
        }
        self.push(Kind::Stop, at, at + 1)
    }

    fn digits(&mut self, at: usize) -> usize {
        let chars = &self.line.chars;
        let word = |end: usize| end.max(at + 1);
        let run = at
            + chars[at..]
                .iter()
                .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | ':' | '~' | '.' | ','))
                .count();
        match self.count_at(at, run) {
            Some((count, end)) => {
                let signed = at > 0 && matches!(chars[at - 1], '▲' | '△' | '-');
                self.push(Kind::Count(count), if signed { at - 1 } else { at }, end)
            }
            None => {
                self.word.get_or_insert(at);
                word(run)
            }
        }
    }

    /// Reads the number at `at` if it may be a figure; `run` is the end of its digits and joined characters.
    fn count_at(&self, at: usize, run: usize) -> Option<(Count, usize)> {
        let chars = &self.line.chars;
        let number = number_at(&self.glyphs, at)?;
        let digits_end = number.digits.end;
        // Excludes 083-995, 10:30, 2/3, 101~300 and numbers cut inside their separators.
        let joined = chars.get(digits_end).is_some_and(|c| matches!(c, '-' | '/' | ':' | '~' | '・'))
            && chars.get(digits_end + 1).is_some_and(char::is_ascii_digit);
        let cut = digits_end < run && matches!(chars.get(digits_end), Some(',' | '.'));
        let zero = chars[at] == '0' && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        let behind = at.checked_sub(1).map(|before| chars[before]);
        let named = behind.is_some_and(|c| matches!(c, '第' | '~' | '/' | ':' | '№' | '.'));
        if joined || cut || zero || named {
            return None;
        }
        // The last number of a text may be cut off if it has no unit.
        if number.unit.is_none() && self.is_last && past_blanks(chars, digits_end) >= chars.len() {
            return None;
        }
        let (after, end) = bound_after(chars, number.end);
        let heads = number.unit.as_deref().is_some_and(|unit| unit.ends_with(['人', '名']));
        let counts = match number.role {
            Role::Count => !is_class(chars, number.end),
            // 18.5万人以上の雇用 is a figure; 101人以上の企業 is a class of companies.
            Role::Bound => heads && after.is_some() && !is_class(chars, number.end),
            // A large number of 時間 is the total of hours and is counted; 8時間 is the length of a working day.
            Role::Name => number.unit.as_deref().is_none_or(|unit| unit == "時間" && number.value >= 100.into()),
            Role::Schedule => false,
        };
        if !counts {
            return None;
        }
        let before = ["約", "延べ", "のべ", "概ね", "おおむね"].into_iter().find(|word| {
            let length = word.chars().count();
            let stop = (0..at).rev().find(|&place| !chars[place].is_whitespace()).map_or(0, |place| place + 1);
            stop >= length && stands_at(chars, stop - length, word)
        });
        let qualifier = after.or(before).map(str::to_owned);
        let separated = chars[at..digits_end].contains(&',');
        // A unit such as 人/年 is printed with a slash.
        let each = ["/年", "/月"].into_iter().find(|each| after.is_none() && stands_at(chars, end, each));
        let (unit, end) = match (number.unit, each) {
            (Some(unit), Some(each)) => (Some(format!("{unit}{each}")), end + each.chars().count()),
            (unit, _) => (unit, end),
        };
        Some((Count { value: number.value, unit, qualifier, separated, noted: false }, end))
    }
}

/// Returns 以上 or a similar word after a number, and the index after it.
fn bound_after(chars: &[char], end: usize) -> (Option<&'static str>, usize) {
    let at = past_blanks(chars, end);
    match ["以上", "以下", "未満", "以内", "程度", "超"].into_iter().find(|word| stands_at(chars, at, word))
    {
        Some(word) => (Some(word), at + word.chars().count()),
        None => (None, end),
    }
}

/// Whether the words after a number show that it limits a class or is part of a ratio: 人以上の企業, 人規模, 倍台, 人当たり, 人に1人.
fn is_class(chars: &[char], end: usize) -> bool {
    const CLASSES: &str = "企業 事業 規模 会社 民間 法人 施設 学校 の企業 の事業 \
        の規模 の会社 の民間 の法人 の施設 の中小 の場合 の者 の方 世帯";
    const PARTS: &str = "中 目 1日 1月 1か月 1台 1年 台 規模 当たり あたり 当り につき に1 ごと 毎 まで 以内 ずつ";
    let (bound, after) = bound_after(chars, end);
    let class = bound.is_some() && CLASSES.split(' ').any(|word| stands_at(chars, after, word));
    class || PARTS.split(' ').any(|word| stands_at(chars, past_blanks(chars, end), word))
}

/// Whether brackets contain a letter or formula that names a value: (A), (C-A).
fn is_letter_in_brackets(chars: &[char], at: usize) -> bool {
    let inside = chars
        .iter()
        .skip(at + 1)
        .take_while(|&&c| c.is_ascii_uppercase() || matches!(c, '-' | '+' | '/' | '÷' | '×'))
        .count();
    (1..=5).contains(&inside) && chars.get(at + 1 + inside) == Some(&')')
}

/// Reads words in brackets that give the kind or time of figures: 【目標値】 <目標年度> 【平成28年度末現在】 (実績).
fn marker_at(chars: &[char], at: usize) -> Option<(Option<FigureKind>, Option<Said>, usize)> {
    const LONGEST: usize = 24;
    let close = match chars[at] {
        '【' => '】',
        '<' => '>',
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let end = (at + 1..chars.len().min(at + LONGEST)).find(|&end| chars[end] == close)?;
    let inside: Vec<char> = chars[at + 1..end].iter().copied().filter(|c| !c.is_whitespace()).collect();
    let date = (0..inside.len()).find_map(|place| date_at(&inside, place));
    let rest: String = match &date {
        Some(date) => inside[..date.range.start].iter().chain(&inside[date.range.end..]).collect(),
        None => inside.iter().collect(),
    };
    let kind = match rest.as_str() {
        "目標" | "目標値" | "目標年度" | "数値目標" | "KPI" | "KGI" | "成果目標" | "活動指標" | "成果指標"
        | "の目標" | "計画値" | "計画" => Some(FigureKind::Target),
        "実績" | "実績値" | "の実績" => Some(FigureKind::Actual),
        "基準値" | "基準" | "現状値" | "現状" | "基準年度" => Some(FigureKind::Baseline),
        "参考" | "参考値" => Some(FigureKind::Reference),
        // 【令和7年度末現在】 applies to the following figures; (R7) is only a date.
        "現在" | "時点" | "末現在" | "" if date.is_some() => (close != ')').then_some(FigureKind::Actual),
        _ => return None,
    };
    Some((kind, date.map(|date| date.said), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::general::lines::lines_of;

    /// Compares the numbers that may be figures with `expected`, each as `value unit`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (lines, _) = lines_of(text);
        let found: Vec<String> = tokens_of(&lines, 0, &[], true)
            .into_iter()
            .filter_map(|token| match token.kind {
                Kind::Count(count) => Some(format!("{}{}", count.value, count.unit.unwrap_or_default())),
                _ => None,
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_that_are_no_figures_stay_words() {
        check("電話 099-999-0000 10:30 2/3以上 第4期", &[]);
        check("101人以上の企業、43.5人以上規模の企業 30～50人 1人当たり 1倍台", &[]);
        check("18.5万人以上の常用雇用、25万人以上を目標とし", &["18.5万人", "25万人"]);
        check("179 人（4% ） ▲3.2％ 12.7万人", &["179人", "4%", "-3.2%", "12.7万人"]);
        check("（ 6,4", &[]);
        check("1,057 （ 23,838", &["1057"]);
    }
}
