//! The SQLite engine: one file, one writer. It holds the connections, the tables and all operations on them.

pub mod backup;
mod connection;
mod copy;
pub mod desk;
pub mod events;
mod fault;
mod owner;
pub mod people;
pub mod schema;
pub mod store;
