//! Plans: passages, search, ten years in one go.

pub mod passages;
mod searching;
mod ten_years;
