//! Documents: imported, reviewed, merged and undone.

pub mod import;
pub mod real_documents;
mod review;
mod round_trip;
