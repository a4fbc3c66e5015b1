//! 写しと復元 — copies the journal to one file, and restores it from there.

use std::path::{Path, PathBuf};

use renkei_journal::Reader;

use crate::node::error::AppError;

/// 復元の結果 — the number of events and chains in a restored journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    pub events: u64,
    pub chains: u64,
}

/// Copies the journal of a data directory to one file, also while it is being served. Returns the number of events.
pub fn back_up(directory: &Path, file: &Path) -> Result<u64, AppError> {
    Ok(Reader::open(directory)?.backup(file)?.0)
}

/// Restricts the permissions of a data directory that other users of this machine may read. Returns the paths that were
/// readable.
pub fn tighten(directory: &Path) -> Result<Vec<PathBuf>, AppError> {
    Ok(renkei_journal::tighten(directory)?)
}

/// Makes a data directory from a verified copy. Never overwrites an existing one.
pub fn restore_backup(file: &Path, directory: &Path) -> Result<Restored, AppError> {
    let verified = renkei_journal::restore(file, directory)?;
    Ok(Restored { events: verified.events, chains: verified.chains })
}
