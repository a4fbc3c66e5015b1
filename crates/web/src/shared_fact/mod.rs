//! 共通実績: one thing that several reports tell of.

pub(crate) mod facts;
pub(crate) mod share;
