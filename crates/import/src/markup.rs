//! Reads tags inside texts: distinguishes a tag `<…>` from a heading in angle brackets, and splits paragraphs at tags.

/// The effect of a tag on the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// A new paragraph begins.
    Break,
    /// A new entry of a list begins.
    Entry,
    /// The tag has no effect on the text: bold, spans, links.
    None,
}

/// One tag at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    pub name: String,
    pub closing: bool,
    pub attributes: &'a str,
    /// Length in bytes, including the brackets.
    pub len: usize,
}

const BREAKING: [&str; 38] = [
    "p",
    "br",
    "ul",
    "ol",
    "div",
    "tr",
    "td",
    "th",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "body",
    "head",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "center",
    "caption",
    "title",
    "figure",
    "address",
];
const INLINE: [&str; 33] = [
    "b", "i", "u", "s", "em", "strong", "span", "font", "a", "sup", "sub", "small", "big", "img", "ins", "del", "mark",
    "code", "ruby", "rt", "rp", "rb", "wbr", "nobr", "label", "col", "colgroup", "meta", "link", "script", "style",
    "input", "abbr",
];

impl Tag<'_> {
    pub fn effect(&self) -> Effect {
        match self.name.as_str() {
            "li" if !self.closing => Effect::Entry,
            "li" => Effect::Break,
            name if BREAKING.contains(&name) => Effect::Break,
            _ => Effect::None,
        }
    }

    /// Returns the number in an attribute, for example 3 for `rowspan="3"`.
    pub fn number(&self, attribute: &str) -> Option<u32> {
        let at = self.attributes.to_ascii_lowercase().find(attribute)?;
        let rest = self.attributes.get(at + attribute.len()..)?.trim_start().strip_prefix('=')?;
        let digits: String =
            rest.trim_start_matches([' ', '"', '\'']).chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    }
}

/// Returns the tag at the start of a text. `<女性の支援>` is not a tag; a `<` without a `>` before the next `<` is not a tag
/// either.
pub fn tag(text: &str) -> Option<Tag<'_>> {
    let inside = text.strip_prefix('<')?;
    let closing = inside.starts_with('/');
    let named = inside.strip_prefix('/').unwrap_or(inside);
    let name_len = named.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let name = named[..name_len].to_ascii_lowercase();
    if name != "li" && !BREAKING.contains(&name.as_str()) && !INLINE.contains(&name.as_str()) {
        return None;
    }
    let rest = &named[name_len..];
    if !rest.starts_with(['>', ' ', '/', '\t', '\n', '\r']) {
        return None;
    }
    let end = rest.find(['<', '>'])?;
    if !rest[end..].starts_with('>') {
        return None;
    }
    Some(Tag { name, closing, attributes: &rest[..end], len: text.len() - rest.len() + end + 1 })
}

/// Returns the paragraphs of a text without tags, in order; a list entry begins with ・.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'\n' | b'&')) {
        add(text, &mut all);
        return all;
    }
    let mut current = String::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let plain = rest.find(['<', '\n', '&']).unwrap_or(rest.len());
        current.push_str(&rest[..plain]);
        at += plain;
        let rest = &rest[plain..];
        if rest.is_empty() {
            break;
        }
        if let Some(tag) = tag(rest) {
            at += tag.len;
            match tag.effect() {
                Effect::None => {}
                Effect::Break => flush(&mut current, &mut all),
                Effect::Entry => {
                    flush(&mut current, &mut all);
                    if !rest[tag.len..].trim_start().starts_with(crate::items::is_bullet) {
                        current.push('・');
                    }
                }
            }
        } else if rest.starts_with('\n') {
            flush(&mut current, &mut all);
            at += 1;
        } else if let Some((character, len)) = entity(rest) {
            current.push(character);
            at += len;
        } else {
            current.push_str(&rest[..1]);
            at += 1;
        }
    }
    flush(&mut current, &mut all);
    all
}

fn flush(current: &mut String, all: &mut Vec<String>) {
    add(current, all);
    current.clear();
}

fn add(paragraph: &str, all: &mut Vec<String>) {
    let text = paragraph.trim();
    if !text.is_empty() && text != "・" {
        all.push(text.to_owned());
    }
}

/// Reads a character reference by name or number: `&amp;`, `&#8212;`.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(10).position(|b| b == b';')?;
    let character = match text.get(1..end)? {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(paragraphs(text), expected);
    }

    #[test]
    fn tags_part_paragraphs_and_headings_in_angle_brackets_stay() {
        check(
            "<p>相談を行った。</p> <ul style=\"list-style-type: none\"> ・相談 3 件 ・訪問 2 件",
            &["相談を行った。", "・相談 3 件 ・訪問 2 件"],
        );
        check("<p><両立支援事業></p><p>＜相談＞</p>", &["<両立支援事業>", "＜相談＞"]);
        check("一つ<br>二つ<BR/>三つ", &["一つ", "二つ", "三つ"]);
        check("<ul><li>一</li><li>・二</li></ul>", &["・一", "・二"]);
        check("<b>太字</b>の<a href=\"x\">文</a>&amp;&nbsp;&#9312;", &["太字の文& ①"]);
        check("3 < 5 <p", &["3 < 5 <p"]);
        check("セミナー&相談会", &["セミナー&相談会"]);
        check("<<<<p>>", &["<<<", ">"]);
    }

    #[test]
    fn attributes_give_spans() {
        assert_eq!(tag("<td RowSpan='3' x>").and_then(|t| t.number("rowspan")), Some(3));
        assert_eq!(tag("<td>").and_then(|t| t.number("rowspan")), None);
    }
}
