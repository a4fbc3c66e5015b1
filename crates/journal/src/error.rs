//! The errors of the journal, as data. `wording` holds their sentences.

use std::io;
use std::path::{Path, PathBuf};

use renkei_document::time::Hlc;

use crate::events::chain::ChainKey;
use crate::events::verify::Broken;

/// Why the journal could not be opened, read, copied or written.
#[derive(Debug)]
pub enum JournalError {
    /// Another process writes in this data directory.
    InUse { directory: PathBuf, process: Option<u32> },
    /// This data directory has no journal.
    Missing { path: PathBuf },
    /// The file is not a journal: another SQLite file, or any other file.
    NotAJournal { path: PathBuf },
    /// A newer release wrote the file.
    Newer { path: PathBuf, found: u32, known: u32 },
    /// An older release wrote the file, and it was opened only for reading.
    Older { path: PathBuf, found: u32, known: u32 },
    /// A backup or restore would overwrite this file.
    Exists { path: PathBuf },
    /// A file that is to be restored does not verify.
    BrokenCopy { path: PathBuf, broken: Broken },
    /// The node's key cannot be used.
    Key { path: PathBuf, fault: KeyFault },
    /// Others on this machine may read or change the path, and we may not restrict it. `command`, followed by the path,
    /// fixes it.
    Exposed { path: PathBuf, command: String },
    /// The directory also holds files of others.
    SharedPlace { path: PathBuf },
    /// A symbolic link replaces a file of the data directory.
    NotInPlace { path: PathBuf },
    /// The operating system gives no random numbers.
    NoRandomness,
    /// The event does not exist.
    NoSuchEvent { chain: ChainKey, number: u64 },
    /// A file could not be created, read or written. `action` says in Japanese what was being done.
    Io { action: &'static str, path: PathBuf, source: io::Error },
    /// The pages of the file are damaged.
    Damaged { action: &'static str },
    /// The database refused. `action` says in Japanese what was being done.
    Database { action: &'static str, source: Box<dyn std::error::Error + Send + Sync> },
}

/// The fault of the node's key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    Unreadable,
}

/// Why an append failed. No event was appended.
#[derive(Debug)]
pub enum AppendError {
    /// Another append came in between: read again and decide again.
    Conflict {
        chain: ChainKey,
        expected: u64,
        found: u64,
    },
    /// An event belongs to a chain for which no number is expected.
    NotExpected {
        chain: ChainKey,
    },
    /// The chain's name cannot be written as `party/dossier`.
    ChainName {
        chain: ChainKey,
    },
    /// The event is earlier than the one before it in its chain.
    TimeGoesBack {
        chain: ChainKey,
        last: Hlc,
        time: Hlc,
    },
    Journal(JournalError),
}

/// Why the verification failed.
#[derive(Debug)]
pub enum VerifyError {
    /// The journal does not verify; holds the first fault found.
    Broken(Broken),
    /// The journal could not be read.
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

impl std::error::Error for crate::events::head::NoHeadMark {}
