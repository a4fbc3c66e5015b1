//! Snapshots: the state of a dossier at a position, so that only later events must be applied when the dossier is
//! loaded.

use rusqlite::OptionalExtension;

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::events::chain::Hash;
use crate::events::event::Position;
use crate::events::snapshot::Snapshot;

impl Journal {
    /// Stores a snapshot of a dossier in place of the earlier one, with the hash of the code that computed it.
    pub fn put_snapshot(&self, dossier: &str, apply_code: &Hash, snapshot: &Snapshot) -> Result<(), JournalError> {
        self.writer()
            .execute(
                "INSERT INTO snapshots (dossier, position, apply_code, bytes) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (dossier) DO UPDATE SET position = excluded.position,
                    apply_code = excluded.apply_code, bytes = excluded.bytes",
                (dossier, snapshot.position.0.cast_signed(), apply_code, &snapshot.bytes),
            )
            .map_err(JournalError::database("写しを保存する"))?;
        Ok(())
    }
}

impl Reader {
    /// Returns the snapshot of a dossier; `None` if code with another hash computed it.
    pub fn get_snapshot(&self, dossier: &str, apply_code: &Hash) -> Result<Option<Snapshot>, JournalError> {
        self.connection()
            .prepare_cached("SELECT position, bytes FROM snapshots WHERE dossier = $1 AND apply_code = $2")
            .and_then(|mut statement| {
                statement
                    .query_row((dossier, apply_code), |row| {
                        Ok(Snapshot { position: Position(row.get::<_, i64>(0)?.cast_unsigned()), bytes: row.get(1)? })
                    })
                    .optional()
            })
            .map_err(JournalError::database("写しを読む"))
    }
}
