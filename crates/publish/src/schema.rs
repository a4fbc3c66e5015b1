//! JSON Schema — what a document in JSON looks like, for programs of others. The types of `renkei_document::document` are the truth;
//! a test holds this to them.

/// The JSON Schema (Draft 2020-12) of `renkei-document/1`.
pub fn document_schema() -> &'static str {
    include_str!("../../../docs/schema/renkei-document-1.schema.json")
}
