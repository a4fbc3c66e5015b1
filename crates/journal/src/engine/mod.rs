//! The database engines. All of them keep the same promises, and only they contain SQL.

pub mod sqlite;
