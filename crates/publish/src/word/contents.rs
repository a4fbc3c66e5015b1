//! 目次 — writes the contents as a Word field. The field contains its entries with page numbers, so that the contents are
//! readable before Word updates the field.

use super::looks::{Look, Looks};
use super::tree::Element;
use super::writing::{Anchor, field_code, field_mark, line, paragraph, run};
use crate::page_numbers::PageNumbers;
use crate::sheet::Part;

/// The code of the field: 見出し1 to 3 as links, not formatted as links.
const CODE: &str = " TOC \\o \"1-3\" \\h \\z ";

/// Writes the heading 目次 and one line for each part, chapter and section. Writes nothing if there are no parts.
pub(super) fn contents<'sheet>(
    parts: impl Iterator<Item = (usize, &'sheet Part)>,
    looks: &Looks,
    pages: &PageNumbers,
) -> Vec<Element> {
    let mut entries: Vec<Element> = parts.flat_map(|(place, part)| of_part(place, part, looks, pages)).collect();
    let Some(first) = entries.first_mut() else { return Vec::new() };
    let begin = Element::new("w:fldChar").with("w:fldCharType", "begin").with("w:dirty", "true");
    let opening = [Element::new("w:r").holding([begin]), field_code(CODE), field_mark("separate")];
    first.children.splice(1..1, opening.map(Into::into));
    let closing = paragraph(looks, Look::Contents(3), []).holding([field_mark("end")]);
    let gallery = [Element::valued("w:docPartGallery", "Table of Contents"), Element::new("w:docPartUnique")];
    let properties = Element::new("w:sdtPr").holding([Element::new("w:docPartObj").holding(gallery)]);
    let title = line(looks, Look::ContentsTitle, "目次");
    let content = Element::new("w:sdtContent").holding([title]).holding(entries).holding([closing]);
    vec![Element::new("w:sdt").holding([properties, content])]
}

fn of_part(place: usize, part: &Part, looks: &Looks, pages: &PageNumbers) -> Vec<Element> {
    let mut entries = Vec::new();
    let mut add = |level, anchor: Anchor, number: &str, title: &str| {
        let words = format!("{number}　{title}");
        entries.push(entry(
            looks,
            level,
            &words,
            &anchor.name(),
            pages.of_heading(anchor.part, anchor.chapter, anchor.section),
        ));
    };
    add(1, Anchor { part: place, chapter: 0, section: 0 }, &part.number, &part.title);
    for (chapter_place, chapter) in (1..).zip(&part.chapters) {
        add(2, Anchor { part: place, chapter: chapter_place, section: 0 }, &chapter.number, &chapter.title);
        for (section_place, section) in (1..).zip(&chapter.sections) {
            let anchor = Anchor { part: place, chapter: chapter_place, section: section_place };
            add(3, anchor, &section.number, &section.title);
        }
    }
    entries
}

fn entry(looks: &Looks, level: u8, words: &str, anchor: &str, page: Option<usize>) -> Element {
    let tab = Element::new("w:r").holding([Element::new("w:tab")]);
    let number = page.map(|page| run(&page.to_string()));
    let link = Element::new("w:hyperlink")
        .with("w:anchor", anchor)
        .with("w:history", "1")
        .holding([run(words), tab, field_mark("begin"), field_code(&format!(" PAGEREF {anchor} \\h "))])
        .holding([field_mark("separate")])
        .holding(number)
        .holding([field_mark("end")]);
    paragraph(looks, Look::Contents(level), []).holding([link])
}
