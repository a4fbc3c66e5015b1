//! Opens an SQLite file, either for writing, with the pragmas that make acknowledged writes durable, or for reading
//! only.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::JournalError;

pub(crate) const OPENING: &str = "記録簿を開く";

/// How long a statement waits for a lock of another process (such as a backup or a checkpoint) before it fails.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, JournalError> {
    let opening = JournalError::database(OPENING);
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::CannotOpen) => JournalError::io(OPENING, path)(std::io::Error::other(error)),
            _ => opening(error),
        }
    })?;
    connection.busy_timeout(PATIENCE).map_err(opening)?;
    Ok(connection)
}

/// Opens a file for reading. The connection itself has write access, because after a crash the first connection must
/// recover the WAL. `query_only` prevents all other changes.
pub(crate) fn connect_to_read(path: &Path) -> Result<Connection, JournalError> {
    if !path.exists() {
        return Err(JournalError::Missing { path: path.to_owned() });
    }
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "query_only", true).map_err(|error| not_a_journal(error, path))?;
    Ok(connection)
}

/// Sets the pragmas: an acknowledged write is on the disk (`FULL`), readers do not wait for the writer (`WAL`), and
/// deleted data is overwritten.
pub(crate) fn make_safe(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)
}

pub(crate) fn not_a_journal(error: rusqlite::Error, path: &Path) -> JournalError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => JournalError::NotAJournal { path: path.to_owned() },
        _ => JournalError::database(OPENING)(error),
    }
}
