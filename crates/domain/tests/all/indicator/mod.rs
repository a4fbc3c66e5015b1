//! Indicator.

mod figures;
pub mod world;
