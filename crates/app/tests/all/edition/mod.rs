//! Editions and what else is published.

mod editions;
mod glyphs;
mod open_data;
mod pdf;
