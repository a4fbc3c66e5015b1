//! 持ち主 — whose a row of a table beside the journal is.
//!
//! Each of these tables has a column for its owner, and each function that reads or changes a row takes the owner who asks. A row
//! of another owner is not found: the query for it does the same work as the query for a row that never was.

use renkei_document::id::{self, Id};
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

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

/// No party's id reads so.
const OPERATOR: &str = "operator";

impl ToSql for PartyOwner {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::LocalOperator => OPERATOR.into(),
            Self::Party(party) => party.to_string().into(),
        })
    }
}

impl FromSql for PartyOwner {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            OPERATOR => Ok(Self::LocalOperator),
            party => party.parse().map(Self::Party).map_err(|_| FromSqlError::InvalidType),
        }
    }
}

/// An empty text is the local operator: no account's id is empty.
impl ToSql for AccountOwner {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.id().into())
    }
}

impl FromSql for AccountOwner {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(match value.as_str()? {
            "" => Self::LocalOperator,
            id => Self::Account(id.to_owned()),
        })
    }
}
