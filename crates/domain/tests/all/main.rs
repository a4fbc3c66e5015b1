//! Tests of the decisions and the fold through the public interface, by slice; properties and event formats are in
//! `record`.

mod edition;
mod evidence;
mod indicator;
mod organisation;
mod plan;
mod record;
mod world;
