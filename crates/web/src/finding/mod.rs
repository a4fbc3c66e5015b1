//! 確認事項: the findings of the checks, and the rows that they are about.

pub(crate) mod list;
pub(crate) mod routes;
