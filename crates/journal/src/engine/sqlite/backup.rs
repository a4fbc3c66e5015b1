//! Copies: one file to keep elsewhere, made while others write, and the way back.
//!
//! A copy holds everything but the node's secret key. It is written beside its name and renamed when it is whole, so a file
//! of that name is never half a copy.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::engine::sqlite::events::read::{Position, position};
use crate::engine::sqlite::events::verify::Verified;
use crate::engine::sqlite::schema::{MIGRATIONS, migrate, require_journal};
use crate::engine::sqlite::store::{DATABASE, Reader, connect, lock, sync_directory_of};
use crate::error::{JournalError, VerifyError};
use crate::private::{make_directory, private_file, tighten};

const COPYING: &str = "記録簿を写す";

/// Whoever was signed in or held a link when the copy was made is not and does not after it is restored: since then they
/// may have been logged out, and the link used.
const GONE_AFTER_RESTORE: &str = "DELETE FROM sessions; DELETE FROM links; DELETE FROM attempts;";

impl Reader {
    /// Copies the journal, as it is at this moment, to one file. Refuses to overwrite. Answers with the last event in it.
    pub fn backup(&self, to: &Path) -> Result<Position, JournalError> {
        copy(&self.another_connection()?, to)
    }
}

/// Makes the journal of a data directory from a backup, once it is verified. Refuses where there is a journal already.
/// The copy may be of an older release: it is brought to this one.
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

/// Copies an open journal to a file that is not there yet.
pub(crate) fn copy(source: &Connection, to: &Path) -> Result<Position, JournalError> {
    refuse_existing(to)?;
    let partial = write_partial(source, to)?;
    let copied = connect(&partial, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let position = position(&copied).map_err(JournalError::database(COPYING))?;
    drop(copied);
    put_in_place(&partial, to)?;
    Ok(position)
}

/// All pages in one step: that is one reading of the source, which no writer delays and which delays none. In several
/// steps, each write in between would make it start again.
fn write_partial(source: &Connection, target: &Path) -> Result<PathBuf, JournalError> {
    let partial = partial_of(target);
    remove(&partial)?;
    // It is made here and not by SQLite: for its owner alone, and nowhere that a link leads to.
    private_file(&partial, true).map_err(JournalError::io(COPYING, &partial))?;
    let mut copied = connect(&partial, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let written = write_pages(source, &mut copied).map_err(JournalError::database(COPYING));
    drop(copied);
    if written.is_err() {
        remove(&partial)?;
    }
    written.map(|()| partial)
}

/// The copy leaves WAL mode, so that it is one file.
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

/// The copy that migrating makes is of no use here: the backup itself is there.
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
