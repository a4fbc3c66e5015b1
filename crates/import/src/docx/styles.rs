//! Reads the properties of styles that affect the visible text: numbers of headings and lists, and hidden text.

use std::collections::HashMap;

use crate::decode::Unreadable;
use crate::docx::xml::{Step, Steps};

/// Maximum number of styles that are followed along `based_on`. The limit also ends a cycle of styles.
const MAX_HOPS: usize = 32;

/// The list that a paragraph belongs to: its number and, if given, the level from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListPlace {
    pub list: Option<i64>,
    pub level: Option<i64>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    place: ListPlace,
    hidden: Option<bool>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    /// The default style, for paragraphs that name no style.
    usual: Option<String>,
}

impl Styles {
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        let mut steps = Steps::new(text, "styles.xml");
        while let Some(step) = steps.next()? {
            match step {
                Step::Open(element) => match (element.name(), &mut open) {
                    ("style", _) => {
                        let id = element.value("styleId").unwrap_or_default();
                        let of_paragraphs = element.value("type").as_deref() == Some("paragraph");
                        if of_paragraphs && matches!(element.value("default").as_deref(), Some("1" | "true" | "on")) {
                            styles.usual = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                    }
                    ("basedOn", Some((_, style))) => style.based_on = element.value("val"),
                    ("numId", Some((_, style))) => style.place.list = element.number("val"),
                    ("ilvl", Some((_, style))) => style.place.level = element.number("val"),
                    ("vanish", Some((_, style))) => style.hidden = Some(element.is_on()),
                    _ => {}
                },
                Step::Close(name) if name == "style" => styles.by_id.extend(open.take()),
                Step::Close(_) | Step::Text(_) => {}
            }
        }
        Ok(styles)
    }

    /// Returns the list of a paragraph style, and the style that sets it.
    pub fn place<'a>(&'a self, style: Option<&'a str>) -> Option<(ListPlace, &'a str)> {
        let mut place = ListPlace::default();
        for (id, style) in self.line_of(style.or(self.usual.as_deref())) {
            place.level = place.level.or(style.place.level);
            if style.place.list.is_some() {
                return Some((ListPlace { list: style.place.list, ..place }, id));
            }
        }
        None
    }

    /// Whether text of a style is hidden; `None` if neither the style nor a style that it is based on sets this
    /// property.
    pub fn is_hidden(&self, style: Option<&str>) -> Option<bool> {
        self.line_of(style).find_map(|(_, style)| style.hidden)
    }

    /// Iterates over a style, the style it is based on, and so on.
    fn line_of<'a>(&'a self, style: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let entry = |id: &'a str| self.by_id.get(id).map(|style| (id, style));
        let first = style.and_then(entry);
        std::iter::successors(first, move |(_, style)| style.based_on.as_deref().and_then(entry)).take(MAX_HOPS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_inherits_from_the_style_it_is_based_on() {
        let styles = Styles::read(
            "<styles><style type='paragraph' default='1' styleId='a'/><style styleId='h'><basedOn val='a'/><pPr><numPr>\
             <numId val='4'/></numPr></pPr></style><style styleId='h2'><basedOn val='h'/><pPr><numPr><ilvl val='1'/></numPr>\
             </pPr><rPr><vanish/></rPr></style><style styleId='x'><basedOn val='y'/></style><style styleId='y'>\
             <basedOn val='x'/></style></styles>",
        )
        .unwrap();
        assert_eq!(styles.place(Some("h2")), Some((ListPlace { list: Some(4), level: Some(1) }, "h")));
        assert_eq!(styles.place(None), None);
        assert_eq!(styles.place(Some("x")), None);
        assert_eq!((styles.is_hidden(Some("h2")), styles.is_hidden(Some("h"))), (Some(true), None));
    }
}
