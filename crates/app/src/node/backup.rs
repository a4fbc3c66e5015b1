//! 写しと復元 — copies the journal to one file, and restores a journal from such a file.

use std::path::{Path, PathBuf};

use renkei_journal::Reader;

use crate::node::error::AppError;

/// 復元の結果 — the number of events and chains in a restored journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    pub events: u64,
    pub chains: u64,
}

/// Copies the journal of a data directory to one file; a server may be running. Returns the number of events.
pub fn back_up(directory: &Path, file: &Path) -> Result<u64, AppError> {
    Ok(Reader::open(directory)?.backup(file)?.0)
}

/// Removes the permissions of other users of this machine from a data directory. Returns the paths that they could
/// read.
pub fn tighten(directory: &Path) -> Result<Vec<PathBuf>, AppError> {
    Ok(renkei_journal::tighten(directory)?)
}

/// Makes a data directory from a copy of a journal after verifying it. Never overwrites an existing directory.
pub fn restore_backup(file: &Path, directory: &Path) -> Result<Restored, AppError> {
    let verified = renkei_journal::restore(file, directory)?;
    Ok(Restored { events: verified.events, chains: verified.chains })
}
