//! 共通実績: one fact that several parties (or several rows) report.

pub(crate) mod facts;
pub(crate) mod share;
