//! 机 — the desk: files that were uploaded and are not recorded yet, with their corrections, and the limits on their
//! space.

use crate::owner::{AccountOwner, PartyOwner};

/// 机の上のファイル — a file that waits to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The party, or the local operator, on whose desk the file is.
    pub owner: PartyOwner,
    pub id: String,
    pub brought_by: AccountOwner,
    pub file_name: String,
    pub bytes: Vec<u8>,
    /// Corrections, in a format that the caller chooses; empty if no correction was made.
    pub edits: Vec<u8>,
    /// Time of the upload, in milliseconds since 1970.
    pub brought_at: u64,
}

/// 机の上の一覧の行 — a file that waits to be recorded, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingLine {
    pub id: String,
    pub file_name: String,
    pub bytes: u64,
    pub brought_at: u64,
}

/// 机の上限 — the maximum number of files on a desk, and the maximum size of files and corrections together, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskQuota {
    pub files: u64,
    pub bytes: u64,
}

/// 机の上限の組 — the limit for the files of one account on a desk, and the limit for all files of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskQuotas {
    pub account: DeskQuota,
    pub party: DeskQuota,
}

/// 達した上限 — the limit that one more file would exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskLimit {
    FilesOfAccount,
    BytesOfAccount,
    FilesOfParty,
    BytesOfParty,
}

/// 机への書込みの結果 — the result of a change to a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    Kept,
    /// The file is not on the owner's desk.
    NotThere,
    Full(DeskLimit),
}

/// Space that is used on a desk: by one account, and by all accounts.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    pub account: DeskQuota,
    pub party: DeskQuota,
}

impl Taken {
    /// Returns the limit that one more file of this size would exceed.
    pub fn limit_passed_by(&self, bytes: u64, quotas: &DeskQuotas) -> Option<DeskLimit> {
        [
            (self.account.files + 1 > quotas.account.files, DeskLimit::FilesOfAccount),
            (self.account.bytes + bytes > quotas.account.bytes, DeskLimit::BytesOfAccount),
            (self.party.files + 1 > quotas.party.files, DeskLimit::FilesOfParty),
            (self.party.bytes + bytes > quotas.party.bytes, DeskLimit::BytesOfParty),
        ]
        .into_iter()
        .find_map(|(passed, limit)| passed.then_some(limit))
    }
}
