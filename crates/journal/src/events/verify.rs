//! 検証 — the computations of a verification for each link, and the faults that it can find.

use renkei_document::time::Hlc;

use crate::events::blob::BlobDigest;
use crate::events::chain::{BEFORE_THE_FIRST, ChainKey, Envelope, Hash, body_digest};
use crate::events::event::Position;
use crate::events::head::{Head, HeadMark};
use crate::ledger::noted::Fingerprint;

/// The result of a successful verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub chains: u64,
    pub events: u64,
    /// Number of events whose body is withheld or blacked out.
    pub absent: u64,
    pub blobs: u64,
    /// Position of the last event.
    pub position: Position,
    /// The keys that signed heads, each with the reason why it is trusted.
    pub keys: Vec<SigningKey>,
    /// The last entry of the ledger, which depends on all events and on all covered rows.
    pub ledger: HeadMark,
}

/// 署名した鍵 — a key that signed heads of this journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningKey {
    pub fingerprint: Fingerprint,
    pub origin: KeyOrigin,
}

/// Why a key is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyOrigin {
    /// It is the key of this data directory.
    Own,
    /// It was noted outside of the database.
    Noted,
    /// A person acknowledged it when a copy was restored without it. `at` is in milliseconds since 1970.
    Acknowledged { by: String, at: u64 },
    /// It had signed heads before this node kept a ledger.
    Adopted,
}

/// The first fault, in the order of party, dossier and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    Link {
        chain: ChainKey,
        number: u64,
        fault: Fault,
    },
    /// All chains verify, but an event that this node received is in none of them.
    Lost {
        heard: Position,
    },
    /// The content of a stored file does not match its digest.
    Blob {
        digest: BlobDigest,
    },
    /// A body belongs to no event.
    Body {
        heard: Position,
    },
    /// A head is signed by a key that is not known outside of the database.
    UnknownKey {
        chain: ChainKey,
        key: Fingerprint,
    },
    /// The ledger itself was changed.
    Ledger {
        number: u64,
        fault: LedgerFault,
    },
    /// A row beside the events was changed.
    Row {
        table: String,
        /// The key of the row; empty if the row is gone.
        row: String,
        fault: RowFault,
    },
    /// The events after one position, up to another, are not those that were received, or have another order.
    Received {
        after: Position,
        until: Position,
    },
    /// A table, index, view or trigger is not as this program makes it.
    Schema {
        name: String,
    },
}

/// The fault of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFault {
    /// No entry of the ledger explains the row.
    Unexplained,
    /// The row is not as its last entry says.
    Changed { entry: u64 },
    /// The row is missing, and no entry says that it was removed.
    Gone { entry: u64 },
}

/// The fault of the ledger at one of its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerFault {
    /// The head is missing, or there are several.
    NoHead,
    /// The entry is missing, and later ones exist.
    Gap,
    /// The entry, or its link to the one before it, was changed.
    Hash,
    /// The salt of the entry was changed.
    Salt,
    /// The last entry is not the one that the head names.
    OtherThanHead,
    Signature,
    /// The head is signed by a key that is not known outside of the database.
    UnknownKey {
        key: Fingerprint,
    },
    /// When this program changed the row, somebody else had changed it before.
    Unexpected {
        table: String,
    },
    /// The ledger ends before the entry that was noted earlier.
    Shorter {
        ends_at: u64,
    },
    /// At the number that was noted earlier, the ledger has another entry.
    OtherThanNoted,
}

/// The fault that was found at a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The event is missing, and later events exist.
    Gap,
    /// The envelope, or the link to the event before it, was changed.
    Hash,
    /// The body was changed.
    BodyDigest,
    /// The body is missing, and it is not recorded that the body was withheld or blacked out.
    BodyMissing,
    /// The body exists, although it is recorded that the body was withheld or blacked out.
    AbsentAndThere,
    /// The event is earlier than the previous event.
    TimeGoesBack,
    /// This node received the event before the previous event of the chain.
    HeardBeforePrevious,
    /// The chain ends before the event that its signed head names.
    BeforeSignedHead,
    /// The signed head does not match the last event of the chain.
    OtherThanSignedHead,
    /// The signature of the head does not match its public key.
    Signature,
    /// The chain ends before the earlier head with which it is compared.
    Shorter { ends_at: u64 },
    /// At the number of the earlier head with which it is compared, the chain has another event.
    OtherThanHead,
}

/// The columns of an event's row that a verification needs. A field is `None` if its value has another form than we
/// write; somebody has then changed it.
pub(crate) struct StoredLink {
    pub heard: i64,
    pub number: u64,
    pub kind: String,
    pub version: Option<u32>,
    pub time: Option<Hlc>,
    pub body_digest: Option<Hash>,
    pub hash: Option<Hash>,
    pub body: Option<(Vec<u8>, Vec<u8>)>,
    pub is_absent: bool,
}

/// The last checked event of a chain.
pub(crate) struct Followed {
    pub number: u64,
    pub hash: Hash,
    pub time: Hlc,
    pub heard: i64,
}

impl Followed {
    /// Returns the state before the first link of a chain.
    pub fn nothing() -> Self {
        Self { number: 0, hash: BEFORE_THE_FIRST, time: Hlc::default(), heard: 0 }
    }

    /// Checks a link against the previous link of its chain.
    pub fn follow(&self, chain: &ChainKey, link: &StoredLink) -> Result<Followed, Fault> {
        let number = self.number + 1;
        if link.number != number {
            return Err(Fault::Gap);
        }
        let (Some(version), Some(time), Some(digest), Some(hash)) =
            (link.version, link.time, link.body_digest, link.hash)
        else {
            return Err(Fault::Hash);
        };
        let envelope = Envelope {
            party: &chain.party,
            dossier: &chain.dossier,
            number,
            kind: &link.kind,
            version,
            time,
            previous: &self.hash,
            body_digest: &digest,
        };
        if envelope.hash() != hash {
            return Err(Fault::Hash);
        }
        match &link.body {
            Some((salt, body)) if body_digest(salt, body) != digest => return Err(Fault::BodyDigest),
            Some(_) if link.is_absent => return Err(Fault::AbsentAndThere),
            None if !link.is_absent => return Err(Fault::BodyMissing),
            _ => {}
        }
        if time < self.time {
            return Err(Fault::TimeGoesBack);
        }
        if link.heard <= self.heard {
            return Err(Fault::HeardBeforePrevious);
        }
        Ok(Followed { number, hash, time, heard: link.heard })
    }

    /// Checks that the chain ends here and that its signed head matches. A fault is returned with the number of its
    /// link.
    pub fn end_at(&self, head: &Head) -> Result<(), (u64, Fault)> {
        if self.number < head.number {
            return Err((self.number + 1, Fault::BeforeSignedHead));
        }
        if (self.number, self.hash, self.time) != (head.number, head.hash, head.time) {
            return Err((self.number, Fault::OtherThanSignedHead));
        }
        if !head.signature_holds() {
            return Err((head.number, Fault::Signature));
        }
        Ok(())
    }
}
