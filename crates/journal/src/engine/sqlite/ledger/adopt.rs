//! Begins the ledger of a file from before there were ledgers, and settles it after a migration that rewrote rows.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::engine::sqlite::events::rows::heads;
use crate::engine::sqlite::ledger::check::{LastEntry, last_entries};
use crate::engine::sqlite::ledger::tables::{Covered, covered};
use crate::engine::sqlite::ledger::write::{LedgerPen, NewEntry};
use crate::events::chain::Hash;
use crate::ledger::entry::{EVENTS, LedgerDeed, received_digest};
use crate::node_key::NodeKey;

/// Begins the ledger. Adopts the rows, the order of the events, and the keys that signed heads.
pub(crate) fn begin(connection: &Connection, key: &NodeKey) -> rusqlite::Result<()> {
    for head in heads(connection)?.into_iter().filter(|head| head.public_key != key.public()) {
        let sql = "INSERT INTO known_keys (public_key, known_by, known_at) VALUES ($1, '', 0) ON CONFLICT DO NOTHING";
        connection.execute(sql, [head.public_key])?;
    }
    seal_secrets(connection, key)?;
    let mut pen = LedgerPen::at_the_beginning(connection, key);
    for table in covered(connection)? {
        each_row(connection, &table, |item, digest| adopt(&mut pen, &table, item, true, digest))?;
    }
    adopt_events(connection, &mut pen)?;
    pen.sign()
}

/// Encrypts the secrets of one-time codes, which earlier releases stored as they are.
fn seal_secrets(connection: &Connection, key: &NodeKey) -> rusqlite::Result<()> {
    let sql = "SELECT id, one_time_secret FROM accounts WHERE one_time_secret IS NOT NULL";
    let mut statement = connection.prepare(sql)?;
    let plain = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    for (id, secret) in plain.collect::<Result<Vec<_>, _>>()? {
        let sealed = key.seal_one_time(&id, &secret);
        let sealed = sealed.map_err(|error| rusqlite::Error::UserFunctionError(Box::new(error)))?;
        connection.execute("UPDATE accounts SET one_time_secret = $1 WHERE id = $2", (sealed, id))?;
    }
    Ok(())
}

fn adopt_events(connection: &Connection, pen: &mut LedgerPen<'_>) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT heard, hash FROM events ORDER BY heard")?;
    let mut rows = statement.query([])?;
    let (mut last, mut digest) = (0, Vec::new());
    while let Some(row) = rows.next()? {
        last = row.get::<_, i64>(0)?.cast_unsigned();
        digest = received_digest(&digest, last, row.get_ref(1)?.as_blob()?).to_vec();
    }
    if last == 0 {
        return Ok(());
    }
    let deed = LedgerDeed::Received;
    let item = last.to_be_bytes();
    pen.add(&NewEntry { deed, expected: true, subject: EVENTS, item: &item, salt: b"", digest: &digest })
}

/// Returns the rows that are not as the ledger knows them.
pub(crate) fn unsound(connection: &Connection) -> rusqlite::Result<BTreeSet<Hash>> {
    let mut last = last_entries(connection)?;
    let mut unsound = BTreeSet::new();
    for table in covered(connection)? {
        each_row(connection, &table, |item, digest| {
            if !last.remove(&(table.table.clone(), item)).is_some_and(|last| is_current(&last, digest)) {
                unsound.insert(item);
            }
            Ok(())
        })?;
    }
    unsound.extend(last.into_iter().filter(|(_, last)| last.exists).map(|((_, item), _)| item));
    Ok(unsound)
}

/// Records the rows that a migration rewrote. Rows that were unsound before it stay so.
pub(crate) fn settle(connection: &Connection, key: &NodeKey, unsound: &BTreeSet<Hash>) -> rusqlite::Result<()> {
    let mut last = last_entries(connection)?;
    let mut pen = LedgerPen::at_the_end(connection, key)?;
    for table in covered(connection)? {
        each_row(connection, &table, |item, digest| {
            let known = last.remove(&(table.table.clone(), item));
            if known.is_some_and(|last| is_current(&last, digest)) {
                return Ok(());
            }
            adopt(&mut pen, &table, item, !unsound.contains(&item), digest)
        })?;
    }
    for ((subject, item), _) in last.into_iter().filter(|(_, last)| last.exists) {
        let expected = !unsound.contains(&item);
        let deed = LedgerDeed::Removed;
        pen.add(&NewEntry { deed, expected, subject: &subject, item: &item, salt: b"", digest: b"" })?;
    }
    pen.sign()
}

/// Computes the digest of a row's content with a salt.
type Digester<'a> = &'a dyn Fn(&[u8]) -> rusqlite::Result<Hash>;

fn is_current(last: &LastEntry, digest: Digester<'_>) -> bool {
    last.exists && digest(&last.salt).is_ok_and(|digest| digest[..] == last.digest)
}

fn adopt(
    pen: &mut LedgerPen<'_>,
    table: &Covered,
    item: Hash,
    expected: bool,
    digest: Digester<'_>,
) -> rusqlite::Result<()> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| rusqlite::Error::UserFunctionError(Box::new(error)))?;
    let (deed, subject) = (LedgerDeed::Adopted, table.table.as_str());
    pen.add(&NewEntry { deed, expected, subject, item: &item, salt: &salt, digest: &digest(&salt)? })
}

fn each_row(
    connection: &Connection,
    table: &Covered,
    mut visit: impl FnMut(Hash, Digester<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&table.select())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(table.item(row)?, &|salt: &[u8]| table.digest(row, salt))?;
    }
    Ok(())
}
