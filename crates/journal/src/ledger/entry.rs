//! 台帳の項 — one entry of the ledger: a row was added, changed or removed, or events were received.
//!
//! The hash of each entry includes the hash of the entry before it, and the node signs the last one. An entry contains
//! a salted digest of the row, not its content. The salt of an entry is deleted when a later entry replaces it, so
//! nobody can find the former content by trying all texts.

use crate::events::chain::{ChainKey, Fields, Hash};
use crate::events::head::HeadMark;

/// The party under which the ledger is noted. No chain may have it.
pub(crate) const NODE: &str = "node";

const LEDGER: &str = "ledger";

/// The subject of entries about received events. The subjects of all other entries are names of tables.
pub(crate) const EVENTS: &str = "events";

/// The change that an entry records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LedgerDeed {
    /// The row was already there when a release first kept a ledger, or when a migration rewrote it.
    Adopted,
    Added,
    Changed,
    Removed,
    /// Events were appended. The item is the position of the last one, the digest that of all events up to it.
    Received,
}

/// The fields of an entry from which its hash is computed.
pub(crate) struct LedgerFields<'a> {
    pub number: u64,
    pub deed: &'a str,
    /// False if the row was not as the ledger knew it when this program changed it.
    pub expected: bool,
    pub subject: &'a str,
    pub item: &'a [u8],
    pub digest: &'a [u8],
}

/// The last entry of the ledger, with its signature.
pub(crate) struct LedgerHead {
    pub number: u64,
    pub hash: Hash,
    pub signature: [u8; 64],
    pub public_key: [u8; 32],
}

/// A hasher of the columns of one row.
pub(crate) struct RowHasher(Fields);

impl LedgerDeed {
    const ALL: [LedgerDeed; 5] = [Self::Adopted, Self::Added, Self::Changed, Self::Removed, Self::Received];

    /// Returns the word under which the deed is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Received => "received",
        }
    }

    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.key() == key)
    }
}

impl LedgerFields<'_> {
    pub fn hash(&self, previous: &Hash) -> Hash {
        let mut fields = Fields::of("renkei-ledger/1");
        fields.bytes(previous);
        fields.number(self.number);
        fields.text(self.deed);
        fields.number(self.expected.into());
        fields.text(self.subject);
        fields.bytes(self.item);
        fields.bytes(self.digest);
        fields.finish()
    }
}

impl LedgerHead {
    pub fn mark(&self) -> HeadMark {
        ledger_mark(self.number, self.hash)
    }

    pub fn signature_holds(&self) -> bool {
        self.mark().is_signed_by(&self.public_key, &self.signature)
    }
}

impl RowHasher {
    /// Starts the digest of a row's content.
    pub fn of_row(salt: &[u8]) -> Self {
        let mut fields = Fields::of("renkei-row/1");
        fields.bytes(salt);
        Self(fields)
    }

    /// Starts the digest that identifies a row: the table and the values of the primary key.
    pub fn of_item(table: &str) -> Self {
        let mut fields = Fields::of("renkei-item/1");
        fields.text(table);
        Self(fields)
    }

    /// Adds a column. `kind` distinguishes values of different types with the same bytes.
    pub fn column(&mut self, name: &str, kind: u8, bytes: &[u8]) {
        self.0.text(name);
        self.0.number(kind.into());
        self.0.bytes(bytes);
    }

    pub fn finish(self) -> Hash {
        self.0.finish()
    }
}

/// Returns the head of the ledger in the form in which it is printed and noted.
pub(crate) fn ledger_mark(number: u64, hash: Hash) -> HeadMark {
    HeadMark { chain: ChainKey::new(NODE, LEDGER), number, hash }
}

/// Returns the digest of all events up to one: of those before it, its position and its hash.
pub(crate) fn received_digest(before: &[u8], heard: u64, event: &[u8]) -> Hash {
    let mut fields = Fields::of("renkei-received/1");
    fields.bytes(before);
    fields.number(heard);
    fields.bytes(event);
    fields.finish()
}
