//! Verification: computes every hash, digest of a body, and signature again, and reports the first link that is wrong.

use renkei_document::time::Hlc;
use rusqlite::{Connection, OptionalExtension, Row, Statement};
use sha2::{Digest, Sha256};

use crate::engine::sqlite::events::read::{heads, position};
use crate::engine::sqlite::store::Reader;
use crate::error::{JournalError, VerifyError};
use crate::events::blob::BlobDigest;
use crate::events::chain::Hash;
use crate::events::event::Position;
use crate::events::head::{Head, HeadMark};
use crate::events::verify::{Broken, Fault, Followed, StoredLink, Verified};

impl Reader {
    /// Verifies all chains in one consistent read, while other connections write.
    pub fn verify(&self) -> Result<Verified, VerifyError> {
        self.verify_with(None)
    }

    /// Verifies the journal, and compares it with a head that was printed or sent earlier. This finds a chain that was
    /// shortened or rewritten since then, even by a person who has the signing key.
    pub fn verify_against(&self, mark: &HeadMark) -> Result<Verified, VerifyError> {
        self.verify_with(Some(mark))
    }

    fn verify_with(&self, mark: Option<&HeadMark>) -> Result<Verified, VerifyError> {
        let reading = JournalError::database("記録簿を検証する");
        let mut connection = self.another_connection()?;
        let reading_at_once = connection.transaction().map_err(reading)?;
        let verified = verify(&reading_at_once).map_err(reading)??;
        if let Some(mark) = mark {
            hold_against(&reading_at_once, mark).map_err(reading)??;
        }
        Ok(verified)
    }
}

/// The result of a read. The outer error is a database error, the inner one a link that does not verify.
type Reading<T> = rusqlite::Result<Result<T, Broken>>;

fn verify(connection: &Connection) -> Reading<Verified> {
    let heads = heads(connection)?;
    let mut verified = Verified {
        chains: heads.len() as u64,
        events: 0,
        absent: 0,
        blobs: 0,
        position: position(connection)?,
        public_keys: heads.iter().map(|head| head.public_key).collect(),
    };
    let mut links = connection.prepare(
        "SELECT e.heard, e.number, e.kind, e.version, e.time_millis, e.time_counter, e.body_digest, e.hash,
                b.salt, b.body, a.reason
         FROM chains c JOIN events e ON e.chain = c.chain
         LEFT JOIN bodies b ON b.heard = e.heard LEFT JOIN absences a ON a.heard = e.heard
         WHERE c.party = $1 AND c.dossier = $2 ORDER BY e.number",
    )?;
    for head in &heads {
        if let Err(broken) = verify_chain(&mut links, head, &mut verified)? {
            return Ok(Err(broken));
        }
    }
    if let Some(heard) = first_lost(connection, verified.events)? {
        return Ok(Err(Broken::Lost { heard }));
    }
    Ok(verify_blobs(connection)?.map(|blobs| Verified { blobs, ..verified }))
}

fn verify_chain(links: &mut Statement<'_>, head: &Head, verified: &mut Verified) -> Reading<()> {
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
        verified.events += 1;
        verified.absent += u64::from(link.body.is_none());
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
        let digest: Hash = row.get(0)?;
        if Hash::from(Sha256::digest(row.get_ref(1)?.as_blob()?)) != digest {
            return Ok(Err(Broken::Blob { digest: BlobDigest(digest) }));
        }
        count += 1;
    }
    Ok(Ok(count))
}

fn hold_against(connection: &Connection, mark: &HeadMark) -> Reading<()> {
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
