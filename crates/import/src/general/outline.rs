//! 見出し — finds the headings of a document without plan tables, and their levels. Headings with a mark begin a line or
//! are inside a long line; on web pages, a short line above a block is also a heading.

use renkei_document::document::Heading;
use renkei_document::locus::Source;

use super::dates::{date_at, dates};
use super::lines::{Line, past_blanks};
use super::marks::{Style, mark_at};
use super::plain::plain_headings;
use super::words::{figure_follows, is_sentence};

/// Maximum number of characters of a heading; a longer text is a sentence.
const LONGEST: usize = 60;
/// A longer line is treated as flattened: several lines were joined to one. Headings inside such a line end at a blank.
const LONG_LINE: usize = 80;

/// A heading with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Index into the lines.
    pub line: usize,
    /// Range in folded characters: from the start of the mark to the end of the heading.
    pub start: usize,
    pub end: usize,
    pub style: Style,
    pub text: String,
    /// Whether the heading was in a table of contents, with dots to its page number.
    in_contents: bool,
}

/// Returns all headings in reading order. Immediate repetitions are removed; they come from the alternative text of
/// pictures.
pub(super) fn headings(lines: &[Line]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let plain = plain_headings(lines);
    for (index, line) in lines.iter().enumerate() {
        if plain[index] {
            let text = line.printed.clone();
            found.push(Found {
                line: index,
                start: 0,
                end: line.chars.len(),
                style: Style::Plain,
                text,
                in_contents: false,
            });
        } else {
            marked_headings(line, index, &mut found);
        }
    }
    let again = |found: &[Found], at: usize| {
        let heading = &found[at];
        let same = |other: &Found| other.text == heading.text;
        let repeated = at.checked_sub(1).is_some_and(|before| same(&found[before]));
        repeated || (heading.in_contents && found.iter().skip(at + 1).take(200).any(same))
    };
    (0..found.len()).filter(|&at| !again(&found, at)).map(|at| found[at].clone()).collect()
}

/// Returns the headings with their levels, without the title. A style of mark that first occurs below a heading of
/// another style is one level lower.
pub(super) fn levelled(found: &[Found], lines: &[Line], title: Option<&str>) -> Vec<Heading> {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let title = title.map(squeezed);
    let mut open: Vec<Style> = Vec::new();
    found
        .iter()
        .filter(|heading| title.as_ref() != Some(&squeezed(&heading.text)))
        .map(|heading| {
            match open.iter().position(|&style| style == heading.style) {
                Some(depth) => open.truncate(depth + 1),
                None => {
                    if let Style::Hashes(_) | Style::Ordinal(_) = heading.style {
                        open.retain(|style| matches!(style, Style::Hashes(_) | Style::Ordinal(_)));
                    }
                    open.push(heading.style);
                }
            }
            let line = &lines[heading.line];
            let source = Source::of_line(line.number, line.printed_at(heading.start..heading.end));
            let level = match heading.style {
                Style::Hashes(count) => count,
                _ => u8::try_from(open.len()).unwrap_or(u8::MAX),
            };
            Heading { level, text: heading.text.clone(), source }
        })
        .collect()
}

fn marked_headings(line: &Line, index: usize, found: &mut Vec<Found>) {
    let chars = &line.chars;
    let mut at = 0;
    let mut numbered = 0;
    while at < chars.len() {
        let first = at == 0;
        let parted = first || chars[at - 1].is_whitespace() || chars[at - 1] == '。';
        let heading = (parted && !chars[at].is_whitespace())
            .then(|| mark_at(chars, at))
            .flatten()
            .and_then(|(style, end)| heading_from(line, index, at, style, end))
            .filter(|heading| first || heading.style.may_stand_inline() || goes_on(line, heading, numbered));
        match heading {
            Some(heading) => {
                if heading.style == Style::NumberBlank {
                    numbered = number_of(chars, heading.start);
                }
                at = heading.end.max(at + 1);
                found.push(heading);
            }
            None => at += 1,
        }
    }
}

/// Whether a number and a blank begin a heading in a flattened line: the number continues the count, or a mark of a
/// lower level follows.
fn goes_on(line: &Line, heading: &Found, before: u32) -> bool {
    let chars = &line.chars;
    let number = number_of(chars, heading.start);
    let next = past_blanks(chars, heading.end);
    let lower = mark_at(chars, next)
        .is_some_and(|(style, _)| style != Style::NumberBlank && !matches!(style, Style::Ordinal(_)));
    let marked = mark_at(chars, past_blanks(chars, heading.start + 1)).is_some();
    let begins = number == 1 && counts_on(chars, next);
    let next_one = before > 0 && number == before + 1;
    heading.style == Style::NumberBlank && !marked && (next_one || begins || (number <= 20 && lower))
}

/// Whether a 2 followed by a word occurs later in the line, so that the number 1 begins a numbered list of headings.
fn counts_on(chars: &[char], from: usize) -> bool {
    // Maximum length of a chapter of a flattened page, in characters.
    const FAR: usize = 2000;
    (from..chars.len().saturating_sub(2).min(from + FAR)).any(|at| {
        chars[at] == '2'
            && at > 0
            && chars[at - 1].is_whitespace()
            && chars[at + 1].is_whitespace()
            && mark_at(chars, at).is_some_and(|(style, _)| style == Style::NumberBlank)
            && !figure_follows(chars, at)
    })
}

/// Whether the words are a value: a date, a number, or a list of names.
fn is_value(words: &[char]) -> bool {
    words.contains(&'、') || date_at(words, 0).is_some() || words.first().is_some_and(char::is_ascii_digit)
}

fn number_of(chars: &[char], at: usize) -> u32 {
    chars[at..].iter().map_while(|c| c.to_digit(10)).take(3).fold(0, |sum, digit| sum * 10 + digit)
}

fn heading_from(line: &Line, index: usize, at: usize, style: Style, mark_end: usize) -> Option<Found> {
    let chars = &line.chars;
    let start = past_blanks(chars, mark_end);
    let bracketed = matches!(style, Style::Bracketed(_));
    if bracketed && !bracket_heads(chars, at, mark_end) {
        return None;
    }
    // If nothing follows 【…】, it is the whole heading. Inside a line, the heading includes only words directly after
    // 【…】.
    let detached = bracketed && at > 0 && start > mark_end;
    let end = if detached { mark_end } else { heading_end(line, start, at, style) };
    let (words_end, in_contents) = without_leader(chars, start, end);
    // In a flattened table of contents, the dots of an entry follow after a blank.
    let leader = if in_contents { None } else { leader_at(chars, past_blanks(chars, words_end)) };
    let (end, in_contents) = (words_end, in_contents || leader.is_some());
    let length = end.saturating_sub(start);
    let body = &chars[start.min(end)..end];
    let has_word = bracketed || body.iter().any(|&c| c.is_alphabetic());
    if !has_word
        || length > LONGEST
        || body.contains(&'。') && style != Style::Question
        || is_sentence(body)
        || is_number(body)
    {
        return None;
    }
    let text = match style {
        Style::Hashes(_) | Style::Bullet('*') => line.printed_at(start..end).to_owned(),
        _ => joined(line.printed_at(at..mark_end), line.printed_at(start..end), start > mark_end),
    };
    Some(Found { line: index, start: at, end: leader.unwrap_or(end), style, text, in_contents })
}

/// Joins the mark and the words, with a blank if one separated them.
fn joined(mark: &str, words: &str, parted: bool) -> String {
    let mark = mark.trim_end_matches(['|', '｜', ' ', '\u{3000}']);
    let words =
        words.trim_start_matches(['|', '｜', ' ', '\u{3000}', '\t']).trim_end_matches(['|', '｜', ' ', '\u{3000}']);
    if parted && !words.is_empty() { format!("{mark} {words}") } else { format!("{mark}{words}") }
}

/// Returns the end of a heading: the end of the line, or in a flattened line the next blank outside brackets. A
/// figure, a gap of two blanks, or text after 「…について」 also ends it.
fn heading_end(line: &Line, start: usize, at: usize, style: Style) -> usize {
    let chars = &line.chars;
    let flattened = chars.len() > LONG_LINE || at > 0 || (chars[start..].contains(&'。') && style != Style::Question);
    let mut depth = 0_u32;
    let mut place = start;
    while place < chars.len() {
        match chars[place] {
            '(' | '「' | '『' | '<' => depth += 1,
            ')' | '」' | '』' | '>' => depth = depth.saturating_sub(1),
            c if c.is_whitespace() && depth == 0 => {
                let next = past_blanks(chars, place);
                // A single character before a blank begins a word printed with blanks between its characters (趣 旨).
                let begun = place > start + 1;
                let explained = "ついて".chars().rev().eq(chars[start..place].iter().rev().take(3).copied());
                // In 3　締結年月日　平成30年3月26日, the value follows the heading after a wide blank.
                let named = line.is_wide_blank(place) && place <= start + 12 && is_value(&chars[next..]);
                if begun && (named || flattened || next > place + 2 || explained || figure_follows(chars, next)) {
                    return place;
                }
            }
            _ => {}
        }
        place += 1;
        if place > start + LONGEST * 2 {
            break;
        }
    }
    place.min(chars.len())
}

/// Returns the end of the words before the dots that lead to a page number, and whether such dots exist.
fn without_leader(chars: &[char], start: usize, end: usize) -> (usize, bool) {
    let body = chars.get(start..end).unwrap_or_default();
    let is_dot = |c: char| matches!(c, '・' | '.' | '…' | '‥' | '･' | '·' | '-' | '‧');
    let mut run = 0;
    for (offset, &c) in body.iter().enumerate() {
        run = if is_dot(c) {
            run + if c == '…' { 3 } else { 1 }
        } else if c.is_whitespace() && run > 0 {
            run
        } else {
            0
        };
        if run >= 3 {
            let dots = body[..=offset].iter().rev().take_while(|&&c| is_dot(c) || c.is_whitespace()).count();
            return (start + offset + 1 - dots, true);
        }
    }
    let mut end = end;
    while end > start && chars[end - 1].is_whitespace() {
        end -= 1;
    }
    (end, false)
}

/// Returns the index after the dots and the page number they lead to.
fn leader_at(chars: &[char], at: usize) -> Option<usize> {
    const FEWEST: usize = 3;
    let dots = chars[at.min(chars.len())..].iter().take_while(|c| matches!(c, '・' | '.' | '…' | '‥' | ' ')).count();
    let ellipsis = chars.get(at) == Some(&'…');
    let page = chars[at.min(chars.len()) + dots..].iter().take_while(|c| c.is_ascii_digit()).count();
    (dots >= FEWEST || (dots > 0 && ellipsis)).then_some(at + dots + page)
}

/// Whether words in brackets are a heading, and not a kind of figures, a picture or a date.
fn bracket_heads(chars: &[char], at: usize, end: usize) -> bool {
    let inside: String = chars[at + 1..end - 1].iter().filter(|c| !c.is_whitespace()).collect();
    let own_line = at == 0;
    let kind = [
        "KPI",
        "KGI",
        "数値目標",
        "成果目標",
        "成果指標",
        "活動指標",
        "目標値",
        "目標年度",
        "基準値",
        "実績値",
        "参考値",
        "目標",
        "実績",
        "現状",
        "現状値",
    ]
    .contains(&inside.as_str());
    let picture = ["様子", "写真", "画像", "イメージ", "図"].iter().any(|word| inside.ends_with(word));
    let moment =
        inside.ends_with("現在") || inside.ends_with("時点") || inside.ends_with('版') || inside.ends_with("年度末");
    let attached = chars.get(end).is_some_and(|c| !c.is_whitespace());
    let dated = dates(&chars[at + 1..end - 1]).first().is_some_and(|date| date.range.len() + 2 == end - at);
    !kind && !picture && !moment && (!dated || attached) && (own_line || attached || !inside.contains("注"))
}

fn is_number(body: &[char]) -> bool {
    body.iter().filter(|c| c.is_alphabetic() && !c.is_ascii()).count() <= 2 && body.iter().any(char::is_ascii_digit)
}
