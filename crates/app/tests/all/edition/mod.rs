//! Editions and other publications.

mod editions;
mod glyphs;
mod open_data;
mod pdf;
