//! The recorded data of a 雇用対策協定, and the rules that connect it with the types of `renkei-document`: no I/O, no clock,
//! no async.
//!
//! Read in this order: [`plan`], [`indicator`] and [`organisation`] for the data; then [`event`], [`record`],
//! [`authority`], [`decide`] and [`view`] for how it changes, who may change it, and who sees it.

pub mod agreement;
pub mod authority;
pub mod command;
pub mod decide;
pub mod edition;
pub mod event;
pub mod evidence;
pub mod handover;
pub mod indicator;
pub mod limits;
pub mod organisation;
pub mod ownership;
pub mod phrases;
pub mod plan;
pub mod record;
pub mod refusal;
pub mod shared_fact;
pub mod view;
