//! What is printed and written: the report, its editions and data, in each format.

mod handover;
mod open_data;
mod printable;
mod report;
mod schema;
mod summary;
mod word;
