//! Backups: one file to keep elsewhere, made while other connections write, and the restore from it.
//!
//! A copy holds everything but the node's secret key. It is written under a temporary name and renamed when it is
//! complete, so a file with the final name is never half a copy.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::engine::sqlite::events::read::position;
use crate::engine::sqlite::schema::{MIGRATIONS, migrate, require_journal};
use crate::engine::sqlite::store::{DATABASE, Reader, connect, lock, sync_directory_of};
use crate::error::{JournalError, VerifyError};
use crate::events::event::Position;
use crate::events::verify::Verified;
use crate::private::{make_directory, private_file, tighten};

const COPYING: &str = "記録簿を写す";

/// Removes the sessions, links and failed attempts after a restore. Since the copy was made, a session may have been
/// ended and a link may have been used.
const GONE_AFTER_RESTORE: &str = "DELETE FROM sessions; DELETE FROM links; DELETE FROM attempts;";

impl Reader {
    /// Copies the journal, as it is at this moment, to one file, and returns the position of its last event. Refuses to
    /// overwrite a file.
    pub fn backup(&self, to: &Path) -> Result<Position, JournalError> {
        copy(&self.another_connection()?, to)
    }
}

/// Verifies a backup, then makes the journal of a data directory from it. Refuses if the directory already has a
/// journal. A copy of an older release is migrated to this release.
pub fn restore(from: &Path, directory: &Path) -> Result<Verified, JournalError> {
    let target = directory.join(DATABASE);
    refuse_existing(&target)?;
    if !from.exists() {
        return Err(JournalError::Missing { path: from.to_owned() });
    }
    make_directory(directory)?;
    tighten(directory)?;
    let _lock = lock(directory)?;
    let source = connect(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    require_journal(&source, from)?;
    let partial = write_partial(&source, &target)?;
    let verified = bring_up_and_verify(&partial, from);
    if verified.is_err() {
        remove(&partial)?;
        return verified;
    }
    put_in_place(&partial, &target)?;
    verified
}

/// Copies an open journal to a file that does not exist yet.
pub(crate) fn copy(source: &Connection, to: &Path) -> Result<Position, JournalError> {
    refuse_existing(to)?;
    let partial = write_partial(source, to)?;
    let copied = connect(&partial, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let position = position(&copied).map_err(JournalError::database(COPYING))?;
    drop(copied);
    put_in_place(&partial, to)?;
    Ok(position)
}

/// Copies all pages in one step, which is one read of the source: no writer delays it, and it delays no writer. In
/// several steps, each write in between would restart the copy.
fn write_partial(source: &Connection, target: &Path) -> Result<PathBuf, JournalError> {
    let partial = partial_of(target);
    remove(&partial)?;
    // We make the file ourselves, not SQLite: only its owner may read it, and no symbolic link is followed.
    private_file(&partial, true).map_err(JournalError::io(COPYING, &partial))?;
    let mut copied = connect(&partial, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let written = write_pages(source, &mut copied).map_err(JournalError::database(COPYING));
    drop(copied);
    if written.is_err() {
        remove(&partial)?;
    }
    written.map(|()| partial)
}

/// Copies the pages and takes the copy out of WAL mode, so that it is one file.
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

fn bring_up_and_verify(partial: &Path, from: &Path) -> Result<Verified, JournalError> {
    let mut connection = connect(partial, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    migrate_copy(&mut connection, partial)?;
    connection
        .execute_batch(GONE_AFTER_RESTORE)
        .map_err(JournalError::database("復元した写しのサインインを無効にする"))?;
    drop(connection);
    Reader::open_file(partial)?.verify().map_err(|error| match error {
        VerifyError::Broken(broken) => JournalError::BrokenCopy { path: from.to_owned(), broken },
        VerifyError::Journal(error) => error,
    })
}

/// Migrates the copy, and deletes the safety copy that the migration makes: the backup itself still exists.
fn migrate_copy(connection: &mut Connection, partial: &Path) -> Result<(), JournalError> {
    let copied = migrate(connection, partial, MIGRATIONS)?;
    copied.map_or(Ok(()), |copied| remove(&copied))
}

fn partial_of(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    target.with_file_name(name)
}

fn refuse_existing(path: &Path) -> Result<(), JournalError> {
    if path.exists() { Err(JournalError::Exists { path: path.to_owned() }) } else { Ok(()) }
}

fn put_in_place(partial: &Path, target: &Path) -> Result<(), JournalError> {
    refuse_existing(target)?;
    File::open(partial)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(partial, target))
        .and_then(|()| sync_directory_of(target))
        .map_err(JournalError::io("写しに名前を付ける", target))
}

fn remove(path: &Path) -> Result<(), JournalError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(JournalError::io("途中の写しを消す", path)(error))
        }
        _ => Ok(()),
    }
}
