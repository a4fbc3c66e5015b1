//! 引継書: the facts about each indicator of a division that a successor in office must know.

pub(crate) mod routes;
pub(crate) mod sheet;
