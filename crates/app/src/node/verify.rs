//! 記録簿の検証 — every hash, body and signature computed again.

use std::path::Path;

use renkei_journal::{HeadMark, Reader};

use crate::node::error::AppError;

/// 検証の結果 — what was verified, and the heads to keep elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalProof {
    pub events: u64,
    pub chains: u64,
    /// Events whose body is held back or blacked out.
    pub absent: u64,
    pub heads: Vec<JournalHead>,
}

/// 先頭 — the signed end of a chain, in the text that a later `--head` takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalHead {
    pub mark: String,
    pub number: u64,
}

/// Verifies the journal of a data directory; with the heads that were noted earlier, also that no chain became shorter.
pub fn verify_journal(directory: &Path, noted: &[String]) -> Result<JournalProof, AppError> {
    let reader = Reader::open(directory)?;
    let verified = reader.verify()?;
    for head in noted {
        let mark: HeadMark =
            head.parse().map_err(|fault: renkei_journal::head::NoHeadMark| AppError::NoHead(fault.to_string()))?;
        reader.verify_against(&mark)?;
    }
    let heads = reader.heads()?;
    let heads = heads.iter().map(|head| JournalHead { mark: head.mark().to_string(), number: head.number }).collect();
    Ok(JournalProof { events: verified.events, chains: verified.chains, absent: verified.absent, heads })
}
