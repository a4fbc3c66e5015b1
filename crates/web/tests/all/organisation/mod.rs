//! Organisation: divisions, posts, deputies and officers.

mod divisions;
mod officers;
mod posts;
mod reorganised;
