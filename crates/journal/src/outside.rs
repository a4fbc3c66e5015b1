//! 外部認証の結び付け — which account somebody has who is known by an issuer outside. One account of one issuer's subject;
//! nobody is bound to an account but by somebody who signed in to it.

use rusqlite::OptionalExtension;

use crate::error::JournalError;
use crate::store::{Journal, Reader};

const WRITING: &str = "外部認証の結び付けを書く";
const READING: &str = "外部認証の結び付けを読む";

impl Journal {
    /// Binds an issuer's subject to an account, and to no other: whether it was free.
    pub fn bind_outside(&self, issuer: &str, subject: &str, account: &str) -> Result<bool, JournalError> {
        let sql =
            "INSERT INTO outside_identities (issuer, subject, account) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let made = self.writer().execute(sql, (issuer, subject, account)).map_err(JournalError::database(WRITING))?;
        Ok(made > 0)
    }

    /// Takes all that is bound to an account away.
    pub fn unbind_outside(&self, account: &str) -> Result<(), JournalError> {
        let sql = "DELETE FROM outside_identities WHERE account = $1";
        self.writer().execute(sql, [account]).map_err(JournalError::database(WRITING))?;
        Ok(())
    }
}

impl Reader {
    /// The account of an issuer's subject.
    pub fn account_of_outside(&self, issuer: &str, subject: &str) -> Result<Option<String>, JournalError> {
        let sql = "SELECT account FROM outside_identities WHERE issuer = $1 AND subject = $2";
        let found = self.connection().query_row(sql, (issuer, subject), |row| row.get(0)).optional();
        found.map_err(JournalError::database(READING))
    }

    /// Whether an account is bound to somebody of this issuer.
    pub fn is_bound_outside(&self, issuer: &str, account: &str) -> Result<bool, JournalError> {
        let sql = "SELECT 1 FROM outside_identities WHERE issuer = $1 AND account = $2 LIMIT 1";
        let found = self.connection().query_row(sql, (issuer, account), |_| Ok(())).optional();
        Ok(found.map_err(JournalError::database(READING))?.is_some())
    }
}
