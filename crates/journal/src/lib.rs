//! 記録簿 — the event store on SQLite: what happened, in chains that show when something was changed afterwards.
//!
//! A data directory holds three files: `renkei.sqlite3` (everything), `node.key` (the secret Ed25519 seed of this node,
//! never in a backup) and `renkei.lock` (held by the one process that writes). The directory and all of them are their owner's alone
//! (`private`).
//!
//! Read in this order: [`chain`] for what is hashed, [`head`] for what is signed and printed, [`store`] for the two doors
//! ([`Journal`] writes and reads, [`Reader`] only reads), [`append`] and [`read`] for the daily work, [`verify`] for the
//! proof, [`absence`] for bodies that are held back or blacked out, [`backup`] for copies. [`accounts`], [`sessions`], [`links`],
//! [`attempts`], [`desk`], [`typings`] and [`unsent`] are ordinary tables beside the journal; [`owner`] says whose each row is. The
//! journal knows nothing of what the events mean.
//!
//! **Threads.** There is one writing connection behind a `Mutex`, and one reading connection behind another. SQLite has one
//! writer at a time whatever we do, so the mutex is the queue that the file's lock would be, without its busy waiting; a
//! thread of its own would add a hop to each statement and buy nothing, because callers wait for the answer anyway. In WAL
//! mode the reader never waits for the writer. One reader is enough: a page reads memory, only loading a dossier reads here.
//! Verifying and backing up take a connection of their own, so they delay nobody.
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

pub mod absence;
pub mod accounts;
pub mod append;
pub mod attempts;
pub mod backup;
pub mod blob;
pub mod chain;
pub mod desk;
mod enrolment;
pub mod error;
pub mod head;
pub mod links;
mod node_key;
mod outside;
pub mod owner;
mod passkeys;
mod private;
pub mod read;
mod schema;
pub mod sessions;
pub mod snapshot;
pub mod store;
pub mod typings;
pub mod unsent;
pub mod verify;
mod visits;
mod wording;

pub use accounts::{Account, AccountDeed, AppointmentRow};
pub use append::NewEvent;
pub use attempts::Attempts;
pub use backup::restore;
pub use blob::BlobDigest;
pub use chain::{ChainKey, Hash};
pub use desk::{DeskLimit, DeskQuota, DeskQuotas, Put, Waiting, WaitingLine};
pub use enrolment::Enrolment;
pub use error::{AppendError, JournalError, VerifyError};
pub use head::{Head, HeadMark};
pub use links::{Link, LinkPurpose};
pub use owner::{AccountOwner, FormQuota, PartyOwner};
pub use passkeys::Passkey;
pub use private::tighten;
pub use read::{Position, StoredEvent};
pub use sessions::Session;
pub use snapshot::Snapshot;
pub use store::{Journal, Reader};
pub use typings::Typing;
pub use unsent::Unsent;
pub use verify::{Broken, Fault, Verified};
pub use visits::Visit;
