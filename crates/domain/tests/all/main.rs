//! Tests of decisions and of the fold through the public interface, one folder per slice. `record` tests properties of
//! all slices and the formats of events.

mod authority;
mod edition;
mod evidence;
mod indicator;
mod organisation;
mod plan;
mod record;
mod world;
