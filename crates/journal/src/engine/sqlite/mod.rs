//! The SQLite engine, with one file and one writer: its connections, its tables, and all operations on them.

pub mod backup;
mod connection;
mod copy;
pub mod desk;
pub mod events;
mod fault;
pub mod ledger;
mod noted_heads;
mod old_copies;

mod owner;
pub mod people;
pub mod schema;
pub mod store;
