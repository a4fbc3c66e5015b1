//! The heart as a whole: its properties, and the formats of its events.

mod event_formats;
mod importing;
mod properties;
mod world;
