//! Tests of reading documents: structure, file formats, hostile files.

mod docx;
mod hostile;
mod machine_readable;
mod other_documents;
mod pdf;
mod structure;
mod workbooks;
mod xlsx;
