//! 持ち主 — whose a row of a table beside the journal is.
//!
//! Each of these tables has a column for its owner, and each function that reads or changes a row takes the owner who asks. A row
//! of another owner is not found: the query for it does the same work as the query for a row that never was.

use renkei_document::id::{self, Id};

/// 当事者としての持ち主 — one side, or the local operator, who is of no side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartyOwner {
    LocalOperator,
    Party(Id<id::Party>),
}

/// 利用者としての持ち主 — one account, or the local operator, who has none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AccountOwner {
    LocalOperator,
    Account(String),
}

impl AccountOwner {
    /// The id of the account; empty for the local operator.
    pub fn id(&self) -> &str {
        match self {
            Self::LocalOperator => "",
            Self::Account(id) => id,
        }
    }
}

/// フォームの上限 — how many forms, and how many bytes of their fields, one owner may keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormQuota {
    pub forms: u32,
    pub bytes: u64,
}
