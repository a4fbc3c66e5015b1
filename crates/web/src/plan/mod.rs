//! 計画: the table of a year, its rows, how they are written and shown, and the search over all years.

pub(crate) mod asked_plan;
pub(crate) mod beside;
pub(crate) mod draft;
pub(crate) mod filter;
pub(crate) mod initiative;
pub(crate) mod pages;
pub(crate) mod routes;
pub(crate) mod search;
pub(crate) mod table;
