//! Backups: copies the journal to one file while other connections write, and restores a journal from such a file.
//!
//! A copy contains everything except the node's secret key.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::engine::sqlite::connection::connect;
use crate::engine::sqlite::copy::{COPYING, put_in_place, refuse_existing, remove, write_partial};
use crate::engine::sqlite::events::read::position;
use crate::engine::sqlite::schema::{MIGRATIONS, migrate, require_journal};
use crate::engine::sqlite::store::Reader;
use crate::error::{JournalError, VerifyError};
use crate::events::event::Position;
use crate::events::verify::Verified;
use crate::lock::lock;
use crate::private::{DATABASE, make_directory, tighten};

/// Deletes the sessions, links and failed attempts after a restore, because sessions may have ended and links may have
/// been used since the copy was made.
const GONE_AFTER_RESTORE: &str = "DELETE FROM sessions; DELETE FROM links; DELETE FROM attempts;";

impl Reader {
    /// Copies the journal to one file. Returns the position of the last event in the copy. Refuses to overwrite a file.
    pub fn backup(&self, to: &Path) -> Result<Position, JournalError> {
        refuse_existing(to)?;
        let partial = write_partial(&self.another_connection()?, to)?;
        let copied = connect(&partial, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let position = position(&copied).map_err(JournalError::database(COPYING))?;
        drop(copied);
        put_in_place(&partial, to)?;
        Ok(position)
    }
}

/// Verifies a backup, then makes the journal of a data directory from it. Refuses a directory that already has a
/// journal. Migrates a backup of an older release to this release.
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

/// Migrates the copy, then deletes the safety copy that the migration makes: it is not needed, because the backup still
/// exists.
fn migrate_copy(connection: &mut Connection, partial: &Path) -> Result<(), JournalError> {
    let copied = migrate(connection, partial, MIGRATIONS)?;
    copied.map_or(Ok(()), |copied| remove(&copied))
}
