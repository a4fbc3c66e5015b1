//! JSON Schema — describes a document in JSON for other programs. The types of `renkei_document::document` are
//! authoritative; a test checks the schema against them.

/// Returns the JSON Schema (Draft 2020-12) of `renkei-document/1`.
pub fn document_schema() -> &'static str {
    include_str!("../../../docs/schema/renkei-document-1.schema.json")
}
