//! 頁番号 — the page of each heading in the PDF. The 目次 of a Word file uses these pages until Word counts its own.

use std::collections::BTreeMap;

use renkei_document::document::Document;
use typst::foundations::{NativeElement, Selector};
use typst::introspection::Introspector;
use typst::model::HeadingElem;

use crate::pdf::{laid_out, not_too_long};
use crate::press::Press;
use crate::sheet::Sheet;

/// 頁番号 — the page of each part, chapter and section. The default is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageNumbers {
    pages: BTreeMap<(usize, usize, usize), usize>,
}

impl PageNumbers {
    /// Returns the pages of the PDF; empty if the report cannot be printed.
    pub fn of(report: &Document, press: &Press) -> Self {
        if not_too_long(report).is_err() {
            return Self::default();
        }
        let mut sheet = Sheet::of(report);
        let headings = headings(&sheet);
        let Ok(document) = laid_out(&mut sheet, press) else { return Self::default() };
        let introspector = document.introspector();
        let printed = introspector.query(&Selector::Elem(HeadingElem::ELEM, None));
        let mut printed = printed.iter().filter_map(|heading| {
            let page = introspector.page(heading.location()?)?;
            Some((heading.to_packed::<HeadingElem>()?.body.plain_text(), page.get()))
        });
        let mut pages = BTreeMap::new();
        for (place, words) in headings {
            if let Some((_, page)) = printed.by_ref().find(|(text, _)| *text == words) {
                pages.insert(place, page);
            }
        }
        Self { pages }
    }

    /// Returns the page of a heading. `part`, `chapter` and `section` count from 1; `chapter` and `section` are 0 for
    /// the heading of a higher level.
    pub(crate) fn of_heading(&self, part: usize, chapter: usize, section: usize) -> Option<usize> {
        self.pages.get(&(part, chapter, section)).copied()
    }
}

/// Returns every heading with its place, in the order of the report.
fn headings(sheet: &Sheet) -> Vec<((usize, usize, usize), String)> {
    let mut headings = Vec::new();
    for (part_place, part) in (1..).zip(&sheet.parts) {
        headings.push(((part_place, 0, 0), format!("{}　{}", part.number, part.title)));
        for (chapter_place, chapter) in (1..).zip(&part.chapters) {
            headings.push(((part_place, chapter_place, 0), format!("{}　{}", chapter.number, chapter.title)));
            for (section_place, section) in (1..).zip(&chapter.sections) {
                let place = (part_place, chapter_place, section_place);
                headings.push((place, format!("{}　{}", section.number, section.title)));
            }
        }
    }
    headings
}
