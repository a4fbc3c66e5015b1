//! Tests of the organisation and of the house style.

pub mod april;
mod house_style;
