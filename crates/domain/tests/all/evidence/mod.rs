//! Documents: imported, merged, taken back.

mod common_ground;
mod importing;
mod taking_back;
