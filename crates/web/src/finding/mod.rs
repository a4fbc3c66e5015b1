//! 確認事項: what was noticed, and the rows that it is about.

pub(crate) mod list;
pub(crate) mod routes;
