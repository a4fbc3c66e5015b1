//! Reads the events in the order in which this node received them.

use rusqlite::{Params, Row};

use crate::engine::sqlite::events::rows::{heads, position, time};
use crate::engine::sqlite::store::Reader;
use crate::error::JournalError;
use crate::events::event::{Position, StoredEvent};
use crate::events::head::Head;

impl Reader {
    /// Returns all events after the position `since`.
    pub fn read_all(&self, since: Position) -> Result<Vec<StoredEvent>, JournalError> {
        self.read(
            "SELECT e.heard, c.party, c.dossier, e.number, e.kind, e.version, e.time_millis, e.time_counter, b.body
             FROM events e JOIN chains c ON c.chain = e.chain LEFT JOIN bodies b ON b.heard = e.heard
             WHERE e.heard > $1 ORDER BY e.heard",
            [since.0.cast_signed()],
        )
    }

    /// Returns the events of all parties in one dossier after the position `since`.
    pub fn read_dossier(&self, dossier: &str, since: Position) -> Result<Vec<StoredEvent>, JournalError> {
        self.read(
            "SELECT e.heard, c.party, c.dossier, e.number, e.kind, e.version, e.time_millis, e.time_counter, b.body
             FROM events e JOIN chains c ON c.chain = e.chain LEFT JOIN bodies b ON b.heard = e.heard
             WHERE c.dossier = $1 AND e.heard > $2 ORDER BY e.heard",
            (dossier, since.0.cast_signed()),
        )
    }

    /// Returns the position of the last event.
    pub fn position(&self) -> Result<Position, JournalError> {
        position(&self.connection()).map_err(JournalError::database("記録簿の位置を読む"))
    }

    /// Returns the signed heads of all chains, sorted by party and dossier.
    pub fn heads(&self) -> Result<Vec<Head>, JournalError> {
        heads(&self.connection()).map_err(JournalError::database("連鎖の先頭を読む"))
    }

    fn read(&self, sql: &str, parameters: impl Params) -> Result<Vec<StoredEvent>, JournalError> {
        let connection = self.connection();
        let read = || {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query(parameters)?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(stored_event(row)?);
            }
            Ok(events)
        };
        read().map_err(JournalError::database("記録簿を読む"))
    }
}

fn stored_event(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        heard: Position(row.get::<_, i64>(0)?.cast_unsigned()),
        party: row.get(1)?,
        dossier: row.get(2)?,
        number: row.get::<_, i64>(3)?.cast_unsigned(),
        kind: row.get(4)?,
        version: row.get(5)?,
        time: time(row, 6)?,
        body: row.get(8)?,
    })
}
