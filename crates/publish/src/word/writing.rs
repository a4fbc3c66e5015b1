//! 段落と文字 — the few shapes of WordprocessingML that the report is made of. The order of children is the schema's.

use super::looks::{Look, Looks};
use super::tree::Element;

/// A paragraph in a style, with properties of its own and what stands in it.
pub(super) fn paragraph(looks: &Looks, look: Look, own: impl IntoIterator<Item = Element>) -> Element {
    let properties = Element::new("w:pPr").holding([Element::valued("w:pStyle", looks.id(look))]).holding(own);
    Element::new("w:p").holding([properties])
}

/// A paragraph of words alone.
pub(super) fn line(looks: &Looks, look: Look, words: &str) -> Element {
    paragraph(looks, look, []).holding([run(words)])
}

pub(super) fn run(words: &str) -> Element {
    Element::new("w:r").holding([text(words)])
}

pub(super) fn text(words: &str) -> Element {
    Element::new("w:t").with("xml:space", "preserve").saying(words)
}

/// `begin`, `separate` or `end` of a field.
pub(super) fn field_mark(kind: &'static str) -> Element {
    Element::new("w:r").holding([Element::new("w:fldChar").with("w:fldCharType", kind)])
}

/// What a field is to show: ` PAGEREF _Toc1 \h `.
pub(super) fn field_code(code: &str) -> Element {
    let code = Element::new("w:instrText").with("xml:space", "preserve").saying(code);
    Element::new("w:r").holding([code])
}

/// A heading that the contents can point to.
pub(super) fn heading(looks: &Looks, level: u8, words: &str, anchor: &Anchor, begins_page: Option<bool>) -> Element {
    let own = begins_page.map(|begins| match begins {
        true => Element::new("w:pageBreakBefore"),
        false => Element::valued("w:pageBreakBefore", "0"),
    });
    let start = Element::new("w:bookmarkStart").with("w:id", anchor.id()).with("w:name", anchor.name());
    let end = Element::new("w:bookmarkEnd").with("w:id", anchor.id());
    paragraph(looks, Look::Heading(level), own).holding([start, run(words), end])
}

/// A place that the contents point to: part, chapter and section by their places from 1, 0 where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub part: usize,
    pub chapter: usize,
    pub section: usize,
}

impl Anchor {
    /// Beyond the bookmarks that a template may have of its own.
    fn id(&self) -> String {
        (900_000_000 + self.part * 1_000_000 + self.chapter * 1_000 + self.section).to_string()
    }

    /// As Word calls the places of its contents.
    pub(super) fn name(&self) -> String {
        format!("_Toc{}", self.id())
    }
}
