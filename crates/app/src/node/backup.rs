//! 写しと復元 — one file to keep elsewhere, and the way back.

use std::path::{Path, PathBuf};

use renkei_journal::Reader;

use crate::node::error::AppError;

/// 復元の結果 — what a restored journal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    pub events: u64,
    pub chains: u64,
}

/// Copies the journal of a data directory to one file, also while it is being served. Answers with the number of events.
pub fn back_up(directory: &Path, file: &Path) -> Result<u64, AppError> {
    Ok(Reader::open(directory)?.backup(file)?.0)
}

/// Tightens a data directory that others on this machine may read. Answers with what was open to them.
pub fn tighten(directory: &Path) -> Result<Vec<PathBuf>, AppError> {
    Ok(renkei_journal::tighten(directory)?)
}

/// Makes a data directory from a copy, once it is verified. Refuses to overwrite.
pub fn restore_backup(file: &Path, directory: &Path) -> Result<Restored, AppError> {
    let verified = renkei_journal::restore(file, directory)?;
    Ok(Restored { events: verified.events, chains: verified.chains })
}
