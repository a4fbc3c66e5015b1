//! Notes the head of the ledger in a file of the data directory, beside the database. So a verification finds out if
//! somebody has put an earlier state of the database in its place, or has made it begin a new ledger.

use std::fs;
use std::io::Write;
use std::path::Path;

use rusqlite::Connection;

use crate::engine::sqlite::ledger::check::noted_fault;
use crate::engine::sqlite::ledger::write::head;
use crate::error::JournalError;
use crate::events::head::HeadMark;
use crate::private::private_file;

/// Name of the file with the last noted head.
const NOTED_HEAD: &str = "renkei.head";

const NOTING: &str = "台帳の先頭を控える";

/// Returns the head that was noted in a data directory; `None` if there is none.
pub(crate) fn noted_head(directory: &Path) -> Result<Option<HeadMark>, JournalError> {
    let path = directory.join(NOTED_HEAD);
    match fs::read_to_string(&path) {
        // A text that is not a head was not written by this program; it is kept, and nothing follows from it.
        Ok(text) => Ok(text.parse().ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(JournalError::io(NOTING, &path)(error)),
    }
}

/// Notes the head of the ledger, unless the ledger no longer contains the head that was noted before.
pub(crate) fn note_head(directory: &Path, connection: &Connection) -> Result<(), JournalError> {
    let reading = JournalError::database(NOTING);
    if let Some(noted) = noted_head(directory)?
        && noted_fault(connection, &noted).map_err(reading)?.is_some()
    {
        return Ok(());
    }
    let Some(head) = head(connection).map_err(reading)? else { return Ok(()) };
    let path = directory.join(NOTED_HEAD);
    write(&path, &head.mark()).map_err(JournalError::io(NOTING, &path))
}

fn write(path: &Path, mark: &HeadMark) -> std::io::Result<()> {
    let partial = path.with_extension("head.partial");
    let mut file = private_file(&partial, false)?;
    file.set_len(0)?;
    writeln!(file, "{mark}")?;
    fs::rename(&partial, path)
}
