//! JSON Schema — describes a document in JSON for other programs. If the schema and the types of
//! `renkei_document::document` differ, the types are right; a test compares them.

/// Returns the JSON Schema (Draft 2020-12) of `renkei-document/1`.
pub fn document_schema() -> &'static str {
    include_str!("../../../docs/schema/renkei-document-1.schema.json")
}
