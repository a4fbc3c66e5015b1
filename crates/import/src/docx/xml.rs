//! XML as a stream of elements by their local names. Prefixes, namespaces (transitional or strict) and entities of a
//! DOCTYPE are ignored, so entities cannot expand to huge texts.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use crate::decode::Unreadable;

/// One step through a part. An empty element produces an open step and a close step.
#[derive(Debug)]
pub enum Step<'a> {
    Open(Element<'a>),
    Close(String),
    Text(Cow<'a, str>),
}

/// An opening element.
#[derive(Debug)]
pub struct Element<'a>(BytesStart<'a>);

/// The steps of one part of a package.
pub struct Steps<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    open: usize,
}

impl Element<'_> {
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Returns the value of an attribute by its local name; `None` if the attribute is missing or unreadable.
    pub fn value(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.value(name)?.trim().parse().ok()
    }

    /// Whether the element switches a property on: `<w:vanish/>` or `<w:vanish w:val="true"/>`.
    pub fn is_on(&self) -> bool {
        !matches!(self.value("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Decodes a part: UTF-16 if it begins with its byte order mark, otherwise UTF-8.
pub fn text_of(bytes: Vec<u8>) -> String {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding.decode(&bytes).0.into_owned(),
        None => String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

impl<'a> Steps<'a> {
    pub fn new(text: &'a str, part: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, part, open: 0 }
    }

    /// Returns the next step, or `None` at the end of the part. `Err` if the part ends before its elements do.
    pub fn next(&mut self) -> Result<Option<Step<'a>>, Unreadable> {
        loop {
            let event = self.reader.read_event().map_err(|_| self.damaged())?;
            match event {
                Event::Start(element) | Event::Empty(element) => {
                    self.open += 1;
                    return Ok(Some(Step::Open(Element(element))));
                }
                Event::End(element) => {
                    self.open = self.open.saturating_sub(1);
                    return Ok(Some(Step::Close(element.local_name().into_inner().to_owned())));
                }
                Event::Text(text) => return Ok(Some(Step::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(Step::Text(text.into_inner()))),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                    let named = || resolve_predefined_entity(&reference).map(str::to_owned);
                    if let Some(text) = character.or_else(named) {
                        return Ok(Some(Step::Text(Cow::Owned(text))));
                    }
                }
                Event::Eof if self.open > 0 => return Err(self.damaged()),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn damaged(&self) -> Unreadable {
        Unreadable::Damaged { part: self.part.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(xml: &str) -> Result<String, Unreadable> {
        let (mut steps, mut all) = (Steps::new(xml, "a.xml"), String::new());
        while let Some(step) = steps.next()? {
            match step {
                Step::Open(element) => all.push_str(&format!("<{}>", element.name())),
                Step::Close(name) => all.push_str(&format!("</{name}>")),
                Step::Text(text) => all.push_str(&text),
            }
        }
        Ok(all)
    }

    #[test]
    fn elements_are_known_by_local_name_and_entities_are_not_expanded() {
        let bomb =
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><v:p><t>1&b;2&amp;&#9312;</t><w:br/></v:p>";
        assert_eq!(texts(bomb).unwrap(), "<p><t>12&①</t><br></br></p>");
        assert!(texts("<p><t></p>").is_err());
        assert!(texts("<p><t>1</t>").is_err());
    }

    #[test]
    fn attributes_are_found_by_local_name() {
        let mut steps = Steps::new("<a w:val='x&amp;y' n=' 3 '/>", "a.xml");
        let Ok(Some(Step::Open(element))) = steps.next() else { panic!("it opens") };
        assert_eq!(
            (element.value("val").as_deref(), element.number("n"), element.is_on()),
            (Some("x&y"), Some(3), true)
        );
    }
}
