//! Reads XML of office files: attributes by local name, and texts with resolved character references. Entities that the
//! document itself defines are ignored.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Decodes a part; parts are in UTF-8 or, rarely, UTF-16.
pub fn text_of(bytes: Vec<u8>) -> String {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes).0.into_owned(),
        None => String::from_utf8(bytes).unwrap_or_else(|fault| String::from_utf8_lossy(fault.as_bytes()).into_owned()),
    }
}

/// Returns a reader that accepts unmatched closing tags, so that a damaged part is read as far as possible.
pub fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader
}

/// Returns the value of an attribute with any prefix.
pub fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    attributes(element).find(|(known, _)| *known == name).map(|(_, value)| resolved(value))
}

/// Returns all attributes: the names without their prefixes, and the values as written.
pub fn attributes<'a>(element: &'a BytesStart<'_>) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    attributes.flatten().map(|attribute| (attribute.key.local_name().into_inner(), attribute.value))
}

/// Resolves the references in the value of an attribute.
pub fn resolved(value: Cow<'_, str>) -> Cow<'_, str> {
    if !value.contains('&') {
        return value;
    }
    let mut text = String::new();
    resolve(&value, &mut text);
    Cow::Owned(text)
}

pub fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// Whether an attribute is `1`, `true` or `on`.
pub fn flag(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
}

/// Returns the name of an element without its prefix.
pub fn name<'a>(element: &'a BytesStart<'_>) -> Cow<'a, str> {
    Cow::Borrowed(element.local_name().into_inner())
}

/// Appends the text of an event. Appends nothing for an entity that the document defines.
pub fn say(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => {
            let name: &str = reference;
            text.extend(character(name));
        }
        _ => {}
    }
}

/// Decodes `_x000D_`, Excel's notation for characters that XML does not allow.
pub fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at + 2..].get(4..5) == Some("_"));
        let code = code.filter(|code| code.chars().all(|c| c.is_ascii_hexdigit()));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                plain.push_str(&rest[..at]);
                plain.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn resolve(value: &str, text: &mut String) {
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let name = rest[at + 1..].find(';').filter(|length| *length <= 10).map(|length| &rest[at + 1..at + 1 + length]);
        match name.and_then(|name| Some((name, character(name)?))) {
            Some((name, c)) => {
                text.push(c);
                rest = &rest[at + name.len() + 2..];
            }
            None => {
                text.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    text.push_str(rest);
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let code = name.strip_prefix('#')?;
            let code = match code.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => code.parse(),
            };
            code.ok().and_then(char::from_u32)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_entities_of_a_document_give_no_text() {
        let xml = "<!DOCTYPE a [<!ENTITY b \"ボン\">]><a n='x&amp;y&b;'>1&lt;2&b;&#x3042;<![CDATA[<3]]></a>";
        let mut reader = reader(xml);
        let (mut text, mut named) = (String::new(), None);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) | Err(_) => break,
                Ok(Event::Start(element)) => named = attribute(&element, "n").map(Cow::into_owned),
                Ok(event) => say(&event, &mut text),
            }
        }
        assert_eq!((text.as_str(), named.as_deref()), ("1<2あ<3", Some("x&y&b;")));
        assert_eq!(unescaped("一_x000A_二_x_x00_日本語_xあ".to_owned()), "一\n二_x_x00_日本語_xあ");
    }
}
