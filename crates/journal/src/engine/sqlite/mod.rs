//! SQLite: one file, one writer. The connections, the tables, and what is done with them.

pub mod backup;
pub mod desk;
pub mod events;
mod fault;
mod owner;
pub mod people;
pub mod schema;
pub mod store;
