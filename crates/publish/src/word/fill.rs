//! 差し込み — fills the placeholders of a template with the report.

use std::collections::BTreeMap;

use renkei_document::document::{Document, PlanKind};

use super::agreement::agreement;
use super::breaks;
use super::contents::contents;
use super::layout::{Part, WordLayout, words};
use super::lists::Lists;
use super::placeholders::{Content, Field, Found, Passage, Placeholder, find};
use super::properties;
use super::tables::{self, Setting};
use super::tree::{self, Element, Node};
use crate::page_numbers::PageNumbers;
use crate::printed_text::clean;
use crate::sheet::{self, Sheet};

/// The text width of A4 with margins of 20 mm, for a template that does not state its page size.
const USUAL_WIDTH: usize = 9_638;

/// Fills the template, and returns the Word file.
pub(super) fn filled(
    report: &Document,
    sheet: &Sheet,
    layout: &WordLayout,
    pages: &PageNumbers,
) -> Result<Vec<u8>, String> {
    let lists = Lists::of(layout.numbering.as_ref().map(|part| &part.root), &layout.looks);
    let mut filler = Filler { fields: fields(report, sheet), sheet, layout, pages, lists };
    let mut package = layout.package.clone();
    let document = filler.document(&layout.document.root);
    package.replace(&layout.document.name, tree::bytes(&document));
    package.replace(&layout.styles.name, tree::bytes(&layout.styles.root));
    for Part { name, root } in &layout.margins {
        let mut root = root.clone();
        filler.inside(&mut root, USUAL_WIDTH);
        package.replace(name, tree::bytes(&root));
    }
    if let (Some(part), Some(numbering)) = (&layout.numbering, filler.lists.into_numbering()) {
        package.replace(&part.name, tree::bytes(&numbering));
    }
    package.replace("docProps/core.xml", tree::bytes(&properties::core(sheet)));
    package.zipped()
}

/// Returns the text of each placeholder for words (field), one string per line.
fn fields(report: &Document, sheet: &Sheet) -> BTreeMap<Field, Vec<String>> {
    let cover = sheet.cover.as_ref();
    let agreement = report.agreement.as_ref().and_then(|agreement| agreement.title.as_deref());
    BTreeMap::from([
        (Field::Title, cover.map(|cover| cover.lines.clone()).unwrap_or_default()),
        (Field::Issuers, cover.map(|cover| cover.issuers.clone()).unwrap_or_default()),
        (Field::IssuedOn, cover.and_then(|cover| cover.date.clone()).into_iter().collect()),
        (Field::FiscalYear, report.fiscal_year.iter().map(ToString::to_string).collect()),
        (Field::AgreementName, agreement.map(clean).into_iter().collect()),
    ])
}

struct Filler<'report> {
    fields: BTreeMap<Field, Vec<String>>,
    sheet: &'report Sheet,
    layout: &'report WordLayout,
    pages: &'report PageNumbers,
    lists: Lists,
}

/// The content between two page breaks of a template. The page is left out if it has placeholders and all of them are
/// empty.
#[derive(Default)]
struct Page {
    content: Vec<Node>,
    placeholders: usize,
    filled: usize,
}

impl Filler<'_> {
    fn document(&mut self, root: &Element) -> Element {
        let mut root = root.clone();
        if let Some(body) = root.elements_mut().find(|it| it.name == "w:body") {
            body.children = self.body(std::mem::take(&mut body.children));
        }
        root
    }

    fn body(&mut self, children: Vec<Node>) -> Vec<Node> {
        let children = breaks::carried_over(children);
        let widths = widths(&children);
        let mut written: Vec<Node> = Vec::new();
        let mut page = Page::default();
        let mut turn = |page: &mut Page| {
            let page = std::mem::take(page);
            if page.placeholders == 0 || page.filled > 0 {
                written.extend(page.content);
            }
        };
        let mut section = None;
        for (child, width) in children.into_iter().zip(widths) {
            let Node::Element(element) = child else { continue };
            if element.name == "w:sectPr" {
                section = Some(element);
                continue;
            }
            if breaks::begins_page(&element) {
                turn(&mut page);
            }
            let ends = breaks::ends_page(&element);
            let found = placeholders(&element);
            let before = page.content.len();
            page.content.extend(self.element(element, width));
            page.placeholders += found;
            page.filled += found.min(page.content.len() - before);
            if ends {
                turn(&mut page);
            }
        }
        turn(&mut page);
        // The last element of a Word file must not be a table.
        if !matches!(written.last(), Some(Node::Element(last)) if last.name == "w:p") {
            written.push(smallest_paragraph().into());
        }
        written.extend(section.map(Node::Element));
        written
    }

    /// Returns an element with its placeholders filled; an empty list if its placeholder has no content.
    fn element(&mut self, mut element: Element, width: usize) -> Vec<Node> {
        if element.name != "w:p" {
            self.inside(&mut element, width);
            return vec![element.into()];
        }
        let text = words(&element);
        let found = find(&text);
        if let [one] = found.as_slice()
            && text.trim() == &text[one.start..one.end]
        {
            return self.alone(element, one, width);
        }
        self.inside(&mut element, width);
        if !found.is_empty() {
            let joined = |field: &Field| self.fields[field].join("");
            replace(&mut element, &found, joined);
        }
        vec![element.into()]
    }

    fn inside(&mut self, element: &mut Element, width: usize) {
        let children = std::mem::take(&mut element.children);
        for child in children {
            match child {
                Node::Element(child) => element.children.extend(self.element(child, width)),
                text => element.children.push(text),
            }
        }
        if element.name == "w:tc" && element.child("w:p").is_none() {
            element.children.push(Element::new("w:p").into());
        }
    }

    /// Replaces a paragraph that contains only a placeholder by the content of the placeholder.
    fn alone(&mut self, paragraph: Element, found: &Found, width: usize) -> Vec<Node> {
        let written = match &found.content {
            Content::Known(Placeholder::Passage(passage)) => self.set(paragraph, *passage, width),
            Content::Known(Placeholder::Field(field)) => copies(&paragraph, &self.fields[field], found),
            _ => vec![paragraph],
        };
        written.into_iter().map(Node::Element).collect()
    }

    /// Replaces a paragraph by a passage (headings, paragraphs and tables); the page and section breaks of the
    /// paragraph stay.
    fn set(&mut self, mut paragraph: Element, passage: Passage, width: usize) -> Vec<Element> {
        let mut written = self.passage(passage, width);
        if let Some(first) = written.first_mut().filter(|_| breaks::begins_page(&paragraph)) {
            breaks::begin_page(first);
        }
        if breaks::ends_section(&paragraph) && !written.is_empty() {
            paragraph.children.truncate(1);
            breaks::remove_begin(&mut paragraph);
            written.push(paragraph);
        }
        written
    }

    fn passage(&mut self, passage: Passage, width: usize) -> Vec<Element> {
        let (layout, sheet) = (self.layout, self.sheet);
        match passage {
            Passage::Agreement => sheet.agreement.iter().flat_map(|it| agreement(it, &layout.looks)).collect(),
            Passage::Contents => {
                let listed = (1..).zip(&sheet.parts).filter(|(_, part)| layout.passages.contains(&passage_of(part)));
                contents(listed, &layout.looks, self.pages)
            }
            Passage::Purpose | Passage::Progress | Passage::Plan => {
                let division_width = sheet.division_width;
                let mut setting = Setting { looks: &layout.looks, lists: &mut self.lists, width, division_width };
                let parts = (1..).zip(&sheet.parts).filter(|(_, part)| passage_of(part) == passage);
                parts.flat_map(|(place, part)| tables::part(place, part, &mut setting)).collect()
            }
        }
    }
}

fn passage_of(part: &sheet::Part) -> Passage {
    match part.kind {
        None => Passage::Purpose,
        Some(PlanKind::Progress | PlanKind::Result) => Passage::Progress,
        Some(PlanKind::Plan) => Passage::Plan,
    }
}

/// Returns one copy of the paragraph for each line; in each copy, the line replaces the placeholder.
fn copies(paragraph: &Element, lines: &[String], found: &Found) -> Vec<Element> {
    let copy = |(place, line): (usize, &String)| {
        let mut copy = paragraph.clone();
        replace(&mut copy, std::slice::from_ref(found), |_| line.clone());
        if place > 1 {
            breaks::remove_begin(&mut copy);
        }
        if place < lines.len() {
            breaks::remove_end(&mut copy);
        }
        copy
    };
    (1..).zip(lines).map(copy).collect()
}

/// Returns the text width at each element of the body. The properties of a section are in its last paragraph; the
/// properties of the last section are at the end of the body.
fn widths(children: &[Node]) -> Vec<usize> {
    let mut width = USUAL_WIDTH;
    let mut widths: Vec<usize> = children
        .iter()
        .rev()
        .map(|child| {
            let Node::Element(element) = child else { return width };
            let section = if element.name == "w:sectPr" {
                Some(element)
            } else {
                element.child("w:pPr").and_then(|it| it.child("w:sectPr"))
            };
            if let Some(found) = section.and_then(text_width) {
                width = found;
            }
            width
        })
        .collect();
    widths.reverse();
    widths
}

fn text_width(section: &Element) -> Option<usize> {
    let measure =
        |element: &str, name: &str| -> Option<usize> { section.child(element)?.attribute(name)?.parse().ok() };
    let page = measure("w:pgSz", "w:w")?;
    let margins = measure("w:pgMar", "w:left").unwrap_or(0) + measure("w:pgMar", "w:right").unwrap_or(0);
    page.checked_sub(margins)
}

/// Counts the placeholders in an element and its paragraphs.
fn placeholders(element: &Element) -> usize {
    let own = if element.name == "w:p" { find(&words(element)).len() } else { 0 };
    own + element.elements().map(placeholders).sum::<usize>()
}

/// Replaces placeholders by words. Word may split a placeholder over several runs; the words get the style of the run
/// in which the placeholder begins.
fn replace(paragraph: &mut Element, found: &[Found], words_of: impl Fn(&Field) -> String) {
    let mut at = 0;
    let mut change = |text: &mut Element| {
        let old = text.text();
        let (start, end) = (at, at + old.len());
        at = end;
        let mut new = String::new();
        let mut kept = start;
        for it in found.iter().filter(|it| it.start < end && it.end > start) {
            new.push_str(&old[kept.max(start) - start..it.start.max(kept) - start]);
            if it.start >= start
                && let Content::Known(Placeholder::Field(field)) = &it.content
            {
                new.push_str(&words_of(field));
            }
            kept = it.end.min(end);
        }
        new.push_str(&old[kept - start..]);
        text.children = vec![Node::Text(new)];
        text.set("xml:space", "preserve");
    };
    each_text(paragraph, &mut change);
}

fn each_text(element: &mut Element, change: &mut impl FnMut(&mut Element)) {
    for child in element.elements_mut() {
        match child.name.as_ref() {
            "w:t" => change(child),
            "w:p" => {}
            _ => each_text(child, change),
        }
    }
}

fn smallest_paragraph() -> Element {
    let spacing = Element::new("w:spacing").with("w:line", "20").with("w:lineRule", "exact");
    let size = Element::new("w:rPr").holding([Element::valued("w:sz", "2")]);
    Element::new("w:p").holding([Element::new("w:pPr").holding([spacing, size])])
}
