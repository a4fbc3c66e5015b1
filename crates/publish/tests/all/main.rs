//! Tests of the output in each format: the report, its editions and data.

mod handover;
mod open_data;
mod printable;
mod report;
mod schema;
mod summary;
mod word;
