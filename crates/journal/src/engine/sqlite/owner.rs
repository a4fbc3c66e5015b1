//! Writes owners to a column and reads them from it.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

use crate::owner::{AccountOwner, PartyOwner};

/// Text in the column for the local operator. No party has this id.
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

/// The local operator is stored as an empty text, because the id of an account is never empty.
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
