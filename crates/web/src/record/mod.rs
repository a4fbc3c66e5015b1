//! 記録簿: the recorded events, newest first.

pub(crate) mod journal;
pub(crate) mod routes;
