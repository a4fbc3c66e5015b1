//! Snapshots: the state of a dossier at a position, so that only later events must be applied when the dossier is
//! loaded.

use rusqlite::OptionalExtension;

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::events::chain::{Fields, Hash};
use crate::events::event::Position;
use crate::events::snapshot::Snapshot;
use crate::node_key::NodeKey;

impl Journal {
    /// Stores a snapshot of a dossier in place of the earlier one, with the hash of the code that computed it.
    pub fn put_snapshot(&self, dossier: &str, apply_code: &Hash, snapshot: &Snapshot) -> Result<(), JournalError> {
        let code = code(self.key(), dossier, apply_code, snapshot);
        self.writer()
            .execute(
                "INSERT INTO snapshots (dossier, position, apply_code, bytes, code) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (dossier) DO UPDATE SET position = excluded.position,
                    apply_code = excluded.apply_code, bytes = excluded.bytes, code = excluded.code",
                (dossier, snapshot.position.0.cast_signed(), apply_code, &snapshot.bytes, code),
            )
            .map_err(JournalError::database("写しを保存する"))?;
        Ok(())
    }
}

impl Reader {
    /// Returns the snapshot of a dossier; `None` if code with another hash computed it, or if this node did not store it
    /// in this form. So a snapshot that somebody else changed is not used.
    pub fn get_snapshot(&self, dossier: &str, apply_code: &Hash) -> Result<Option<Snapshot>, JournalError> {
        let Some(key) = self.key() else { return Ok(None) };
        let found = self
            .connection()
            .prepare_cached("SELECT position, bytes, code FROM snapshots WHERE dossier = $1 AND apply_code = $2")
            .and_then(|mut statement| {
                statement
                    .query_row((dossier, apply_code), |row| {
                        let position = Position(row.get::<_, i64>(0)?.cast_unsigned());
                        Ok((Snapshot { position, bytes: row.get(1)? }, row.get::<_, Vec<u8>>(2)?))
                    })
                    .optional()
            })
            .map_err(JournalError::database("写しを読む"))?;
        let is_ours = |(snapshot, stored): &(Snapshot, Vec<u8>)| *stored == code(key, dossier, apply_code, snapshot);
        Ok(found.filter(is_ours).map(|(snapshot, _)| snapshot))
    }
}

/// Returns the authentication code of a snapshot: nobody without the node's key can compute it.
fn code(key: &NodeKey, dossier: &str, apply_code: &Hash, snapshot: &Snapshot) -> Hash {
    let mut fields = Fields::of("renkei-snapshot/1");
    fields.bytes(&key.derived("snapshots"));
    fields.text(dossier);
    fields.bytes(apply_code);
    fields.number(snapshot.position.0);
    fields.bytes(&snapshot.bytes);
    fields.finish()
}
