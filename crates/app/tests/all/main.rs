//! The use cases on real SQLite, with the document of an invented city, and with the real ones where they are there.

mod edition;
mod evidence;
mod finding;
mod fixture;
mod node;
mod organisation;
mod plan;
