//! 移行の前の控え — a copy of the database that a migration made before it changed the tables.

use std::path::PathBuf;

/// A copy of the database from before a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldCopy {
    pub path: PathBuf,
    /// When the copy was written, in milliseconds since 1970.
    pub made_at: u64,
}
