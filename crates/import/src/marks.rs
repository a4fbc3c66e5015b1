//! Reads numbers that structure a document: ③ of a row, 第1 of a part, 1 of a chapter, (1) of a section, 第3条 of an
//! article.

use unicode_normalization::UnicodeNormalization;

/// The level of a numbered heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A part: 第1 …
    Part,
    /// A level above [`Level::Chapter`]: Ⅰ …, 第1章 …
    Great,
    /// A chapter: 1 …
    Chapter,
    /// A section: (1) …, 第1節 …
    Section,
    /// An article: 第1条
    Article,
}

/// A line that begins with a structural number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    pub level: Level,
    pub number: u32,
    /// The text after the number; white space inside it is kept.
    pub title: String,
}

impl Numbered {
    /// Returns the number as a table of contents prints it: 第1, 1 or (1).
    pub fn printed(&self) -> String {
        match self.level {
            Level::Part => format!("第{}", self.number),
            Level::Great | Level::Chapter => self.number.to_string(),
            Level::Section => format!("({})", self.number),
            Level::Article => format!("第{}条", self.number),
        }
    }
}

/// Reads the structural number of a line and its level.
pub fn numbered(line: &str) -> Option<Numbered> {
    let line = line.trim();
    let first = line.chars().next()?;
    let (level, number, rest) = if let Some(rest) = line.strip_prefix('第') {
        let (number, rest) = leading_number(rest.trim_start())?;
        let behind = rest;
        let rest = rest.trim_start_matches(' ');
        let (level, rest) = match rest.chars().next() {
            Some('条') => (Level::Article, &rest['条'.len_utf8()..]),
            Some('章') => (Level::Great, &rest['章'.len_utf8()..]),
            Some('節') => (Level::Section, &rest['節'.len_utf8()..]),
            Some('部' | '編') => (Level::Part, &rest['部'.len_utf8()..]),
            _ => (Level::Part, after_separator(behind)?),
        };
        (level, number, rest)
    } else if first == '(' || first == '（' {
        let (number, rest) = leading_number(line[first.len_utf8()..].trim_start())?;
        (Level::Section, number, rest.trim_start().strip_prefix([')', '）'])?)
    } else if let Some(number) = parenthesised(first) {
        (Level::Section, number, &line[first.len_utf8()..])
    } else {
        let (level, (number, rest)) = match roman(first) {
            Some(number) => (Level::Great, (number, &line[first.len_utf8()..])),
            None => (Level::Chapter, leading_number(line)?),
        };
        (level, number, after_separator(rest)?)
    };
    Some(Numbered { level, number, title: rest.trim().to_owned() })
}

/// Returns the text after the white space or point that separates a number from its title.
fn after_separator(rest: &str) -> Option<&str> {
    let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || ".．、".contains(c));
    let parted = trimmed.len() < rest.len() && !trimmed.is_empty();
    (parted && !trimmed.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)))
        .then_some(trimmed)
        .or_else(|| (parted && rest.starts_with(char::is_whitespace)).then_some(trimmed))
}

/// Reads the number at the start of a text, in digits of any width or in kanji; at most three digits.
fn leading_number(text: &str) -> Option<(u32, &str)> {
    let mut value = 0u32;
    let mut len = 0;
    for c in text.chars().take(4) {
        let Some(digit) = digit(c) else { break };
        value = value * 10 + digit;
        len += c.len_utf8();
    }
    if len > 0 {
        return (value < 1000).then_some((value, &text[len..]));
    }
    let kanji: String = text.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).take(3).collect();
    let value = kanji_number(&kanji)?;
    Some((value, &text[kanji.len()..]))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10),
    }
}

/// Reads a kanji number up to 99: 十二 is 12.
pub fn kanji_number(kanji: &str) -> Option<u32> {
    let ones = |c: char| "一二三四五六七八九".chars().position(|k| k == c).map(|at| at as u32 + 1);
    let characters: Vec<char> = kanji.chars().collect();
    match characters.as_slice() {
        ['十'] => Some(10),
        [one] => ones(*one),
        ['十', one] => Some(10 + ones(*one)?),
        [ten, '十'] => Some(ones(*ten)? * 10),
        [ten, '十', one] => Some(ones(*ten)? * 10 + ones(*one)?),
        _ => None,
    }
}

fn roman(c: char) -> Option<u32> {
    ('Ⅰ'..='Ⅻ').contains(&c).then(|| c as u32 - 'Ⅰ' as u32 + 1)
}

fn parenthesised(c: char) -> Option<u32> {
    ('⑴'..='⒇').contains(&c).then(|| c as u32 - '⑴' as u32 + 1)
}

/// Returns the number of a circled character such as ③, up to 50.
pub fn circled(c: char) -> Option<u32> {
    let from = |first: char, number: u32| c as u32 - first as u32 + number;
    match c {
        '①'..='⑳' => Some(from('①', 1)),
        '㉑'..='㉟' => Some(from('㉑', 21)),
        '㊱'..='㊿' => Some(from('㊱', 36)),
        '❶'..='❿' => Some(from('❶', 1)),
        '⓫'..='⓴' => Some(from('⓫', 11)),
        '➀'..='➉' => Some(from('➀', 1)),
        _ => None,
    }
}

/// Returns a circled number: ③ for 3.
pub fn circle(number: u32) -> String {
    let at = |first: char, offset: u32| char::from_u32(first as u32 + offset);
    match number {
        1..=20 => at('①', number - 1),
        21..=35 => at('㉑', number - 21),
        36..=50 => at('㊱', number - 36),
        _ => None,
    }
    .map_or_else(|| format!("({number})"), String::from)
}

/// The mark of a row, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub printed: String,
    pub number: u32,
}

/// Reads the mark at the start of a cell; returns it with the rest of the cell.
pub fn mark(cell: &str) -> Option<(Mark, &str)> {
    let cell = cell.trim();
    let first = cell.chars().next()?;
    if let Some(number) = circled(first) {
        let (printed, rest) = cell.split_at(first.len_utf8());
        return Some((Mark { printed: printed.to_owned(), number }, rest.trim()));
    }
    if cell.chars().count() > 6 {
        return None;
    }
    let folded: String = cell.nfkc().collect();
    let digits = folded.trim_start_matches("No").trim_matches(|c: char| ".()（） -".contains(c));
    // A number of three digits without brackets is more likely a value than a mark.
    let most = if folded.starts_with('(') && folded.ends_with(')') { 1000 } else { 200 };
    let number = digits.parse().ok().filter(|n| (1..most).contains(n))?;
    Some((Mark { printed: cell.to_owned(), number }, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(Level, u32, &str)>) {
        let found = numbered(line);
        assert_eq!(found.as_ref().map(|n| (n.level, n.number, n.title.as_str())), expected, "{line}");
    }

    #[test]
    fn a_heading_is_known_by_its_number() {
        check("第1 趣旨", Some((Level::Part, 1, "趣旨")));
        check("第２　令和7年度の状況", Some((Level::Part, 2, "令和7年度の状況")));
        check("第三 計画", Some((Level::Part, 3, "計画")));
        check("第1条 この協定は", Some((Level::Article, 1, "この協定は")));
        check("第十二条この協定は", Some((Level::Article, 12, "この協定は")));
        check("第2木曜夜間", None);
        check("第1章 若者", Some((Level::Great, 1, "若者")));
        check("1 雇用創出", Some((Level::Chapter, 1, "雇用創出")));
        check("２．人材", Some((Level::Chapter, 2, "人材")));
        check("Ⅲ 女性", Some((Level::Great, 3, "女性")));
        check("1.5倍", None);
        check("3回開催", None);
        check("2026年の計画", None);
        check("（４）U I J ターン", Some((Level::Section, 4, "U I J ターン")));
        check("(10)高齢者", Some((Level::Section, 10, "高齢者")));
        check("⑵ 訓練", Some((Level::Section, 2, "訓練")));
        check("（目的）", None);
    }

    #[test]
    fn a_mark_is_alone_or_precedes_a_division() {
        let read = |cell| mark(cell).map(|(mark, rest)| (mark.number, rest));
        assert_eq!(read("③"), Some((3, "")));
        assert_eq!(read("⑦ 訓練課"), Some((7, "訓練課")));
        assert_eq!(read("㉑"), Some((21, "")));
        assert_eq!(read("（12）"), Some((12, "")));
        assert_eq!(read("（300）"), Some((300, "")));
        assert_eq!(read("300"), None);
        assert_eq!(read("4."), Some((4, "")));
        assert_eq!(read("令和7年"), None);
        assert_eq!(circle(21), "㉑");
    }
}
