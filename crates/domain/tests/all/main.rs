//! The heart as a whole: its properties, and the formats of its events.

mod edition;
mod evidence;
mod indicator;
mod organisation;
mod plan;
mod record;
mod world;
