//! 改ページ — finds and moves the page breaks of a template, so that filling the placeholders does not remove them.

use super::looks::is_on;
use super::tree::{Element, Node};

/// The elements that must precede `w:pageBreakBefore` by the schema.
const BEFORE: [&str; 3] = ["w:pStyle", "w:keepNext", "w:keepLines"];

/// Converts a page break typed at the end of a paragraph to a property of the next paragraph. LibreOffice writes such
/// typed breaks, and a typed break would be lost if the content of a placeholder replaces its paragraph.
pub(super) fn carried_over(mut children: Vec<Node>) -> Vec<Node> {
    for place in 1..children.len() {
        let (before, after) = children.split_at_mut(place);
        let (Some(Node::Element(one)), Some(Node::Element(next))) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        if one.name == "w:p" && next.name == "w:p" && take_last_break(one) {
            begin_page(next);
        }
    }
    children
}

fn take_last_break(paragraph: &mut Element) -> bool {
    let Some(run) = paragraph.elements_mut().filter(|it| it.name == "w:r").last() else { return false };
    let is_last = matches!(run.children.last(), Some(Node::Element(last)) if is_page_break(last));
    if is_last {
        run.children.pop();
    }
    is_last
}

fn is_page_break(element: &Element) -> bool {
    element.name == "w:br" && element.attribute("w:type") == Some("page")
}

/// Starts a new page before a paragraph, or before the first paragraph in an element.
pub(super) fn begin_page(element: &mut Element) {
    if element.name != "w:p" {
        if let Some(first) = element.elements_mut().find(|it| ["w:p", "w:sdtContent"].contains(&it.name.as_ref())) {
            begin_page(first);
        }
        return;
    }
    if element.child("w:pPr").is_none() {
        element.children.insert(0, Element::new("w:pPr").into());
    }
    remove_begin(element);
    if let Some(properties) = element.elements_mut().find(|it| it.name == "w:pPr") {
        let is_before = |node: &Node| matches!(node, Node::Element(it) if BEFORE.contains(&it.name.as_ref()));
        let place = properties.children.iter().take_while(|node| is_before(node)).count();
        properties.children.insert(place, Element::new("w:pageBreakBefore").into());
    }
}

/// Removes the page break before a paragraph: if one paragraph was replaced by several, only the first of them begins a
/// page.
pub(super) fn remove_begin(paragraph: &mut Element) {
    remove(paragraph, "w:pageBreakBefore");
}

/// Removes the section end of a paragraph: if one paragraph was replaced by several, only the last of them ends the
/// section.
pub(super) fn remove_end(paragraph: &mut Element) {
    remove(paragraph, "w:sectPr");
}

fn remove(paragraph: &mut Element, name: &str) {
    if let Some(properties) = paragraph.elements_mut().find(|it| it.name == "w:pPr") {
        properties.children.retain(|node| !matches!(node, Node::Element(it) if it.name == name));
    }
}

pub(super) fn begins_page(element: &Element) -> bool {
    let begins = element.child("w:pPr").and_then(|properties| properties.child("w:pageBreakBefore"));
    begins.is_some_and(is_on)
}

/// Whether an element ends a section or contains a typed page break.
pub(super) fn ends_page(element: &Element) -> bool {
    ends_section(element) || element.elements().any(|run| run.elements().any(is_page_break))
}

pub(super) fn ends_section(element: &Element) -> bool {
    element.child("w:pPr").is_some_and(|properties| properties.child("w:sectPr").is_some())
}
