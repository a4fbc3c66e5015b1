//! 指標 — describes and corrects indicators and their figures.

pub(crate) mod correct;
pub(crate) mod describe;

pub use correct::correct;
pub use describe::change_indicator;
