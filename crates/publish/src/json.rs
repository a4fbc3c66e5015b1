//! 機械可読 — writes the document as `renkei-document/1` (DESIGN §7).

use renkei_document::document::Document;

/// Returns the document as indented JSON that ends in a line feed. The fields are in the order of the types, so the
/// output is stable.
pub fn json(report: &Document) -> String {
    // Each map key of a document is a field name, so writing to memory cannot fail.
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
