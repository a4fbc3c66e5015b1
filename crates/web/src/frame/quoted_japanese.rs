//! Marks the Japanese parts of an English page (names, texts of rows, labels of figures) as Japanese, so that a screen
//! reader pronounces them correctly (WCAG 2.2, 3.1.2). Every page is marked after its template was rendered.

use std::ops::Range;

/// The first lines of every English page of ours.
const ENGLISH: &str = "<!DOCTYPE html>\n<html lang=\"en\">";

/// Marks the Japanese parts of an English page by `lang="ja"`; returns a Japanese page unchanged.
pub fn marked(page: String) -> String {
    if page.starts_with(ENGLISH) { marked_body(&page) } else { page }
}

/// The most recent tag.
#[derive(Default)]
struct Tag<'a> {
    name: &'a str,
    /// Whether the tag opens an element that can have the attribute `lang` itself.
    takes_mark: bool,
    has_mark: bool,
}

fn marked_body(page: &str) -> String {
    let mut told = String::with_capacity(page.len() + page.len() / 8);
    let mut tag = Tag::default();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        text(&mut told, &rest[..start], &tag, rest[start..].starts_with("</"));
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        tag = read_tag(&rest[start..end]);
        let is_field = tag.name == "input" && !tag.has_mark && !runs(value_of(&rest[start..end])).is_empty();
        if is_field {
            told.push_str(&rest[start..end - 1]);
            told.push_str(" lang=\"ja\">");
        } else {
            told.push_str(&rest[start..end]);
        }
        rest = &rest[end..];
    }
    told.push_str(rest);
    told
}

fn read_tag(tag: &str) -> Tag<'_> {
    let inside = tag.trim_start_matches('<').trim_end_matches('>');
    let name = inside.split(char::is_whitespace).next().unwrap_or_default();
    let is_opening = name.starts_with(|c: char| c.is_ascii_alphabetic());
    // The label of the element itself is English, and `lang` would apply to the label too.
    let takes_mark = is_opening && !inside.contains("-label=") && !["input", "br", "wbr", "hr", "html"].contains(&name);
    Tag { name, takes_mark, has_mark: inside.contains(" lang=") }
}

fn value_of(tag: &str) -> &str {
    tag.split_once(" value=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value)
}

/// Writes the text between two tags. Marks the element if its whole text is Japanese, else marks the Japanese words.
fn text(told: &mut String, text: &str, tag: &Tag<'_>, closes: bool) {
    let found = runs(text);
    let holds_no_elements = ["option", "textarea", "title", "style", "script"].contains(&tag.name);
    let is_whole = || found.len() == 1 && found[0].len() == text.trim().len();
    if found.is_empty() || tag.has_mark || (holds_no_elements && !["option", "textarea"].contains(&tag.name)) {
        told.push_str(text);
    } else if holds_no_elements || (tag.takes_mark && closes && is_whole()) {
        // Removes the `>` of the opening tag, which was written last.
        told.truncate(told.len() - 1);
        told.push_str(" lang=\"ja\">");
        told.push_str(text);
    } else {
        let mut from = 0;
        for run in found {
            told.push_str(&text[from..run.start]);
            told.push_str("<span lang=\"ja\">");
            told.push_str(&text[run.clone()]);
            told.push_str("</span>");
            from = run.end;
        }
        told.push_str(&text[from..]);
    }
}

/// Returns the ranges of Japanese in a text, with the brackets around them. A number or a short foreign word inside a
/// range is part of it; an English word with spaces around it ends the range.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_japanese(*c)) {
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(last) if joins(&text[last.end..at]) => last.end = end,
            _ => runs.push(at..end),
        }
    }
    for run in &mut runs {
        let before = text[..run.start].trim_end_matches(['「', '『', '（', '【', '〈', '＜']);
        let behind = text[run.end..].trim_start_matches(['」', '』', '）', '】', '〉', '＞', '。']);
        *run = before.len()..text.len() - behind.len();
    }
    runs
}

fn joins(gap: &str) -> bool {
    !(gap.contains(' ') && gap.contains(|c: char| c.is_ascii_alphabetic()))
}

/// Whether a character is kana or kanji.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30fa}' | 'ー' | '々' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        assert_eq!(marked(format!("{ENGLISH}{body}")), format!("{ENGLISH}{expected}"));
        let japanese = format!("<!DOCTYPE html>\n<html lang=\"ja\">{body}");
        assert_eq!(marked(japanese.clone()), japanese);
    }

    #[test]
    fn an_element_with_only_japanese_text_is_marked_as_a_whole() {
        check("<p>面接会を行う。</p>", "<p lang=\"ja\">面接会を行う。</p>");
        check("<td class=\"a\">市</td>", "<td class=\"a\" lang=\"ja\">市</td>");
        check("<option value=\"1\">1 雇用の促進</option>", "<option value=\"1\" lang=\"ja\">1 雇用の促進</option>");
        check("<textarea>\n相談\n</textarea>", "<textarea lang=\"ja\">\n相談\n</textarea>");
        check("<input type=\"text\" value=\"件\">", "<input type=\"text\" value=\"件\" lang=\"ja\">");
    }

    #[test]
    fn japanese_words_in_an_english_text_are_marked_separately() {
        let span = |text: &str| format!("<span lang=\"ja\">{text}</span>");
        check("<p>Imported by しごと課.</p>", &format!("<p>Imported by {}.</p>", span("しごと課")));
        let two = format!("<p>“{}” and “{}”</p>", span("しごと課"), span("雇用課"));
        check("<p>“しごと課” and “雇用課”</p>", &two);
        let text = "Web面接会（R8.1.31）を 3回 行う";
        check(
            &format!("<p>{text}<a href=\"x\">1,304</a>件</p>"),
            &format!("<p>Web{}<a href=\"x\">1,304</a>{}</p>", span("面接会（R8.1.31）を 3回 行う"), span("件")),
        );
        check("<td data-label=\"Party\">市</td>", &format!("<td data-label=\"Party\">{}</td>", span("市")));
    }

    #[test]
    fn marked_and_english_text_is_left_unchanged() {
        for body in [
            "<p>FY2026 (Reiwa 8) 1(5) ④ ・ 3</p>",
            "<button lang=\"ja\">日本語</button>",
            "<title>plan｜みどり市</title>",
            "<input value=\"x\" aria-label=\"市\">",
            "<p>a &#60;b&#62;",
        ] {
            check(body, body);
        }
    }
}
