//! What can go wrong, as data. The sentences stand in `wording`.

use std::io;
use std::path::{Path, PathBuf};

use renkei_document::time::Hlc;

use crate::chain::ChainKey;
use crate::engine::sqlite::events::verify::Broken;

/// Why the journal could not be opened, read, copied or written.
#[derive(Debug)]
pub enum JournalError {
    /// Another process writes in this data directory.
    InUse { directory: PathBuf, process: Option<u32> },
    /// There is no journal in this data directory.
    Missing { path: PathBuf },
    /// A SQLite file, or any other, that is no journal.
    NotAJournal { path: PathBuf },
    /// Written by a newer release.
    Newer { path: PathBuf, found: u32, known: u32 },
    /// Written by an older release, and opened only to read.
    Older { path: PathBuf, found: u32, known: u32 },
    /// A backup or restore would overwrite this file.
    Exists { path: PathBuf },
    /// A file that is to be restored does not verify.
    BrokenCopy { path: PathBuf, broken: Broken },
    /// The node's key cannot be used.
    Key { path: PathBuf, fault: KeyFault },
    /// Others on this machine may read or change it, and it is not ours to tighten. `command` mends it, with the path behind.
    Exposed { path: PathBuf, command: String },
    /// A directory in which others keep things as well.
    SharedPlace { path: PathBuf },
    /// A symbolic link in place of a file of the data directory.
    NotInPlace { path: PathBuf },
    /// The operating system gives no random numbers.
    NoRandomness,
    /// There is no such event.
    NoSuchEvent { chain: ChainKey, number: u64 },
    /// A file could not be made, read or written. `action` says which, in Japanese.
    Io { action: &'static str, path: PathBuf, source: io::Error },
    /// The pages of the file are damaged.
    Damaged { action: &'static str },
    /// The database refused. `action` says what was being done, in Japanese.
    Database { action: &'static str, source: Box<dyn std::error::Error + Send + Sync> },
}

/// What is wrong with the file of the node's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    Unreadable,
}

/// Why events were not appended. Nothing of them was.
#[derive(Debug)]
pub enum AppendError {
    /// Somebody appended in between: read again and decide again.
    Conflict {
        chain: ChainKey,
        expected: u64,
        found: u64,
    },
    /// An event belongs to a chain for which no number is expected.
    NotExpected {
        chain: ChainKey,
    },
    /// A chain whose name cannot be written as `party/dossier`.
    ChainName {
        chain: ChainKey,
    },
    /// An event earlier than the one before it in its chain.
    TimeGoesBack {
        chain: ChainKey,
        last: Hlc,
        time: Hlc,
    },
    Journal(JournalError),
}

/// Why the journal was not verified.
#[derive(Debug)]
pub enum VerifyError {
    /// It does not hold: here is the first broken link.
    Broken(Broken),
    /// It could not be read.
    Journal(JournalError),
}

impl JournalError {
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}

impl From<JournalError> for AppendError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<JournalError> for VerifyError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<Broken> for VerifyError {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl std::error::Error for JournalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Database { source, .. } => Some(source.as_ref()),
            _ => None,
        }
    }
}

impl std::error::Error for AppendError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Journal(error) => Some(error),
            _ => None,
        }
    }
}

impl std::error::Error for VerifyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Journal(error) => Some(error),
            Self::Broken(_) => None,
        }
    }
}

impl std::error::Error for crate::head::NoHeadMark {}
