//! Adds entries to the ledger directly: about received events, and about the rows of an older file.

use rusqlite::{Connection, OptionalExtension};

use crate::engine::sqlite::events::rows::bytes;
use crate::engine::sqlite::ledger::cover::NOT_OURS;
use crate::events::chain::{BEFORE_THE_FIRST, Hash};
use crate::ledger::entry::{EVENTS, LedgerDeed, LedgerFields, LedgerHead, ledger_mark, received_digest};
use crate::node_key::NodeKey;

/// Adds entries, and signs the last one at the end.
pub(crate) struct LedgerPen<'a> {
    connection: &'a Connection,
    key: &'a NodeKey,
    number: u64,
    hash: Hash,
}

/// An entry without its number and its hash.
pub(crate) struct NewEntry<'a> {
    pub deed: LedgerDeed,
    pub expected: bool,
    pub subject: &'a str,
    pub item: &'a [u8],
    pub salt: &'a [u8],
    pub digest: &'a [u8],
}

impl<'a> LedgerPen<'a> {
    /// Continues the ledger. Fails if this node has not signed its head, because signing again would confirm what
    /// somebody else has put there.
    pub fn at_the_end(connection: &'a Connection, key: &'a NodeKey) -> rusqlite::Result<Self> {
        let head = head(connection)?.filter(|head| head.public_key == key.public() && head.signature_holds());
        let head = head.ok_or_else(|| rusqlite::Error::UserFunctionError(NOT_OURS.into()))?;
        Ok(Self { connection, key, number: head.number, hash: head.hash })
    }

    /// Begins the ledger of a file that has none.
    pub fn at_the_beginning(connection: &'a Connection, key: &'a NodeKey) -> Self {
        Self { connection, key, number: 0, hash: BEFORE_THE_FIRST }
    }

    pub fn add(&mut self, entry: &NewEntry<'_>) -> rusqlite::Result<()> {
        let NewEntry { deed, expected, subject, item, salt, digest } = *entry;
        let number = self.number + 1;
        let fields = LedgerFields { number, deed: deed.key(), expected, subject, item, digest };
        self.hash = fields.hash(&self.hash);
        self.number = number;
        self.connection
            .prepare_cached(
                "INSERT INTO ledger (number, deed, expected, subject, item, salt, digest, hash)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )?
            .execute((number.cast_signed(), deed.key(), expected, subject, item, salt, digest, self.hash))?;
        self.connection
            .prepare_cached("UPDATE ledger SET salt = x'' WHERE subject = $1 AND item = $2 AND number < $3")?
            .execute((subject, item, number.cast_signed()))?;
        Ok(())
    }

    pub fn sign(self) -> rusqlite::Result<()> {
        let signature = self.key.sign(&ledger_mark(self.number, self.hash));
        self.connection
            .prepare_cached(
                "INSERT INTO ledger_head (only_row, number, hash, signature, public_key) VALUES (1, $1, $2, $3, $4)
                 ON CONFLICT (only_row) DO UPDATE SET number = excluded.number, hash = excluded.hash,
                    signature = excluded.signature, public_key = excluded.public_key",
            )?
            .execute((self.number.cast_signed(), self.hash, signature, self.key.public()))?;
        Ok(())
    }
}

/// Records that events were appended: their positions and their hashes, in the order of receipt.
pub(crate) fn receive(connection: &Connection, key: &NodeKey, events: &[(u64, Hash)]) -> rusqlite::Result<()> {
    let Some((last, _)) = events.last() else { return Ok(()) };
    let mut pen = LedgerPen::at_the_end(connection, key)?;
    let before: Option<Vec<u8>> = connection
        .prepare_cached("SELECT digest FROM ledger WHERE subject = $1 ORDER BY number DESC LIMIT 1")?
        .query_row([EVENTS], |row| row.get(0))
        .optional()?;
    let mut digest = before.unwrap_or_default();
    for (heard, hash) in events {
        digest = received_digest(&digest, *heard, hash).to_vec();
    }
    let item = last.to_be_bytes();
    let deed = LedgerDeed::Received;
    pen.add(&NewEntry { deed, expected: true, subject: EVENTS, item: &item, salt: b"", digest: &digest })?;
    pen.sign()
}

/// Returns the head of the ledger; `None` if the file has none. Bytes of a wrong length are read as zeros, which never
/// verify.
pub(crate) fn head(connection: &Connection) -> rusqlite::Result<Option<LedgerHead>> {
    connection
        .prepare_cached("SELECT number, hash, signature, public_key FROM ledger_head WHERE only_row = 1")?
        .query_row([], |row| {
            Ok(LedgerHead {
                number: row.get::<_, i64>(0)?.cast_unsigned(),
                hash: bytes(row, 1)?,
                signature: bytes(row, 2)?,
                public_key: bytes(row, 3)?,
            })
        })
        .optional()
}
