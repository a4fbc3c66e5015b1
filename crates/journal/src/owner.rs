//! 持ち主 — the owner of a row in a table beside the journal.
//!
//! Each of these tables has a column for the owner, and each function that reads or changes a row takes the requesting
//! owner. A row of another owner is reported as not found: its query does the same work as the query for a row that
//! never existed.

use renkei_document::id::{self, Id};

/// 当事者としての持ち主 — one side, or the local operator, who belongs to no side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartyOwner {
    LocalOperator,
    Party(Id<id::Party>),
}

/// 利用者としての持ち主 — one account, or the local operator, who has no account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AccountOwner {
    LocalOperator,
    Account(String),
}

impl AccountOwner {
    /// Returns the id of the account; empty for the local operator.
    pub fn id(&self) -> &str {
        match self {
            Self::LocalOperator => "",
            Self::Account(id) => id,
        }
    }
}

/// フォームの上限 — the largest number of forms that one owner may keep, and of bytes in their fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormQuota {
    pub forms: u32,
    pub bytes: u64,
}
