//! 報告書と版 — the report of a year, which is made in each format, checked, and frozen as an edition.

pub(crate) mod check;
pub(crate) mod file;
pub(crate) mod freeze;
pub(crate) mod open_data;
pub(crate) mod report;
pub(crate) mod summary;
pub(crate) mod templates;

pub use file::edition_file;
pub use freeze::freeze_edition;
