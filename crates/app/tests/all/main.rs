//! The use cases on real SQLite, with the document of an invented city; also with real documents, if these are
//! available.

mod edition;
mod evidence;
mod finding;
mod fixture;
mod node;
mod organisation;
mod plan;
