//! The decisions and the fold from outside: by slice, with the properties and the formats of events under `record`.

mod edition;
mod evidence;
mod indicator;
mod organisation;
mod plan;
mod record;
mod world;
