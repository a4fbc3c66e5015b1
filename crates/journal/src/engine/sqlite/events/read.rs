//! Reads the events in the order in which this node received them.

use renkei_document::time::Hlc;
use rusqlite::{Connection, Params, Row};

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

pub(crate) fn position(connection: &Connection) -> rusqlite::Result<Position> {
    let last: i64 =
        connection.prepare_cached("SELECT COALESCE(MAX(heard), 0) FROM events")?.query_row([], |row| row.get(0))?;
    Ok(Position(last.cast_unsigned()))
}

/// Reads the heads. If a hash, signature or key has a wrong length, somebody has changed it. It is read as zeros, which
/// never verify.
pub(crate) fn heads(connection: &Connection) -> rusqlite::Result<Vec<Head>> {
    let mut statement = connection.prepare_cached(
        "SELECT party, dossier, number, hash, time_millis, time_counter, signature, public_key
         FROM chains ORDER BY party, dossier",
    )?;
    let heads = statement.query_map([], |row| {
        Ok(Head {
            party: row.get(0)?,
            dossier: row.get(1)?,
            number: row.get::<_, i64>(2)?.cast_unsigned(),
            hash: bytes(row, 3)?,
            time: time(row, 4)?,
            signature: bytes(row, 6)?,
            public_key: bytes(row, 7)?,
        })
    })?;
    heads.collect()
}

fn bytes<const LENGTH: usize>(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; LENGTH]> {
    Ok(row.get_ref(column)?.as_blob()?.try_into().unwrap_or([0; LENGTH]))
}

/// Reads a time from two columns, the first of which is `column`.
fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Hlc> {
    Ok(Hlc { millis: row.get::<_, i64>(column)?.cast_unsigned(), counter: row.get(column + 1)? })
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
