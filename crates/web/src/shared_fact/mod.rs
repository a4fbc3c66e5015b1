//! 共通実績: one fact that several parties report.

pub(crate) mod facts;
pub(crate) mod share;
