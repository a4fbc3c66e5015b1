//! The connections to the database: [`Journal`] for the one process that writes, [`Reader`] for all other processes.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags};

use crate::engine::sqlite::connection::{OPENING, connect, connect_to_read, make_safe, not_a_journal};
use crate::engine::sqlite::ledger::cover::cover;
use crate::engine::sqlite::noted_heads::note_head;
use crate::engine::sqlite::schema::{MIGRATIONS, has_ledger, migrate, require_current};
use crate::error::JournalError;
use crate::lock::{WriteLock, lock};
use crate::node_key::NodeKey;
use crate::private::{DATABASE, make_directory, private_file, tighten};

/// A read-only connection to a journal. It can be used while another process writes.
pub struct Reader {
    path: PathBuf,
    connection: Mutex<Connection>,
    /// The key of the data directory; `None` if a single file was opened, or if the key is missing.
    key: Option<NodeKey>,
}

/// The writing connection to a journal. It can also read, as a [`Reader`] does. A data directory has at most one at a
/// time.
pub struct Journal {
    reader: Reader,
    writer: Mutex<Connection>,
    key: NodeKey,
    directory: PathBuf,
    /// The last field, so that the lock is released after the connections are closed.
    _lock: WriteLock,
}

impl Journal {
    /// Opens the journal of a data directory. Creates the directory and the journal if they do not exist. Migrates an
    /// older journal to this release, after copying it to `renkei.before-N.sqlite3`.
    pub fn open(directory: &Path) -> Result<Self, JournalError> {
        make_directory(directory)?;
        tighten(directory)?;
        let lock = lock(directory)?;
        let path = directory.join(DATABASE);
        private_file(&path, false).map_err(JournalError::io(OPENING, &path))?;
        let mut writer = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        make_safe(&writer).map_err(|error| not_a_journal(error, &path))?;
        let key = key_of(directory, &writer, &path)?;
        migrate(&mut writer, &path, MIGRATIONS, &key)?;
        cover(&writer, &key).map_err(JournalError::database(OPENING))?;
        note_head(directory, &writer)?;
        let (reader, directory) = (Reader::open(directory)?, directory.to_owned());
        Ok(Self { reader, writer: Mutex::new(writer), key, directory, _lock: lock })
    }

    /// Returns the public key that belongs to the signatures of this node.
    pub fn public_key(&self) -> [u8; 32] {
        self.key.public()
    }

    pub(crate) fn key(&self) -> &NodeKey {
        &self.key
    }

    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        held(&self.writer)
    }
}

/// Notes the head of the ledger once more. If this fails, the head that was noted at opening stays.
impl Drop for Journal {
    fn drop(&mut self) {
        let _ = note_head(&self.directory, &held(&self.writer));
    }
}

/// Returns the key of a data directory. Makes one only if no ledger exists that another key has signed.
fn key_of(directory: &Path, connection: &Connection, path: &Path) -> Result<NodeKey, JournalError> {
    match NodeKey::existing(directory)? {
        None if has_ledger(connection, path)? => Err(JournalError::KeyMissing { path: path.to_owned() }),
        None => NodeKey::of(directory),
        Some(key) => Ok(key),
    }
}

/// A writing connection can be used wherever a reader is required.
impl Deref for Journal {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Reader {
    /// Opens the journal of a data directory for reading, also while another process writes.
    pub fn open(directory: &Path) -> Result<Self, JournalError> {
        tighten(directory)?;
        Ok(Self { key: NodeKey::existing(directory)?, ..Self::open_file(&directory.join(DATABASE))? })
    }

    /// Opens one file for reading, such as a backup.
    pub fn open_file(path: &Path) -> Result<Self, JournalError> {
        let connection = connect_to_read(path)?;
        require_current(&connection, path)?;
        Ok(Self { path: path.to_owned(), connection: Mutex::new(connection), key: None })
    }

    pub(crate) fn with_key(self, key: NodeKey) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Returns the key of the data directory.
    pub(crate) fn key(&self) -> Option<&NodeKey> {
        self.key.as_ref()
    }

    pub(crate) fn connection(&self) -> MutexGuard<'_, Connection> {
        held(&self.connection)
    }

    /// Opens another connection, for long reads.
    pub(crate) fn another_connection(&self) -> Result<Connection, JournalError> {
        connect_to_read(&self.path)
    }
}

/// Locks the connection, even if a thread panicked while it had the lock. That thread's transaction was rolled back.
fn held(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_writing_connection_loses_nothing_that_it_acknowledged() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let writer = journal.writer();
        let pragma = |name: &str| writer.pragma_query_value(None, name, |row| row.get::<_, String>(0));
        let number = |name: &str| writer.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
        assert_eq!(pragma("journal_mode").unwrap(), "wal");
        assert_eq!(number("synchronous").unwrap(), 2);
        assert_eq!(number("foreign_keys").unwrap(), 1);
        assert_eq!(number("secure_delete").unwrap(), 1);
        assert_eq!(number("busy_timeout").unwrap(), 10_000);
    }

    #[test]
    fn the_reading_connection_cannot_write() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        assert!(journal.connection().execute("INSERT INTO blobs VALUES (x'00', x'00')", []).is_err());
    }

    #[test]
    fn reading_a_missing_journal_creates_nothing() {
        let directory = tempfile::tempdir().unwrap();
        assert!(matches!(Reader::open(directory.path()), Err(JournalError::Missing { .. })));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_is_not_a_journal_is_left_unchanged() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(DATABASE);
        fs::write(&path, "記録簿ではない。".repeat(100)).unwrap();
        assert!(matches!(Journal::open(directory.path()), Err(JournalError::NotAJournal { .. })));
        assert!(matches!(Reader::open(directory.path()), Err(JournalError::NotAJournal { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "記録簿ではない。".repeat(100));
    }
}
