//! XMLの木 — a part of a Word file in memory, as a tree of elements with their prefixes.

use std::borrow::Cow;

use quick_xml::events::{BytesDecl, BytesEnd, BytesRef, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

/// Maximum depth of elements: no word processor writes deeper files, and they would overflow the stack.
const DEEPEST: usize = 256;

/// The elements in which white space is text.
const WITH_TEXT: [&str; 3] = ["w:t", "w:instrText", "w:delText"];

/// An element with its attributes in their original order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub name: Cow<'static, str>,
    pub attributes: Vec<(Cow<'static, str>, String)>,
    pub children: Vec<Node>,
}

/// The content of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Node::Element(element)
    }
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), attributes: Vec::new(), children: Vec::new() }
    }

    /// Makes an element of the most common shape in WordprocessingML: `<w:jc w:val="center"/>`.
    pub(super) fn valued(name: &'static str, value: impl Into<String>) -> Self {
        Self::new(name).with("w:val", value)
    }

    pub(super) fn with(mut self, attribute: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((Cow::Borrowed(attribute), value.into()));
        self
    }

    pub(super) fn holding(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    pub(super) fn saying(mut self, text: impl Into<String>) -> Self {
        self.children.push(Node::Text(text.into()));
        self
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn set(&mut self, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        match self.attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = value,
            None => self.attributes.push((Cow::Borrowed(name), value)),
        }
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Returns the attribute `w:val` of a child element, for example of the child `w:pStyle` of `<w:pPr>`.
    pub(super) fn value_of(&self, child: &str) -> Option<&str> {
        self.child(child)?.attribute("w:val")
    }

    pub(super) fn text(&self) -> String {
        let text = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        };
        self.children.iter().map(text).collect()
    }
}

/// Parses a part and returns its root. The error says why the part is not valid.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, String> {
    let text = std::str::from_utf8(bytes).map_err(|fault| fault.to_string())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    let mut open: Vec<Element> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|fault| fault.to_string())?;
        let closed = match event {
            Event::Start(start) => {
                open.push(opened(&start)?);
                None
            }
            Event::Empty(start) => Some(opened(&start)?),
            Event::End(_) => open.pop(),
            Event::Text(text) => add_text(&mut open, &text.xml10_content()),
            Event::CData(text) => add_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => add_text(&mut open, &resolved(&reference)?),
            Event::DocType(_) => return Err("DOCTYPE".to_owned()),
            Event::Eof => return Err("EOF".to_owned()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => None,
        };
        if open.len() > DEEPEST {
            return Err(format!("> {DEEPEST}"));
        }
        let Some(mut element) = closed else { continue };
        drop_layout(&mut element);
        match open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => return Ok(element),
        }
    }
}

fn opened(start: &BytesStart) -> Result<Element, String> {
    let mut element =
        Element { name: Cow::Owned(start.name().as_ref().to_owned()), attributes: Vec::new(), children: Vec::new() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|fault| fault.to_string())?;
        let value =
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|fault| fault.to_string())?;
        element.attributes.push((Cow::Owned(attribute.key.as_ref().to_owned()), value.into_owned()));
    }
    Ok(element)
}

fn add_text(open: &mut [Element], text: &str) -> Option<Element> {
    let parent = open.last_mut()?;
    match parent.children.last_mut() {
        Some(Node::Text(known)) => known.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
    None
}

/// Resolves references such as `&amp;` and `&#12354;`. A document cannot define entities, because a DOCTYPE is refused.
fn resolved(reference: &BytesRef) -> Result<String, String> {
    if let Some(character) = reference.resolve_char_ref().map_err(|fault| fault.to_string())? {
        return Ok(character.to_string());
    }
    let named = format!("&{};", &**reference);
    quick_xml::escape::unescape(&named).map(Cow::into_owned).map_err(|fault| fault.to_string())
}

/// Removes white space between elements, which is only the layout of the file.
fn drop_layout(element: &mut Element) {
    if !WITH_TEXT.contains(&element.name.as_ref()) {
        element.children.retain(|node| !matches!(node, Node::Text(text) if text.trim().is_empty()));
    }
}

/// Serialises a part to bytes.
pub(super) fn bytes(root: &Element) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
    write(&mut writer, root);
    writer.into_inner()
}

fn write(writer: &mut Writer<Vec<u8>>, element: &Element) {
    let mut start = BytesStart::new(element.name.as_ref());
    for (name, value) in &element.attributes {
        start.push_attribute((name.as_ref(), value.as_str()));
    }
    if element.children.is_empty() {
        let _ = writer.write_event(Event::Empty(start));
        return;
    }
    let _ = writer.write_event(Event::Start(start));
    for child in &element.children {
        match child {
            Node::Element(child) => write(writer, child),
            Node::Text(text) => {
                let _ = writer.write_event(Event::Text(BytesText::new(text)));
            }
        }
    }
    let _ = writer.write_event(Event::End(BytesEnd::new(element.name.as_ref())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_as_it_was_read() {
        let part = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:p a=\"&quot;1&amp;2&quot;\"><w:t> 葛\u{E0100} &lt;𠮷&gt; </w:t><w:br/></w:p>";
        let read = parse(part.as_bytes()).expect("reads");
        assert_eq!(read.text(), " 葛\u{E0100} <𠮷> ");
        assert_eq!(String::from_utf8(bytes(&read)).expect("UTF-8"), part);
    }

    #[test]
    fn xml_that_is_not_part_of_a_word_file_is_refused() {
        let deep = "<a>".repeat(1000) + &"</a>".repeat(1000);
        for part in ["", "<a>", "<a></b>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a>&b;</a>", deep.as_str()] {
            assert!(parse(part.as_bytes()).is_err(), "{part}");
        }
    }
}
