//! 記録簿の検証 — recomputes every hash, digest of a body, and signature, and checks that every file that an event names is
//! stored.

use std::path::Path;

use renkei_domain::event::Authored;
use renkei_journal::{HeadMark, Position, Reader};

use crate::node::error::AppError;

/// 検証の結果 — the result of a verification, with the heads, which people should keep in another place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalProof {
    pub events: u64,
    pub chains: u64,
    /// Number of events whose body is withheld or blacked out.
    pub absent: u64,
    pub heads: Vec<JournalHead>,
}

/// 先頭 — the signed last link of a chain, as the text for the option `--head` of a later verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalHead {
    pub mark: String,
    pub number: u64,
}

/// Verifies the journal of a data directory. If heads were noted earlier, also checks that no chain has become shorter.
pub fn verify_journal(directory: &Path, noted: &[String]) -> Result<JournalProof, AppError> {
    let reader = Reader::open(directory)?;
    let verified = reader.verify()?;
    for head in noted {
        let mark: HeadMark =
            head.parse().map_err(|fault: renkei_journal::head::NoHeadMark| AppError::NoHead(fault.to_string()))?;
        reader.verify_against(&mark)?;
    }
    every_named_file_is_kept(&reader)?;
    let heads = reader.heads()?;
    let heads = heads.iter().map(|head| JournalHead { mark: head.mark().to_string(), number: head.number }).collect();
    Ok(JournalProof { events: verified.events, chains: verified.chains, absent: verified.absent, heads })
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
