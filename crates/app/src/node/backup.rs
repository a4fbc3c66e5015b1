//! 写しと復元 — copies the journal to one file, and restores a journal from such a file.

use std::path::{Path, PathBuf};

use renkei_identity::{passphrase, password};
use renkei_journal::{KeyCopy, Reader, RestoreKey};

use crate::node::context::{Context, millis};
use crate::node::error::AppError;
use crate::people::fault::AccountFault;

/// 復元の結果 — the numbers of events and chains in a restored journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub events: u64,
    pub chains: u64,
    /// The fingerprints of lost keys that a new key replaces.
    pub replaced: Vec<String>,
    /// The login names of the accounts whose one-time codes must be set up again.
    pub without_codes: Vec<String>,
}

/// 写しの結果 — the number of events in a copy, and the file with the encrypted key, if one was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    pub events: u64,
    pub key_file: Option<PathBuf>,
}

/// 写しの鍵 — where the key of a copy is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyOfCopy {
    /// It is already in the data directory.
    InPlace,
    /// It is in the file beside the copy, encrypted with this passphrase.
    Beside { passphrase: String },
    /// It is lost, and this person acknowledges that a new key is made.
    Lost { acknowledged_by: String },
}

/// Copies the journal of a data directory to one file; a server may be running. With a passphrase, also writes the
/// node's key to a file beside the copy, encrypted.
pub fn back_up(directory: &Path, file: &Path, passphrase: Option<&str>) -> Result<BackedUp, AppError> {
    let reader = Reader::open(directory)?;
    let Some(passphrase) = passphrase else { return Ok(BackedUp { events: reader.backup(file)?.0, key_file: None }) };
    if let Some(weakness) = password::weakness(passphrase.trim(), "") {
        return Err(AccountFault::Weak(weakness).into());
    }
    let beside = key_file_of(file);
    if beside.exists() {
        return Err(AppError::AlreadyThere { path: beside.display().to_string() });
    }
    let salt = passphrase::salt()?;
    let copy = KeyCopy::of(directory, salt, &passphrase::key(passphrase, salt)?)?;
    let events = reader.backup(file)?.0;
    copy.write(&beside)?;
    Ok(BackedUp { events, key_file: Some(beside) })
}

/// Returns the name of the file with the encrypted key of a copy.
pub fn key_file_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".key");
    name.into()
}

/// Removes the permissions of other users of this machine from a data directory. Returns the paths that they could
/// read.
pub fn tighten(directory: &Path) -> Result<Vec<PathBuf>, AppError> {
    Ok(renkei_journal::tighten(directory)?)
}

/// Makes a data directory from a copy of a journal after verifying it. Never overwrites an existing directory.
pub fn restore_backup(file: &Path, directory: &Path, key: KeyOfCopy, context: &Context) -> Result<Restored, AppError> {
    let key = match key {
        KeyOfCopy::InPlace => RestoreKey::InPlace,
        KeyOfCopy::Lost { acknowledged_by } => RestoreKey::Lost { by: acknowledged_by, at: millis((context.clock)()) },
        KeyOfCopy::Beside { passphrase } => {
            let path = key_file_of(file);
            let copy = KeyCopy::read(&path)?;
            let wrapping = passphrase::key(&passphrase, copy.salt)?;
            RestoreKey::Copied { path, copy, wrapping }
        }
    };
    let restored = renkei_journal::restore(file, directory, key)?;
    Ok(Restored {
        events: restored.verified.events,
        chains: restored.verified.chains,
        replaced: restored.replaced.iter().map(ToString::to_string).collect(),
        without_codes: restored.without_codes,
    })
}
