//! 報告書と版: the report of a year, its editions, and the origin of each figure in an edition.

pub(crate) mod editions;
pub(crate) mod reference;
pub(crate) mod report;
pub(crate) mod routes;
