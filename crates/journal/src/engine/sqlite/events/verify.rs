//! Verification: computes every hash, digest of a body, and signature again, and reports the first link that is wrong.

use std::collections::BTreeSet;
use std::path::Path;

use renkei_document::time::Hlc;
use rusqlite::{Connection, OptionalExtension, Row, Statement};
use sha2::{Digest, Sha256};

use crate::engine::sqlite::events::rows::{bytes, heads, position};
use crate::engine::sqlite::fault::Reading;
use crate::engine::sqlite::ledger::check as ledger;
use crate::engine::sqlite::noted_heads::noted_head;
use crate::engine::sqlite::schema::MIGRATIONS;
use crate::engine::sqlite::store::Reader;
use crate::error::{JournalError, VerifyError};
use crate::events::blob::BlobDigest;
use crate::events::chain::Hash;
use crate::events::event::Position;
use crate::events::head::{Head, HeadMark};
use crate::events::verify::{Broken, Fault, Followed, KeyOrigin, SigningKey, StoredLink, Verified};
use crate::ledger::entry::NODE;
use crate::ledger::noted::{Fingerprint, Noted};

impl Reader {
    /// Returns the head of the ledger that was noted in the data directory; nothing if there is none.
    pub fn noted_in(directory: &Path) -> Result<Noted, JournalError> {
        Ok(noted_head(directory)?.map(Noted::from).unwrap_or_default())
    }

    /// Verifies all chains in one consistent read, while other connections write. Only the key of the data directory is
    /// trusted.
    pub fn verify(&self) -> Result<Verified, VerifyError> {
        self.verify_against(&Noted::default())
    }

    /// Verifies the journal, and compares it with keys and heads that were noted elsewhere. If keys were noted, only
    /// these are trusted, and not the key of the data directory. A noted head finds a chain that was shortened or
    /// rewritten since then, even by a person who has the signing key.
    pub fn verify_against(&self, noted: &Noted) -> Result<Verified, VerifyError> {
        let reading = JournalError::database("記録簿を検証する");
        let mut connection = self.another_connection()?;
        let reading_at_once = connection.transaction().map_err(reading)?;
        let own = self.key().map(|key| Fingerprint(key.public()));
        let verified = verify(&reading_at_once, own, noted).map_err(reading)??;
        for mark in &noted.heads {
            hold_against(&reading_at_once, mark).map_err(reading)??;
        }
        Ok(verified)
    }
}

fn verify(connection: &Connection, own: Option<Fingerprint>, noted: &Noted) -> Reading<Verified> {
    if let Err(broken) = verify_schema(connection)? {
        return Ok(Err(broken));
    }
    let heads = heads(connection)?;
    let counted = match verify_chains(connection, &heads)? {
        Ok(counted) => counted,
        Err(broken) => return Ok(Err(broken)),
    };
    let blobs = match verify_blobs(connection)? {
        Ok(blobs) => blobs,
        Err(broken) => return Ok(Err(broken)),
    };
    let trusted = if noted.keys.is_empty() { own.into_iter().collect() } else { noted.keys.clone() };
    let ledger = match ledger::verify_chain(connection, &trusted)? {
        Ok(ledger) => ledger,
        Err(broken) => return Ok(Err(broken)),
    };
    if let Err(broken) = ledger::verify_rows(connection)? {
        return Ok(Err(broken));
    }
    let keys = match verify_keys(connection, &heads, own, &trusted)? {
        Ok(keys) => keys,
        Err(broken) => return Ok(Err(broken)),
    };
    let chains = heads.len() as u64;
    let Counted { events, absent, position } = counted;
    Ok(ledger::verify_received(connection)?.map(|()| Verified {
        chains,
        events,
        absent,
        blobs,
        position,
        keys,
        ledger,
    }))
}

/// Compares the tables, indexes, views and triggers of the file with those that this release makes.
fn verify_schema(connection: &Connection) -> Reading<()> {
    let made = Connection::open_in_memory()?;
    MIGRATIONS.iter().try_for_each(|migration| made.execute_batch(migration))?;
    let (made, found) = (schema(&made)?, schema(connection)?);
    let other = made.symmetric_difference(&found).next();
    Ok(other.map_or(Ok(()), |(name, _)| Err(Broken::Schema { name: name.clone() })))
}

fn schema(connection: &Connection) -> rusqlite::Result<BTreeSet<(String, String)>> {
    let mut statement = connection
        .prepare("SELECT name, type || ' ' || tbl_name || ' ' || COALESCE(sql, '') FROM main.sqlite_master")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Checks that each head is signed by a trusted key. Returns these keys.
fn verify_keys(
    connection: &Connection,
    heads: &[Head],
    own: Option<Fingerprint>,
    trusted: &BTreeSet<Fingerprint>,
) -> Reading<Vec<SigningKey>> {
    let acknowledged = ledger::acknowledged(connection)?;
    let mut keys: Vec<SigningKey> = Vec::new();
    for head in heads {
        let fingerprint = Fingerprint(head.public_key);
        if keys.iter().any(|known| known.fingerprint == fingerprint) {
            continue;
        }
        let origin = if trusted.contains(&fingerprint) {
            if own == Some(fingerprint) { KeyOrigin::Own } else { KeyOrigin::Noted }
        } else if let Some(origin) = acknowledged.get(&fingerprint) {
            origin.clone()
        } else {
            return Ok(Err(Broken::UnknownKey { chain: head.chain(), key: fingerprint }));
        };
        keys.push(SigningKey { fingerprint, origin });
    }
    Ok(Ok(keys))
}

/// The numbers that the verification of the chains counts.
#[derive(Default)]
struct Counted {
    events: u64,
    absent: u64,
    position: Position,
}

fn verify_chains(connection: &Connection, heads: &[Head]) -> Reading<Counted> {
    let mut counted = Counted { position: position(connection)?, ..Counted::default() };
    let mut links = connection.prepare(
        "SELECT e.heard, e.number, e.kind, e.version, e.time_millis, e.time_counter, e.body_digest, e.hash,
                b.salt, b.body, a.reason
         FROM chains c JOIN events e ON e.chain = c.chain
         LEFT JOIN bodies b ON b.heard = e.heard LEFT JOIN absences a ON a.heard = e.heard
         WHERE c.party = $1 AND c.dossier = $2 ORDER BY e.number",
    )?;
    for head in heads {
        if let Err(broken) = verify_chain(&mut links, head, &mut counted)? {
            return Ok(Err(broken));
        }
    }
    if let Some(heard) = first_lost(connection, counted.events)? {
        return Ok(Err(Broken::Lost { heard }));
    }
    let stray = connection.query_row(
        "SELECT MIN(heard) FROM (SELECT heard FROM bodies UNION ALL SELECT heard FROM absences)
         WHERE heard NOT IN (SELECT heard FROM events)",
        [],
        |row| row.get::<_, Option<i64>>(0),
    )?;
    let stray = stray.map(|heard| Broken::Body { heard: Position(heard.cast_unsigned()) });
    Ok(stray.map_or(Ok(counted), Err))
}

fn verify_chain(links: &mut Statement<'_>, head: &Head, counted: &mut Counted) -> Reading<()> {
    let chain = head.chain();
    let broken = |number, fault| Ok(Err(Broken::Link { chain: chain.clone(), number, fault }));
    let mut last = Followed::nothing();
    let mut rows = links.query((&head.party, &head.dossier))?;
    while let Some(row) = rows.next()? {
        let link = stored_link(row)?;
        match last.follow(&chain, &link) {
            Ok(next) => last = next,
            Err(fault) => return broken(last.number + 1, fault),
        }
        counted.events += 1;
        counted.absent += u64::from(link.body.is_none());
    }
    match last.end_at(head) {
        Ok(()) => Ok(Ok(())),
        Err((number, fault)) => broken(number, fault),
    }
}

fn stored_link(row: &Row<'_>) -> rusqlite::Result<StoredLink> {
    let millis = row.get::<_, i64>(4)?.cast_unsigned();
    let counter = u32::try_from(row.get::<_, i64>(5)?).ok();
    Ok(StoredLink {
        heard: row.get(0)?,
        number: row.get::<_, i64>(1)?.cast_unsigned(),
        kind: String::from_utf8_lossy(row.get_ref(2)?.as_bytes()?).into_owned(),
        version: u32::try_from(row.get::<_, i64>(3)?).ok(),
        time: counter.map(|counter| Hlc { millis, counter }),
        body_digest: row.get_ref(6)?.as_blob()?.try_into().ok(),
        hash: row.get_ref(7)?.as_blob()?.try_into().ok(),
        body: row.get::<_, Option<Vec<u8>>>(8)?.zip(row.get(9)?),
        is_absent: row.get::<_, Option<String>>(10)?.is_some(),
    })
}

/// Returns the first position whose event is in no chain; `None` if each position has an event.
fn first_lost(connection: &Connection, followed: u64) -> rusqlite::Result<Option<Position>> {
    let mut statement =
        connection.prepare("SELECT e.heard FROM events e JOIN chains c ON c.chain = e.chain ORDER BY e.heard")?;
    let mut next = 1;
    for heard in statement.query_map([], |row| row.get::<_, i64>(0))? {
        if heard? != next {
            return Ok(Some(Position(next.cast_unsigned())));
        }
        next += 1;
    }
    let last = position(connection)?.0.max(followed);
    Ok((next.cast_unsigned() <= last).then_some(Position(next.cast_unsigned())))
}

fn verify_blobs(connection: &Connection) -> Reading<u64> {
    let mut statement = connection.prepare("SELECT digest, bytes FROM blobs ORDER BY digest")?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let digest: Hash = bytes(row, 0)?;
        if Hash::from(Sha256::digest(row.get_ref(1)?.as_blob()?)) != digest {
            return Ok(Err(Broken::Blob { digest: BlobDigest(digest) }));
        }
        count += 1;
    }
    Ok(Ok(count))
}

fn hold_against(connection: &Connection, mark: &HeadMark) -> Reading<()> {
    if mark.chain.party == NODE {
        return hold_ledger_against(connection, mark);
    }
    let broken = |fault| Ok(Err(Broken::Link { chain: mark.chain.clone(), number: mark.number, fault }));
    let ends_at: Option<i64> = connection
        .query_row(
            "SELECT number FROM chains WHERE party = $1 AND dossier = $2",
            (&mark.chain.party, &mark.chain.dossier),
            |row| row.get(0),
        )
        .optional()?;
    let ends_at = ends_at.unwrap_or(0).cast_unsigned();
    if ends_at < mark.number {
        return broken(Fault::Shorter { ends_at });
    }
    let hash: Hash = connection.query_row(
        "SELECT e.hash FROM chains c JOIN events e ON e.chain = c.chain
         WHERE c.party = $1 AND c.dossier = $2 AND e.number = $3",
        (&mark.chain.party, &mark.chain.dossier, mark.number.cast_signed()),
        |row| row.get(0),
    )?;
    if hash == mark.hash { Ok(Ok(())) } else { broken(Fault::OtherThanHead) }
}

fn hold_ledger_against(connection: &Connection, mark: &HeadMark) -> Reading<()> {
    let fault = ledger::noted_fault(connection, mark)?;
    Ok(fault.map_or(Ok(()), |fault| Err(Broken::Ledger { number: mark.number, fault })))
}
