//! 外部認証の結び付け — binds a subject (a person's id at an external issuer) to an account. Each subject is bound to at most
//! one account, and only a person who is signed in to the account can bind it.

use rusqlite::OptionalExtension;

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::AccountOwner;

const WRITING: &str = "外部認証の結び付けを書く";
const READING: &str = "外部認証の結び付けを読む";

impl Journal {
    /// Binds a subject of an issuer to an account. Returns false if the subject is already bound, or if the account
    /// already has `most` bindings.
    pub fn bind_outside(
        &self,
        issuer: &str,
        subject: &str,
        account: &AccountOwner,
        most: u32,
    ) -> Result<bool, JournalError> {
        let sql = "INSERT INTO outside_identities (issuer, subject, account) SELECT $1, $2, $3
                   WHERE (SELECT COUNT(*) FROM outside_identities WHERE account = $3) < $4 ON CONFLICT DO NOTHING";
        let made = self.writer().execute(sql, (issuer, subject, account, most));
        Ok(made.map_err(JournalError::database(WRITING))? > 0)
    }

    /// Deletes all bindings of an account.
    pub fn unbind_outside(&self, account: &AccountOwner) -> Result<(), JournalError> {
        let sql = "DELETE FROM outside_identities WHERE account = $1";
        self.writer().execute(sql, [account]).map_err(JournalError::database(WRITING))?;
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

    /// Whether a subject of this issuer is bound to the account.
    pub fn is_bound_outside(&self, issuer: &str, account: &AccountOwner) -> Result<bool, JournalError> {
        let sql = "SELECT 1 FROM outside_identities WHERE issuer = $1 AND account = $2 LIMIT 1";
        let found = self.connection().query_row(sql, (issuer, account), |_| Ok(())).optional();
        Ok(found.map_err(JournalError::database(READING))?.is_some())
    }
}
