//! 写しと復元 — copies the journal to one file, and restores a journal from such a file.

use std::path::{Path, PathBuf};

use renkei_journal::{Reader, RestoreKey};

use crate::node::context::{Context, millis};
use crate::node::error::AppError;

/// 復元の結果 — the numbers of events and chains in a restored journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub events: u64,
    pub chains: u64,
    /// The fingerprints of lost keys that a new key replaces.
    pub replaced: Vec<String>,
}

/// 鍵の紛失 — a person acknowledges that the key of a copy is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostKey {
    pub acknowledged_by: String,
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

/// Makes a data directory from a copy of a journal after verifying it. Never overwrites an existing directory. Unless
/// the key is lost, it must already be in the directory.
pub fn restore_backup(
    file: &Path,
    directory: &Path,
    lost: Option<LostKey>,
    context: &Context,
) -> Result<Restored, AppError> {
    let key = match lost {
        None => RestoreKey::InPlace,
        Some(lost) => RestoreKey::Lost { by: lost.acknowledged_by, at: millis((context.clock)()) },
    };
    let restored = renkei_journal::restore(file, directory, key)?;
    Ok(Restored {
        events: restored.verified.events,
        chains: restored.verified.chains,
        replaced: restored.replaced.iter().map(ToString::to_string).collect(),
    })
}
