//! 計画: the table of a year and its rows, how rows are written and shown to the other side, and the search over all
//! years.

pub(crate) mod asked_plan;
pub(crate) mod beside;
pub(crate) mod draft;
pub(crate) mod filter;
pub(crate) mod initiative;
pub(crate) mod pages;
pub(crate) mod routes;
pub(crate) mod search;
pub(crate) mod table;
