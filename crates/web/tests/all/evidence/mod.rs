//! Documents: uploaded, reviewed, recorded and taken over.

mod imports;
pub mod taking_over;
