//! 指標: the pages about the parties' indicators, their values and their targets.

pub(crate) mod chart;
pub(crate) mod choice;
pub(crate) mod compare;
pub(crate) mod deeds;
pub(crate) mod list;
pub(crate) mod one;
pub(crate) mod parts;
pub(crate) mod routes;
pub(crate) mod share;

pub(crate) use compare::compare;
pub(crate) use deeds::change_indicator;
pub(crate) use list::indicators;
pub(crate) use one::{VALUES, indicator};
