//! Organisation: divisions, posts and deputies.

mod divisions;
mod posts;
mod reorganised;
