//! 引継書: what the next in office must know of each indicator of a division.

pub(crate) mod routes;
pub(crate) mod sheet;
