//! 指標 — what is counted is described and corrected.

pub(crate) mod correct;
pub(crate) mod describe;
