//! The database engines. All of them fulfil the same tested promises, and no other module contains SQL.

pub mod sqlite;
