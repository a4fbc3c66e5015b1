//! Copies of the database that migrations made (`renkei.before-N.sqlite3`). They contain what was blacked out later and
//! secrets that are encrypted now, so they are deleted after a while, and as soon as a body is deleted.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::engine::sqlite::copy::remove;
use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::ledger::old_copy::OldCopy;
use crate::private::DATABASE;

const READING: &str = "移行の前の控えを調べる";

impl Reader {
    /// Lists the copies that migrations made in a data directory, sorted by name.
    pub fn old_copies(directory: &Path) -> Result<Vec<OldCopy>, JournalError> {
        let mut paths: Vec<PathBuf> = fs::read_dir(directory)
            .and_then(|all| all.map(|one| Ok(one?.path())).collect::<Result<_, _>>())
            .map_err(JournalError::io(READING, directory))?;
        paths.retain(|path| is_old_copy(path));
        paths.sort();
        paths.into_iter().map(old_copy).collect()
    }
}

impl Journal {
    /// Deletes the copies that migrations made before a time, in milliseconds since 1970. Returns how many there were.
    pub fn drop_old_copies(&self, before: u64) -> Result<usize, JournalError> {
        let mut old = Reader::old_copies(self.directory())?;
        old.retain(|copy| copy.made_at < before);
        old.iter().try_for_each(|copy| remove(&copy.path))?;
        Ok(old.len())
    }
}

fn is_old_copy(path: &Path) -> bool {
    let prefix = DATABASE.replace("sqlite3", "before");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(&prefix) && name.ends_with(".sqlite3")
}

fn old_copy(path: PathBuf) -> Result<OldCopy, JournalError> {
    let made = fs::metadata(&path).and_then(|known| known.modified()).map_err(JournalError::io(READING, &path))?;
    let made_at = made.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64);
    Ok(OldCopy { path, made_at })
}
