//! Verifies the ledger: its chain and its signature, every covered row against its last entry, and the order of the
//! events.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row};

use crate::engine::sqlite::events::rows::bytes;
use crate::engine::sqlite::fault::Reading;
use crate::engine::sqlite::ledger::tables::{Covered, covered};
use crate::engine::sqlite::ledger::write::head;
use crate::events::chain::{BEFORE_THE_FIRST, Hash};
use crate::events::event::Position;
use crate::events::head::HeadMark;
use crate::events::verify::{Broken, KeyOrigin, LedgerFault, RowFault};
use crate::ledger::entry::{EVENTS, LedgerDeed, LedgerFields, LedgerHead, received_digest};
use crate::ledger::noted::Fingerprint;

/// The last entry about a row.
pub(crate) struct LastEntry {
    pub number: u64,
    /// Whether the row exists according to this entry.
    pub exists: bool,
    pub salt: Vec<u8>,
    pub digest: Vec<u8>,
}

/// The last entry about each row, by table and item.
pub(crate) type LastEntries = BTreeMap<(String, Hash), LastEntry>;

/// Verifies the chain of the ledger and its signature, whose key must be one of those in `trusted`.
pub(crate) fn verify_chain(connection: &Connection, trusted: &BTreeSet<Fingerprint>) -> Reading<HeadMark> {
    let broken = |number, fault| Ok(Err(Broken::Ledger { number, fault }));
    let heads: u32 = connection.query_row("SELECT COUNT(*) FROM ledger_head", [], |row| row.get(0))?;
    let Some(head) = head(connection)?.filter(|_| heads == 1) else { return broken(0, LedgerFault::NoHead) };
    if let Err((number, fault)) = follow(connection, &head)? {
        return broken(number, fault);
    }
    if !head.signature_holds() {
        return broken(head.number, LedgerFault::Signature);
    }
    if !trusted.contains(&Fingerprint(head.public_key)) {
        return broken(head.number, LedgerFault::UnknownKey { key: Fingerprint(head.public_key) });
    }
    Ok(Ok(head.mark()))
}

/// Computes the hash of each entry again, and compares the last one with the head.
fn follow(connection: &Connection, head: &LedgerHead) -> rusqlite::Result<Result<(), (u64, LedgerFault)>> {
    let mut statement = connection.prepare(
        "SELECT l.number, l.deed, l.expected, l.subject, l.item, l.digest, l.hash, l.salt = x'',
                (l.subject = $1 OR l.deed = 'removed' OR EXISTS (SELECT 1 FROM ledger later
                    WHERE later.subject = l.subject AND later.item = l.item AND later.number > l.number))
         FROM ledger l ORDER BY l.number",
    )?;
    let mut rows = statement.query([EVENTS])?;
    let (mut number, mut last) = (0, BEFORE_THE_FIRST);
    while let Some(row) = rows.next()? {
        number += 1;
        match next(row, number, &last)? {
            Ok(hash) => last = hash,
            Err(fault) => return Ok(Err((number, fault))),
        }
    }
    let is_end = (number, last) == (head.number, head.hash);
    Ok(if is_end { Ok(()) } else { Err((number.min(head.number), LedgerFault::OtherThanHead)) })
}

fn next(row: &Row<'_>, number: u64, last: &Hash) -> rusqlite::Result<Result<Hash, LedgerFault>> {
    if row.get::<_, i64>(0)?.cast_unsigned() != number {
        return Ok(Err(LedgerFault::Gap));
    }
    let (deed, subject) = (row.get::<_, String>(1)?, row.get::<_, String>(3)?);
    let expected = row.get::<_, i64>(2)?;
    let fields = LedgerFields {
        number,
        deed: &deed,
        expected: expected == 1,
        subject: &subject,
        item: row.get_ref(4)?.as_blob()?,
        digest: row.get_ref(5)?.as_blob()?,
    };
    let hash = fields.hash(last);
    if row.get_ref(6)?.as_blob()? != hash || !(0..=1).contains(&expected) || LedgerDeed::of_key(&deed).is_none() {
        return Ok(Err(LedgerFault::Hash));
    }
    if expected != 1 {
        return Ok(Err(LedgerFault::Unexpected { table: subject }));
    }
    let (is_unsalted, must_be_unsalted) = (row.get::<_, bool>(7)?, row.get::<_, bool>(8)?);
    Ok(if is_unsalted == must_be_unsalted { Ok(hash) } else { Err(LedgerFault::Salt) })
}

/// Reads the last entry about each row.
pub(crate) fn last_entries(connection: &Connection) -> rusqlite::Result<LastEntries> {
    let mut statement = connection
        .prepare("SELECT number, subject, item, deed, salt, digest FROM ledger WHERE subject <> $1 ORDER BY number")?;
    let mut rows = statement.query([EVENTS])?;
    let mut last = LastEntries::new();
    while let Some(row) = rows.next()? {
        let entry = LastEntry {
            number: row.get::<_, i64>(0)?.cast_unsigned(),
            exists: row.get_ref(3)?.as_str()? != LedgerDeed::Removed.key(),
            salt: row.get(4)?,
            digest: row.get(5)?,
        };
        last.insert((row.get(1)?, row.get(2)?), entry);
    }
    Ok(last)
}

/// Compares each covered row with its last entry. Also finds rows that were removed by others.
pub(crate) fn verify_rows(connection: &Connection) -> Reading<()> {
    let mut last = last_entries(connection)?;
    for table in covered(connection)? {
        if let Err(broken) = verify_table(connection, &table, &mut last)? {
            return Ok(Err(broken));
        }
    }
    let gone = last.into_iter().find(|(_, last)| last.exists);
    Ok(gone.map_or(Ok(()), |((table, _), last)| {
        Err(Broken::Row { table, row: String::new(), fault: RowFault::Gone { entry: last.number } })
    }))
}

fn verify_table(connection: &Connection, table: &Covered, last: &mut LastEntries) -> Reading<()> {
    let mut statement = connection.prepare(&table.select())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let known = last.remove(&(table.table.clone(), table.item(row)?)).filter(|last| last.exists);
        let fault = match known {
            None => RowFault::Unexplained,
            Some(last) if table.digest(row, &last.salt)?[..] != last.digest => RowFault::Changed { entry: last.number },
            Some(_) => continue,
        };
        return Ok(Err(Broken::Row { table: table.table.clone(), row: table.name(row)?, fault }));
    }
    Ok(Ok(()))
}

/// Compares the order of the events with the entries about their receipt.
pub(crate) fn verify_received(connection: &Connection) -> Reading<()> {
    let mut entries = connection.prepare("SELECT item, digest FROM ledger WHERE subject = $1 ORDER BY number")?;
    let mut entries = entries.query([EVENTS])?;
    let mut events = connection.prepare("SELECT heard, hash FROM events ORDER BY heard")?;
    let mut events = events.query([])?;
    let (mut heard, mut digest) = (0, Vec::new());
    while let Some(entry) = entries.next()? {
        let until = entry.get_ref(0)?.as_blob()?.try_into().map_or(0, u64::from_be_bytes);
        let after = Position(heard);
        while heard < until {
            let Some(event) = events.next()? else { break };
            heard = event.get::<_, i64>(0)?.cast_unsigned();
            digest = received_digest(&digest, heard, event.get_ref(1)?.as_blob()?).to_vec();
        }
        if heard != until || entry.get_ref(1)?.as_blob()? != digest {
            return Ok(Err(Broken::Received { after, until: Position(until) }));
        }
    }
    let further = events.next()?.map(|event| event.get::<_, i64>(0)).transpose()?;
    let until = |heard: i64| Broken::Received {
        after: Position(heard.cast_unsigned() - 1),
        until: Position(heard.cast_unsigned()),
    };
    Ok(further.map_or(Ok(()), |heard| Err(until(heard))))
}

/// Reads the keys that persons acknowledged, or that a migration adopted.
pub(crate) fn acknowledged(connection: &Connection) -> rusqlite::Result<BTreeMap<Fingerprint, KeyOrigin>> {
    let mut statement = connection.prepare("SELECT public_key, known_by, known_at FROM known_keys")?;
    let rows = statement.query_map([], |row| {
        let by: String = row.get(1)?;
        let at = row.get::<_, i64>(2)?.cast_unsigned();
        let origin = if by.is_empty() { KeyOrigin::Adopted } else { KeyOrigin::Acknowledged { by, at } };
        Ok((Fingerprint(bytes(row, 0)?), origin))
    })?;
    rows.collect()
}

/// Returns the fault of the ledger if it does not contain a head that was noted earlier.
pub(crate) fn noted_fault(connection: &Connection, mark: &HeadMark) -> rusqlite::Result<Option<LedgerFault>> {
    let found: Option<Vec<u8>> = connection
        .query_row("SELECT hash FROM ledger WHERE number = $1", [mark.number.cast_signed()], |row| row.get(0))
        .optional()?;
    let ends_at: i64 = connection.query_row("SELECT COALESCE(MAX(number), 0) FROM ledger", [], |row| row.get(0))?;
    Ok(match found {
        // Every ledger contains the state before its first entry.
        None if mark.number == 0 => None,
        Some(hash) if hash == mark.hash => None,
        None if ends_at.cast_unsigned() < mark.number => {
            Some(LedgerFault::Shorter { ends_at: ends_at.cast_unsigned() })
        }
        _ => Some(LedgerFault::OtherThanNoted),
    })
}
