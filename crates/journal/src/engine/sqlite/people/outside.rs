//! 外部認証の結び付け — the identities at external issuers that are bound to accounts. Each subject of an issuer is bound to at
//! most one account.

use rusqlite::{OptionalExtension, Row};

use crate::engine::sqlite::people::accounts::time;
use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::AccountOwner;
use crate::people::accounts::Times;
use crate::people::credentials::OutsideIdentity;

const WRITING: &str = "外部認証の結び付けを書く";
const READING: &str = "外部認証の結び付けを読む";

impl Journal {
    /// Records that a subject of an issuer signed in.
    pub fn use_outside(&self, issuer: &str, subject: &str, now: u64) -> Result<(), JournalError> {
        let sql = "UPDATE outside_identities SET used_at = $1 WHERE issuer = $2 AND subject = $3";
        self.writer().execute(sql, (now.cast_signed(), issuer, subject)).map_err(JournalError::database(WRITING))?;
        Ok(())
    }
}

impl Reader {
    /// Returns the account to which a subject of an issuer is bound; `None` if it is not bound.
    pub fn account_of_outside(&self, issuer: &str, subject: &str) -> Result<Option<AccountOwner>, JournalError> {
        let sql = "SELECT account FROM outside_identities WHERE issuer = $1 AND subject = $2";
        let found = self.connection().query_row(sql, (issuer, subject), |row| row.get(0)).optional();
        found.map_err(JournalError::database(READING))
    }

    /// Returns the identities that are bound to an account, sorted by issuer and subject.
    pub fn outside_identities(&self, account: &AccountOwner) -> Result<Vec<OutsideIdentity>, JournalError> {
        let (connection, reading) = (self.connection(), JournalError::database(READING));
        let sql = "SELECT issuer, subject, name, made_at, used_at FROM outside_identities WHERE account = $1
                   ORDER BY issuer, subject";
        let mut statement = connection.prepare(sql).map_err(reading)?;
        let identities = statement.query_map([account], identity);
        identities.and_then(Iterator::collect).map_err(reading)
    }
}

fn identity(row: &Row<'_>) -> rusqlite::Result<OutsideIdentity> {
    let times = Times { made_at: time(row, 3)?, used_at: time(row, 4)? };
    Ok(OutsideIdentity { issuer: row.get(0)?, subject: row.get(1)?, name: row.get(2)?, times })
}
