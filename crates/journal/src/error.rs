//! The errors of the journal, as data. The module `wording` contains their sentences.

use std::io;
use std::path::{Path, PathBuf};

use renkei_document::time::Hlc;

use crate::events::chain::ChainKey;
use crate::events::verify::Broken;

/// Why the journal could not be opened, read, copied or written.
#[derive(Debug)]
pub enum JournalError {
    /// Another process is writing in this data directory.
    InUse { directory: PathBuf, process: Option<u32> },
    /// This data directory has no journal.
    Missing { path: PathBuf },
    /// The file is not a journal: another SQLite file, or any other file.
    NotAJournal { path: PathBuf },
    /// A newer release has written the file.
    Newer { path: PathBuf, found: u32, known: u32 },
    /// An older release has written the file, and it was opened for reading only.
    Older { path: PathBuf, found: u32, known: u32 },
    /// A backup or restore would overwrite this file.
    Exists { path: PathBuf },
    /// The file that should be restored does not verify.
    BrokenCopy { path: PathBuf, broken: Broken },
    /// The node's key cannot be used.
    Key { path: PathBuf, fault: KeyFault },
    /// The journal has a ledger, but the key that signed it is missing from the data directory.
    KeyMissing { path: PathBuf },
    /// The head of this chain is not signed by this node, so nothing is appended to it.
    NotOurs { chain: ChainKey },
    /// Other users of this machine can read or change the path, and this process may not restrict it. The text
    /// `command`, followed by the path, is the command that does.
    Exposed { path: PathBuf, command: String },
    /// The data directory also contains files of others.
    SharedPlace { path: PathBuf },
    /// A file of the data directory was replaced by a symbolic link.
    NotInPlace { path: PathBuf },
    /// The operating system supplies no random numbers.
    NoRandomness,
    /// The event does not exist.
    NoSuchEvent { chain: ChainKey, number: u64 },
    /// A file could not be created, read or written. `action` is the attempted action, in Japanese.
    Io { action: &'static str, path: PathBuf, source: io::Error },
    /// The pages of the file are damaged.
    Damaged { action: &'static str },
    /// The database returned an error. `action` is the attempted action, in Japanese.
    Database { action: &'static str, source: Box<dyn std::error::Error + Send + Sync> },
}

/// The error in the node's key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    Unreadable,
    /// The file is not an encrypted copy of a key.
    NoCopy,
    /// The passphrase does not open the copy.
    Passphrase,
}

/// Why an append failed. No event was appended.
#[derive(Debug)]
pub enum AppendError {
    /// Another process or thread has appended to the chain meanwhile. The caller must read again and decide again.
    Conflict {
        chain: ChainKey,
        expected: u64,
        found: u64,
    },
    /// An event belongs to a chain whose number is missing from `expected`.
    NotExpected {
        chain: ChainKey,
    },
    /// The name of the chain cannot be written as `party/dossier`.
    ChainName {
        chain: ChainKey,
    },
    /// The event is earlier than the previous event in its chain.
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
    /// The journal does not verify; this is the first fault.
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
