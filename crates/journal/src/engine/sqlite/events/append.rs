//! Appends all events of one decision, on all chains that it concerns, or none of them.

use std::collections::BTreeMap;

use renkei_document::time::Hlc;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::chain::{BEFORE_THE_FIRST, ChainKey, Envelope, Hash, body_digest};
use crate::engine::sqlite::events::read::Position;
use crate::engine::sqlite::store::Journal;
use crate::error::{AppendError, JournalError};
use crate::head::HeadMark;

const SALT_LENGTH: usize = 16;

/// An event that has no place in the journal yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    pub party: String,
    pub dossier: String,
    /// Name of the event's type.
    pub kind: String,
    /// Version of the event's type.
    pub version: u32,
    /// Time of the event; not earlier than the last event of its chain.
    pub time: Hlc,
    /// The body as JSON; the journal does not parse it.
    pub body: Vec<u8>,
}

/// An event with the digest of its body, which is computed before the writer is locked.
struct Salted {
    salt: [u8; SALT_LENGTH],
    body_digest: Hash,
    event: NewEvent,
}

/// An event with its number in the chain, its salt and its hashes.
struct Link {
    number: u64,
    salt: [u8; SALT_LENGTH],
    body_digest: Hash,
    hash: Hash,
    event: NewEvent,
}

/// The end of a chain while events are added to it.
#[derive(Clone)]
struct End {
    number: u64,
    hash: Hash,
    time: Hlc,
}

/// The current end of each chain of one append.
type Ends = BTreeMap<ChainKey, End>;

impl Journal {
    /// Appends events in one transaction and signs the new head of each chain. The events are on the disk when it
    /// returns.
    ///
    /// `expected` holds the last number of each chain that the decision depends on (0 for a chain that does not exist
    /// yet): all chains that receive events, and others that were only read. Without events it only checks these
    /// numbers. Returns the position of the last event in the journal.
    pub fn append(&self, expected: &[(ChainKey, u64)], events: Vec<NewEvent>) -> Result<Position, AppendError> {
        let writing = JournalError::database("記録簿に書く");
        let salted = salted(events)?;
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(writing)?;
        let before = expected_ends(&transaction, expected)?;
        let (links, after) = link(&before, salted)?;
        let position = self.store(&transaction, &before, &after, &links).map_err(writing)?;
        transaction.commit().map_err(writing)?;
        Ok(position)
    }

    fn store(
        &self,
        transaction: &Transaction<'_>,
        before: &Ends,
        after: &Ends,
        links: &[Link],
    ) -> rusqlite::Result<Position> {
        let mut chains = BTreeMap::new();
        for (chain, end) in after.iter().filter(|(chain, end)| before[*chain].number < end.number) {
            chains.insert(chain, self.sign_and_store(transaction, chain, end)?);
        }
        let last =
            transaction.query_row("SELECT COALESCE(MAX(heard), 0) FROM events", [], |row| row.get::<_, i64>(0))?;
        let mut envelopes = transaction.prepare_cached(
            "INSERT INTO events (heard, chain, number, kind, version, time_millis, time_counter, body_digest, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )?;
        let mut bodies = transaction.prepare_cached("INSERT INTO bodies (heard, salt, body) VALUES ($1, $2, $3)")?;
        let mut heard = last;
        for link in links {
            heard += 1;
            let NewEvent { party, dossier, kind, version, time, body } = &link.event;
            let chain = chains[&ChainKey::new(party, dossier)];
            let number = link.number.cast_signed();
            let millis = time.millis.cast_signed();
            envelopes.execute(params![
                heard,
                chain,
                number,
                kind,
                version,
                millis,
                time.counter,
                link.body_digest,
                link.hash
            ])?;
            bodies.execute(params![heard, link.salt, body])?;
        }
        Ok(Position(heard.cast_unsigned()))
    }

    /// Signs the new head of a chain, stores it, and returns the row id of the chain.
    fn sign_and_store(&self, transaction: &Transaction<'_>, chain: &ChainKey, end: &End) -> rusqlite::Result<i64> {
        let mark = HeadMark { chain: chain.clone(), number: end.number, hash: end.hash };
        transaction
            .prepare_cached(
                "INSERT INTO chains (party, dossier, number, hash, time_millis, time_counter, signature, public_key)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                 ON CONFLICT (party, dossier) DO UPDATE SET number = excluded.number, hash = excluded.hash,
                    time_millis = excluded.time_millis, time_counter = excluded.time_counter,
                    signature = excluded.signature, public_key = excluded.public_key
                 RETURNING chain",
            )?
            .query_row(
                params![
                    chain.party,
                    chain.dossier,
                    end.number.cast_signed(),
                    end.hash,
                    end.time.millis.cast_signed(),
                    end.time.counter,
                    self.key().sign(&mark),
                    self.key().public(),
                ],
                |row| row.get(0),
            )
    }
}

/// Returns the ends of the expected chains; fails if a chain ends elsewhere. The unique key of `events` enforces the
/// same.
fn expected_ends(transaction: &Transaction<'_>, expected: &[(ChainKey, u64)]) -> Result<Ends, AppendError> {
    let mut ends = Ends::new();
    for (chain, expected) in expected {
        if !chain.is_nameable() {
            return Err(AppendError::ChainName { chain: chain.clone() });
        }
        let end = end_of(transaction, chain).map_err(JournalError::database("連鎖の先頭を読む"))?;
        if end.number != *expected {
            return Err(AppendError::Conflict { chain: chain.clone(), expected: *expected, found: end.number });
        }
        ends.insert(chain.clone(), end);
    }
    Ok(ends)
}

fn end_of(transaction: &Transaction<'_>, chain: &ChainKey) -> rusqlite::Result<End> {
    let found = transaction
        .prepare_cached("SELECT number, hash, time_millis, time_counter FROM chains WHERE party = $1 AND dossier = $2")?
        .query_row(params![chain.party, chain.dossier], |row| {
            Ok(End {
                number: row.get::<_, i64>(0)?.cast_unsigned(),
                hash: row.get(1)?,
                time: Hlc { millis: row.get::<_, i64>(2)?.cast_unsigned(), counter: row.get(3)? },
            })
        })
        .optional()?;
    Ok(found.unwrap_or(End { number: 0, hash: BEFORE_THE_FIRST, time: Hlc::default() }))
}

/// Gives each event its number and hash. Returns the new ends of the chains too.
fn link(before: &Ends, events: Vec<Salted>) -> Result<(Vec<Link>, Ends), AppendError> {
    let mut ends = before.clone();
    let mut links = Vec::with_capacity(events.len());
    for salted in events {
        let event = &salted.event;
        let chain = ChainKey::new(&event.party, &event.dossier);
        let Some(end) = ends.get_mut(&chain) else { return Err(AppendError::NotExpected { chain }) };
        if event.time < end.time {
            return Err(AppendError::TimeGoesBack { chain, last: end.time, time: event.time });
        }
        let link = Link::after(end, salted);
        *end = End { number: link.number, hash: link.hash, time: link.event.time };
        links.push(link);
    }
    Ok((links, ends))
}

impl Link {
    fn after(end: &End, salted: Salted) -> Self {
        let Salted { salt, body_digest, event } = salted;
        let number = end.number + 1;
        let envelope = Envelope {
            party: &event.party,
            dossier: &event.dossier,
            number,
            kind: &event.kind,
            version: event.version,
            time: event.time,
            previous: &end.hash,
            body_digest: &body_digest,
        };
        let hash = envelope.hash();
        Self { number, salt, body_digest, hash, event }
    }
}

fn salted(events: Vec<NewEvent>) -> Result<Vec<Salted>, JournalError> {
    let salts = salts(events.len())?;
    let salted = |(event, salt): (NewEvent, [u8; SALT_LENGTH])| {
        let body_digest = body_digest(&salt, &event.body);
        Salted { salt, body_digest, event }
    };
    Ok(events.into_iter().zip(salts).map(salted).collect())
}

/// Returns one salt for each event, from one call to the system.
fn salts(count: usize) -> Result<Vec<[u8; SALT_LENGTH]>, JournalError> {
    let mut bytes = vec![0; count * SALT_LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| JournalError::NoRandomness)?;
    Ok(bytes.as_chunks().0.to_vec())
}
