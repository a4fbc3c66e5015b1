//! 指標 — describes and corrects indicators and their figures.

pub(crate) mod correct;
pub(crate) mod describe;
