//! The use cases on real SQLite, with the document of an invented city, and with real documents if they are available.

mod edition;
mod evidence;
mod finding;
mod fixture;
mod node;
mod organisation;
mod plan;
