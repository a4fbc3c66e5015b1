//! import

pub mod general;
