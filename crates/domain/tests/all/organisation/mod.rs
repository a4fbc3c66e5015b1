//! Organisation and house style.

pub mod april;
mod house_style;
