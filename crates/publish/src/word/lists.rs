//! 箇条書きの記号 — creates Word lists, one for each bullet that the report uses.

use super::looks::Looks;
use super::tree::{Element, Node};

/// The bullet of the template's list.
const USUAL: &str = "・";

/// How a paragraph gets its bullet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bullet {
    /// From its paragraph style.
    OfStyle,
    /// From a list that this module added, with this id.
    OfList(String),
    /// As text before the words, because the mark is a number and not a bullet.
    Typed,
}

/// The lists of a report: the template's list, and a copy of it for each other bullet.
pub(super) struct Lists {
    numbering: Option<Element>,
    /// The list of the template's bullet style.
    usual: Option<String>,
    others: Vec<(String, String)>,
}

impl Lists {
    pub(super) fn of(numbering: Option<&Element>, looks: &Looks) -> Self {
        Self { numbering: numbering.cloned(), usual: looks.bullet_list.clone(), others: Vec::new() }
    }

    pub(super) fn bullet(&mut self, mark: &str) -> Bullet {
        let mut letters = mark.chars();
        let is_sign = matches!((letters.next(), letters.next()), (Some(sign), None) if !sign.is_alphanumeric());
        if self.usual.is_none() || !is_sign {
            return Bullet::Typed;
        }
        if mark == USUAL {
            return Bullet::OfStyle;
        }
        if let Some((_, list)) = self.others.iter().find(|(known, _)| known == mark) {
            return Bullet::OfList(list.clone());
        }
        match self.add(mark) {
            Some(list) => {
                self.others.push((mark.to_owned(), list.clone()));
                Bullet::OfList(list)
            }
            None => Bullet::Typed,
        }
    }

    /// Returns the part of the file that contains the lists.
    pub(super) fn into_numbering(self) -> Option<Element> {
        self.numbering
    }

    /// Adds a copy of the usual list with another bullet, and returns its id.
    fn add(&mut self, mark: &str) -> Option<String> {
        let numbering = self.numbering.as_mut()?;
        let usual =
            numbering.elements().find(|it| it.name == "w:num" && it.attribute("w:numId") == self.usual.as_deref())?;
        let shape = usual.value_of("w:abstractNumId")?.to_owned();
        let is_shape = |it: &&Element| it.name == "w:abstractNum" && it.attribute("w:abstractNumId") == Some(&shape);
        let mut copy = numbering.elements().find(is_shape)?.clone();
        let id = next_id(numbering, "w:abstractNum", "w:abstractNumId");
        copy.set("w:abstractNumId", id.clone());
        // Remove Word's list ids and the link to the style from the copy, because only the original may have them.
        copy.children.retain(|node| !matches!(node, Node::Element(it) if ["w:nsid", "w:tmpl", "w:styleLink"].contains(&it.name.as_ref())));
        let level = copy.elements_mut().find(|it| it.name == "w:lvl")?;
        level.children.retain(|node| !matches!(node, Node::Element(it) if it.name == "w:pStyle"));
        level.elements_mut().find(|it| it.name == "w:lvlText")?.set("w:val", mark);
        let list = next_id(numbering, "w:num", "w:numId");
        let after = numbering
            .children
            .iter()
            .rposition(|node| matches!(node, Node::Element(it) if it.name == "w:abstractNum"))?;
        numbering.children.insert(after + 1, copy.into());
        let named =
            Element::new("w:num").with("w:numId", list.clone()).holding([Element::valued("w:abstractNumId", id)]);
        let last =
            numbering.children.iter().rposition(|node| matches!(node, Node::Element(it) if it.name == "w:num"))?;
        numbering.children.insert(last + 1, named.into());
        Some(list)
    }
}

fn next_id(numbering: &Element, name: &str, attribute: &str) -> String {
    let known = numbering.elements().filter(|it| it.name == name);
    let highest = known.filter_map(|it| it.attribute(attribute)?.parse::<u32>().ok()).max();
    (highest.unwrap_or(0) + 1).to_string()
}
