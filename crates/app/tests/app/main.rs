//! The use cases on real SQLite, with the document of an invented city, and with the real ones where they are there.

mod editions;
mod findings;
mod fixture;
mod glyphs;
mod house_style;
mod import;
mod meanwhile;
mod open_data;
mod passages;
mod pdf;
mod real_documents;
mod review;
mod round_trip;
mod searching;
mod ten_years;
