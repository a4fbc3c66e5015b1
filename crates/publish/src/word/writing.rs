//! 段落と文字 — creates the elements of WordprocessingML that the report consists of. Child elements are in the order that
//! the schema requires.

use super::looks::{Look, Looks};
use super::tree::Element;

/// Makes a paragraph in a style, with its own properties and content.
pub(super) fn paragraph(looks: &Looks, look: Look, own: impl IntoIterator<Item = Element>) -> Element {
    let properties = Element::new("w:pPr").holding([Element::valued("w:pStyle", looks.id(look))]).holding(own);
    Element::new("w:p").holding([properties])
}

/// Makes a paragraph that contains only text.
pub(super) fn line(looks: &Looks, look: Look, words: &str) -> Element {
    paragraph(looks, look, []).holding([run(words)])
}

pub(super) fn run(words: &str) -> Element {
    Element::new("w:r").holding([text(words)])
}

pub(super) fn text(words: &str) -> Element {
    Element::new("w:t").with("xml:space", "preserve").saying(words)
}

/// Makes the mark `begin`, `separate` or `end` of a field.
pub(super) fn field_mark(kind: &'static str) -> Element {
    Element::new("w:r").holding([Element::new("w:fldChar").with("w:fldCharType", kind)])
}

/// Makes the code of a field, for example ` PAGEREF _Toc1 \h `.
pub(super) fn field_code(code: &str) -> Element {
    let code = Element::new("w:instrText").with("xml:space", "preserve").saying(code);
    Element::new("w:r").holding([code])
}

/// Makes a heading to which the contents can link.
pub(super) fn heading(looks: &Looks, level: u8, words: &str, anchor: &Anchor, begins_page: Option<bool>) -> Element {
    let own = begins_page.map(|begins| match begins {
        true => Element::new("w:pageBreakBefore"),
        false => Element::valued("w:pageBreakBefore", "0"),
    });
    let start = Element::new("w:bookmarkStart").with("w:id", anchor.id()).with("w:name", anchor.name());
    let end = Element::new("w:bookmarkEnd").with("w:id", anchor.id());
    paragraph(looks, Look::Heading(level), own).holding([start, run(words), end])
}

/// A target of the contents: part, chapter and section, each counted from 1; 0 for a level below the heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub part: usize,
    pub chapter: usize,
    pub section: usize,
}

impl Anchor {
    /// Returns an id that is higher than the ids of bookmarks in a template.
    fn id(&self) -> String {
        (900_000_000 + self.part * 1_000_000 + self.chapter * 1_000 + self.section).to_string()
    }

    /// Returns the bookmark's name in the form that Word uses for contents.
    pub(super) fn name(&self) -> String {
        format!("_Toc{}", self.id())
    }
}
