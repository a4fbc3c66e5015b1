//! Indicators.

mod figures;
pub mod world;
