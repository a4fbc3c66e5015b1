//! Tests of indicators.

mod figures;
pub mod world;
