//! The engines: each keeps the same promises with a database of its own. SQL is written nowhere else.

pub mod sqlite;
