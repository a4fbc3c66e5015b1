//! Documents: imported, reviewed, merged, taken back.

pub mod import;
pub mod real_documents;
mod review;
mod round_trip;
