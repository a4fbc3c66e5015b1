//! Plans: passages, search, and the import of ten years.

pub mod passages;
mod searching;
mod ten_years;
