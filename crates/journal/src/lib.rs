//! 記録簿 — the journal: an event store on SQLite that links events in chains, so that later changes are discovered.
//!
//! A data directory contains four files: `renkei.sqlite3` (all data), `node.key` (the secret Ed25519 seed of this node,
//! which no backup contains), `renkei.head` (the head of the ledger, as it was last noted) and `renkei.lock` (locked by
//! the one process that writes). Only the owner of the directory can open it and its files (module `private`).
//!
//! The modules [`events`], [`people`] and [`desk`] contain the stored types. The module [`engine`] stores them, and
//! only it contains SQL.
//!
//! Read in this order: [`chain`] for the hashes, [`head`] for the signatures, [`store`](engine::sqlite::store) for the
//! two connections ([`Journal`] writes and reads, [`Reader`] only reads), [`append`](engine::sqlite::events::append)
//! and [`read`](engine::sqlite::events::read) for the daily work, [`verify`](engine::sqlite::events::verify) for the
//! proof, `engine/sqlite/ledger` for the proof of the rows beside the events, [`absence`](engine::sqlite::events::absence) for bodies that are withheld or blacked out, and
//! [`backup`](engine::sqlite::backup) for copies. People and desks are stored in ordinary tables beside the journal;
//! [`owner`] describes the owners of their rows. The meaning of events is unknown to the journal.
//!
//! **Threads.** One writing connection and one reading connection are each behind a `Mutex`. SQLite allows one writer
//! at a time, so threads wait for the mutex instead of polling the lock of the file. A writer thread would add a
//! hop to each statement and gain nothing, because callers wait for the result anyway. In WAL mode the reader never
//! waits for the writer. One reader is enough: pages read from memory, and only loading a dossier reads here.
//! Verification and backup each open another connection, so they delay nobody.
//!
//! ```
//! use renkei_document::time::Hlc;
//! use renkei_journal::{ChainKey, Journal, NewEvent, Position};
//!
//! # let directory = tempfile::tempdir()?;
//! let journal = Journal::open(directory.path())?;
//! let chain = ChainKey::new("city", "agreement");
//! let event = NewEvent {
//!     party: chain.party.clone(),
//!     dossier: chain.dossier.clone(),
//!     kind: "ObservationReported".to_owned(),
//!     version: 1,
//!     time: Hlc { millis: 1_775_001_600_000, counter: 0 },
//!     body: br#"{"value":"698"}"#.to_vec(),
//! };
//! let position = journal.append(&[(chain, 0)], vec![event])?;
//! assert_eq!(position, Position(1));
//! assert_eq!(journal.read_all(Position(0))?.len(), 1);
//! println!("{}", journal.heads()?[0].mark());
//! assert_eq!(journal.verify()?.to_string(), "記録簿は正しくつながっています：連鎖1本、記録1件。");
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

pub mod desk;
pub mod engine;
pub mod error;
pub mod events;
mod ledger;
mod lock;
mod node_key;
pub mod owner;
pub mod people;
mod private;
mod sealed;
mod wording;

pub use desk::files::{DeskLimit, DeskQuota, DeskQuotas, Put, Waiting, WaitingLine};
pub use desk::typings::Typing;
pub use desk::unsent::Unsent;
pub use engine::sqlite::backup::restore;
pub use engine::sqlite::store::{Journal, Reader};
pub use error::{AppendError, JournalError, KeyFault, VerifyError};
pub use events::blob::BlobDigest;
pub use events::chain::{self, ChainKey, Hash};
pub use events::event::{NewEvent, Position, StoredEvent};
pub use events::head::{self, Head, HeadMark};
pub use events::snapshot::Snapshot;
pub use events::verify::{Broken, Fault, KeyOrigin, LedgerFault, RowFault, SigningKey, Verified};
pub use ledger::key_copy::KeyCopy;
pub use ledger::noted::{Fingerprint, NotNoted, Noted};
pub use ledger::old_copy::OldCopy;
pub use ledger::restored::{RestoreKey, Restored};
pub use owner::{AccountOwner, FormQuota, PartyOwner};
pub use people::accounts::{Account, AccountDeed, AppointmentRow, Times};
pub use people::attempts::Attempts;
pub use people::credentials::{CredentialChange, OutsideIdentity};
pub use people::enrolment::Enrolment;
pub use people::links::{Link, LinkPurpose};
pub use people::passkeys::Passkey;
pub use people::sessions::Session;
pub use people::visits::Visit;
pub use private::tighten;
