//! 文書の属性 — writes the title, authors and day of the document into the properties of the Word file. Does not read the
//! clock.

use super::tree::Element;
use crate::sheet::Sheet;

/// Returns the part `docProps/core.xml`.
pub(super) fn core(sheet: &Sheet) -> Element {
    let day = format!("{:04}-{:02}-{:02}T00:00:00Z", sheet.year, sheet.month, sheet.day);
    let dated = |name| Element::new(name).with("xsi:type", "dcterms:W3CDTF").saying(day.clone());
    let authors = sheet.authors.join("、");
    Element::new("cp:coreProperties")
        .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .holding([
            Element::new("dc:title").saying(sheet.title.clone()),
            Element::new("dc:creator").saying(authors.clone()),
            Element::new("cp:lastModifiedBy").saying(authors),
            dated("dcterms:created"),
            dated("dcterms:modified"),
            Element::new("dc:language").saying("ja-JP"),
        ])
}
