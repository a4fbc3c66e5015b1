//! 計画 — writing a year's plan, finding its rows, and what of it is typed and not sent yet.

pub(crate) mod draft;
pub(crate) mod lineage;
pub(crate) mod search;
pub(crate) mod typing;
