//! 持ち主 — the owner of a row in a table beside the journal.
//!
//! Each of these tables has a column for the owner, and each function that reads or changes a row gets the requesting
//! owner as an argument. A row of another owner is reported as not found. The query does the same work as for a row
//! that does not exist, so its duration reveals nothing.

use renkei_document::id::{self, Id};

/// 当事者としての持ち主 — an owner that is a side (a party), or the local operator, who has no side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartyOwner {
    LocalOperator,
    Party(Id<id::Party>),
}

/// 利用者としての持ち主 — an owner that is an account, or the local operator, who has no account.
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

/// フォームの上限 — the maximum number of forms that are stored for one owner, and the maximum size of their fields in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormQuota {
    pub forms: u32,
    pub bytes: u64,
}
