//! Reads the signed heads and the last position from a connection.

use renkei_document::time::Hlc;
use rusqlite::{Connection, Row};

use crate::events::event::Position;
use crate::events::head::Head;

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
    statement.query_map([], read_head)?.collect()
}

pub(crate) fn read_head(row: &Row<'_>) -> rusqlite::Result<Head> {
    Ok(Head {
        party: row.get(0)?,
        dossier: row.get(1)?,
        number: row.get::<_, i64>(2)?.cast_unsigned(),
        hash: bytes(row, 3)?,
        time: time(row, 4)?,
        signature: bytes(row, 6)?,
        public_key: bytes(row, 7)?,
    })
}

pub(crate) fn bytes<const LENGTH: usize>(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; LENGTH]> {
    Ok(row.get_ref(column)?.as_blob()?.try_into().unwrap_or([0; LENGTH]))
}

/// Reads a time from two columns, the first of which is `column`.
pub(crate) fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Hlc> {
    Ok(Hlc { millis: row.get::<_, i64>(column)?.cast_unsigned(), counter: row.get(column + 1)? })
}
