//! Tests that concern all slices: events, chains, limits, properties.

mod event_formats;
mod limits;
mod own_chains;
pub mod ownership;
mod properties;
mod work;
