//! 報告書と版: the report of a year, its editions, and where a figure of one comes from.

pub(crate) mod editions;
pub(crate) mod reference;
pub(crate) mod report;
pub(crate) mod routes;
