//! Copies a journal to a file that does not exist yet.
//!
//! A copy is written under a temporary name and renamed when it is complete. So a file with the final name is always
//! complete.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::engine::sqlite::connection::connect;
use crate::error::JournalError;
use crate::private::{private_file, sync_directory_of};

pub(crate) const COPYING: &str = "記録簿を写す";

/// Copies an open journal to a file that does not exist yet.
pub(crate) fn copy(source: &Connection, to: &Path) -> Result<(), JournalError> {
    refuse_existing(to)?;
    let partial = write_partial(source, to)?;
    put_in_place(&partial, to)
}

/// Copies all pages in one step, that is, in one read transaction: neither the copy nor a writer delays the other. If
/// it took several steps, each write between two steps would restart the copy.
pub(crate) fn write_partial(source: &Connection, target: &Path) -> Result<PathBuf, JournalError> {
    let partial = partial_of(target);
    remove(&partial)?;
    // The file is created here and not by SQLite, so that only its owner can read it and no symbolic link is followed.
    private_file(&partial, true).map_err(JournalError::io(COPYING, &partial))?;
    let mut copied = connect(&partial, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let written = write_pages(source, &mut copied).map_err(JournalError::database(COPYING));
    drop(copied);
    if written.is_err() {
        remove(&partial)?;
    }
    written.map(|()| partial)
}

/// Copies the pages, then switches the copy from WAL mode to a single file.
fn write_pages(source: &Connection, copied: &mut Connection) -> rusqlite::Result<()> {
    match Backup::new(source, copied)?.step(-1)? {
        StepResult::Done => {}
        _ => return Err(busy()),
    }
    copied.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
}

fn busy() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None)
}

fn partial_of(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    target.with_file_name(name)
}

pub(crate) fn refuse_existing(path: &Path) -> Result<(), JournalError> {
    if path.exists() { Err(JournalError::Exists { path: path.to_owned() }) } else { Ok(()) }
}

pub(crate) fn put_in_place(partial: &Path, target: &Path) -> Result<(), JournalError> {
    refuse_existing(target)?;
    File::open(partial)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(partial, target))
        .and_then(|()| sync_directory_of(target))
        .map_err(JournalError::io("写しに名前を付ける", target))
}

pub(crate) fn remove(path: &Path) -> Result<(), JournalError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(JournalError::io("途中の写しを消す", path)(error))
        }
        _ => Ok(()),
    }
}
