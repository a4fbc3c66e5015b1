//! 計画 — writing a year's plan, searching its rows, and keeping text that is typed and not sent yet.

pub(crate) mod draft;
pub(crate) mod lineage;
pub(crate) mod search;
pub(crate) mod typing;
