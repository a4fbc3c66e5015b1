//! The heart as a whole: its properties, and the formats of its events.

mod carrying;
mod common_ground;
mod editions;
mod event_formats;
mod figures;
mod figures_world;
mod house_style;
mod importing;
mod limits;
mod organisation;
mod own_chains;
mod ownership;
mod properties;
mod sharing;
mod taking_back;
mod wordings;
mod work;
mod world;
