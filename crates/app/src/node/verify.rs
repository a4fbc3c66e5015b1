//! 記録簿の検証 — recomputes every hash, digest of a body, and signature, compares the rows beside the events with the
//! ledger, and checks that every file that an event names is stored.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use renkei_domain::event::Authored;
use renkei_journal::{HeadMark, OldCopy, Position, Reader};

use crate::node::context::day_of;
use crate::node::error::AppError;

/// 検証の結果 — the result of a verification, with the heads and keys, which people should keep in another place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalProof {
    pub events: u64,
    pub chains: u64,
    /// Number of events whose body is withheld or blacked out.
    pub absent: u64,
    /// The keys that signed the journal.
    pub keys: Vec<ProvenKey>,
    /// The head of the ledger, then the head of each chain.
    pub heads: Vec<JournalHead>,
    /// The copies that migrations made and that are still in the data directory.
    pub old_copies: Vec<EarlierCopy>,
}

/// 移行の前の控え — a copy of the database that a migration made, and the date on which it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierCopy {
    pub path: PathBuf,
    pub made_on: String,
}

/// 署名した鍵 — a key that signed the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenKey {
    pub fingerprint: String,
    /// Why the key is trusted, in Japanese.
    pub origin: String,
}

/// 先頭 — the signed last link of a chain, as the text for the option `--head` of a later verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalHead {
    pub mark: String,
    pub number: u64,
}

/// Verifies the journal of a data directory. Each text in `noted` has fingerprints or heads that a person noted
/// elsewhere, one on each line. If there are fingerprints, only these keys are trusted, and not the one in the data
/// directory.
pub fn verify_journal(directory: &Path, noted: &[String]) -> Result<JournalProof, AppError> {
    let reader = Reader::open(directory)?;
    let mut known = Reader::noted_in(directory)?;
    noted.iter().try_for_each(|text| known.note_all(text)).map_err(|fault| AppError::NotNoted(fault.to_string()))?;
    let verified = reader.verify_against(&known)?;
    every_named_file_is_kept(&reader)?;
    let key = |key: &renkei_journal::SigningKey| ProvenKey {
        fingerprint: key.fingerprint.to_string(),
        origin: key.origin.to_string(),
    };
    let head = |mark: &HeadMark| JournalHead { mark: mark.to_string(), number: mark.number };
    let chains = reader.heads()?;
    let old_copies = Reader::old_copies(directory)?;
    Ok(JournalProof {
        events: verified.events,
        chains: verified.chains,
        absent: verified.absent,
        keys: verified.keys.iter().map(key).collect(),
        heads: std::iter::once(head(&verified.ledger)).chain(chains.iter().map(|chain| head(&chain.mark()))).collect(),
        old_copies: old_copies.into_iter().map(earlier_copy).collect(),
    })
}

fn earlier_copy(copy: OldCopy) -> EarlierCopy {
    let made_at = Timestamp::from_millisecond(copy.made_at.cast_signed()).unwrap_or_default();
    EarlierCopy { path: copy.path, made_on: day_of(made_at).to_string() }
}

fn every_named_file_is_kept(reader: &Reader) -> Result<(), AppError> {
    // The events are read first. A file is stored before the event that names it, so a file that is being added is
    // never reported as missing.
    let events = reader.read_all(Position(0))?;
    let kept = reader.blob_digests()?;
    for event in events {
        let Some(body) = &event.body else { continue };
        let authored = Authored::decode(&event.kind, event.version, body)?;
        if let Some((name, _)) = authored.event.kept_files().into_iter().find(|(_, digest)| !kept.contains(*digest)) {
            return Err(AppError::FileGone { name: name.to_owned() });
        }
    }
    Ok(())
}
