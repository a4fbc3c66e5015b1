//! 記録簿: what happened, newest first.

pub(crate) mod journal;
pub(crate) mod routes;
